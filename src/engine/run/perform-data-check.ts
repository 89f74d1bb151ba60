import type { DataFindings } from '../../shared/results/data-findings.ts';
import { checkData, checksNamed } from '../checks/check-data.ts';
import { readSnapshot } from '../data/snapshot.ts';
import type { DataCheckJob } from './job.ts';
import type { Surroundings } from './surroundings.ts';

/** Makes the data checks over both parts of an experiment's data. */
export async function performDataCheck(
  job: DataCheckJob,
  { signal, enough, progress }: Surroundings,
): Promise<DataFindings> {
  const development = await readSnapshot(job.development);
  const test = job.test === null ? null : await readSnapshot(job.test);
  const end = performance.now() + 1000 * job.seconds;
  return checkData(
    { development, test, testIsFile: job.testIsFile },
    {
      seed: job.seed,
      ...(job.checks && { checks: checksNamed(job.checks) }),
      signal,
      enough: () => enough() || performance.now() > end,
      progress,
    },
  );
}
