import { cohortWords } from '../../shared/cohort/cohort-words.ts';
import type { RobustnessReport } from '../../shared/results/robustness.ts';
import { takeDataset } from '../data/dataset.ts';
import { askedOf, cohortRows } from '../explain/cohort-rows.ts';
import { checkRobustness } from '../robustness/report.ts';
import { inspectedModel } from './inspected-model.ts';
import type { AttackJob } from './job.ts';
import type { Surroundings } from './surroundings.ts';

/** Attacks the first fold's model over rows that it has never seen; sensitive columns stay as they are. */
export async function performAttack(job: AttackJob, { signal, progress }: Surroundings): Promise<RobustnessReport> {
  const { model, train, evaluation: whole } = await inspectedModel(job.data, job.modelFolder);
  const part = { rows: whole, name: 'validation' } as const;
  const rows = job.cohort ? await cohortRows(part, job.cohort, askedOf(model, part, signal)) : undefined;
  const evaluation = rows ? takeDataset(whole, rows) : whole;
  const frozen = job.sensitive.filter((name) => evaluation.features.columns.some((column) => column.name === name));
  const report = await checkRobustness(
    model,
    { train, evaluation, part: 'validation' },
    { seed: job.seed, frozen },
    progress,
    signal,
  );
  model.dispose?.();
  if (!job.cohort || !rows) return report;
  const cohort = {
    conditions: job.cohort,
    words: cohortWords(job.cohort),
    rows: rows.length,
    of: whole.features.rowCount,
  };
  return { ...report, examples: report.examples.map((one) => ({ ...one, rowIndex: rows[one.rowIndex] })), cohort };
}
