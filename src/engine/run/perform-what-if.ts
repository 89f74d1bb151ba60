import { UserError } from '../../shared/faults.ts';
import { type Promises, promisedBy } from '../ensembles/promises.ts';
import { decide } from '../ensembles/thresholds.ts';
import { type PromisesOf, whatIf } from '../explain/what-if/what-if.ts';
import type { Answers, WhatIfJob } from './job.ts';
import type { Surroundings } from './surroundings.ts';
import { warmPromises, withWarmModel } from './warm-model.ts';

/** Share of rows whose truth is held by the set or interval that is told. */
const coverage = 0.9;

/** What the first fold's model says of a row as it is and as it is wanted to be. */
export async function performWhatIf(job: WhatIfJob, { signal, enough }: Surroundings): Promise<Answers['what-if']> {
  const { row } = job.wishes;
  const promises = job.promisesFolder === null ? {} : await warmPromises(job.promisesFolder);
  return withWarmModel(job.data, job.modelFolder, async ({ model, train, evaluation }) => {
    if (row !== null && row >= evaluation.features.rowCount) throw unknownRow(row, evaluation.features.rowCount);
    const data = { train, evaluation, part: 'validation', sensitive: job.sensitive } as const;
    return whatIf(model, data, job.wishes, job.seed, promisesOf(promises, model.classes ?? []), signal, enough);
  });
}

export const unknownRow = (row: number, rowCount: number): UserError =>
  new UserError('row-unknown', `there is no row ${row}: the validation part has ${rowCount} rows.`, {
    advice: `Choose one from 0 to ${rowCount - 1}.`,
  });

function promisesOf({ decision, held }: Promises, classes: readonly string[]): PromisesOf {
  const promised = promisedBy({ ...(held && { held }) });
  return (features, prediction) => {
    const labels = decision && prediction.kind === 'probabilities' ? decide(decision, prediction.values) : null;
    const outcomes = promised?.held({ features, prediction }, coverage, classes);
    return Array.from({ length: features.rowCount }, (_, row) => ({
      ...(labels && decision && { decided: { label: classes[labels[row]], metric: decision.metric } }),
      ...(outcomes && { held: outcomes[row] }),
    }));
  };
}
