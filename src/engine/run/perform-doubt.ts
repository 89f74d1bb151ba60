import { nearPerfect } from '../../shared/results/awesome-results.ts';
import { awesomeResults } from '../checks/awesome-results.ts';
import { checkData } from '../checks/check-data.ts';
import { judgedLosses } from '../checks/judged-losses.ts';
import { readSnapshot } from '../data/snapshot.ts';
import { inspectedModel } from './inspected-model.ts';
import type { Answers, DoubtJob } from './job.ts';
import type { Surroundings } from './surroundings.ts';

/** Looks whether a model is too good to be true, and only then for what may have made it so: by every check of the data. */
export async function performDoubt(
  job: DoubtJob,
  { signal, enough, progress }: Surroundings,
): Promise<Answers['doubt']> {
  const { model, train, evaluation } = await inspectedModel(job.data, job.modelFolder);
  const losses = await judgedLosses(model, train, evaluation, { seed: job.seed, signal });
  model.dispose?.();
  const gained = losses.constant - losses.model;
  if (!(gained / losses.constant >= nearPerfect)) return null;
  const development = await readSnapshot(job.data.snapshot);
  const test = job.test === null ? null : await readSnapshot(job.test);
  const end = performance.now() + 1000 * job.seconds;
  const findings = await checkData(
    { development, test, testIsFile: job.testIsFile },
    { seed: job.seed, signal, enough: () => enough() || performance.now() > end, progress },
  );
  const shares = job.importances.map(({ column, loss }) => ({ column, share: loss / gained }));
  const awesome = awesomeResults(losses, findings, shares);
  return awesome && { awesome, findings };
}
