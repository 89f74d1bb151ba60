import type { RobustnessReport } from '../../shared/results/robustness.ts';
import { checkRobustness } from '../robustness/report.ts';
import { inspectedModel } from './inspected-model.ts';
import type { AttackJob } from './job.ts';
import type { Surroundings } from './surroundings.ts';

/** Attacks the first fold's model over rows that it has never seen; sensitive columns stay as they are. */
export async function performAttack(job: AttackJob, { signal, progress }: Surroundings): Promise<RobustnessReport> {
  const { model, train, evaluation } = await inspectedModel(job.data, job.modelFolder);
  const frozen = job.sensitive.filter((name) => evaluation.features.columns.some((column) => column.name === name));
  const report = await checkRobustness(
    model,
    { train, evaluation, part: 'validation' },
    { seed: job.seed, frozen },
    progress,
    signal,
  );
  model.dispose?.();
  return report;
}
