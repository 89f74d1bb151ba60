import { UserError } from '../../shared/faults.ts';
import type { Table } from '../data/table.ts';
import { type Promises, promisedBy } from '../ensembles/promises.ts';
import { decide } from '../ensembles/thresholds.ts';
import { type PromisesOf, whatIf } from '../explain/what-if/what-if.ts';
import { decideByGroup, probabilityOfSecond } from '../fairness/group-decision.ts';
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

function promisesOf({ decision, byGroup, held }: Promises, classes: readonly string[]): PromisesOf {
  const promised = promisedBy({ ...(held && { held }) });
  return (features, prediction) => {
    const ruled = prediction.kind === 'probabilities' && labelsOf({ decision, byGroup }, prediction.values, features);
    const outcomes = promised?.held({ features, prediction }, coverage, classes);
    return Array.from({ length: features.rowCount }, (_, row) => ({
      ...(ruled && { decided: { label: classes[ruled.labels[row]], metric: ruled.metric } }),
      ...(outcomes && { held: outcomes[row] }),
    }));
  };
}

/** As the final model decides; undefined where it gives the most probable class, or decides by a column that an edited row does not have. */
function labelsOf({ decision, byGroup }: Promises, values: Float64Array, { columns }: Table) {
  const group = byGroup && columns.find(({ name }) => name === byGroup.column);
  if (byGroup && group) {
    const labels = decideByGroup(byGroup, probabilityOfSecond(values), group);
    return { labels, metric: `groups of ${byGroup.column}` };
  }
  return decision && { labels: decide(decision, values), metric: decision.metric };
}
