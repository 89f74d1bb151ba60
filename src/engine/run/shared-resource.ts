import type { DatasetInfo } from '../../shared/dataset.ts';
import type { Experiment } from '../../shared/experiment/experiment.ts';
import { UserError } from '../../shared/faults.ts';
import type { Trial } from '../../shared/trial.ts';
import type { Fold } from '../data/dataset.ts';
import { createRandom } from '../random.ts';
import { samplers } from '../search/samplers/registry.ts';
import type { Resource } from '../search/study-view.ts';
import { chosenValidation } from './chosen-validation.ts';

/** What trials get less of than all where the sampler shares it out, and on large tables. */
export type SharedResource = NonNullable<Experiment['search']['resource']>;

/** How much of it one trial may use; absent: all. */
export interface Fidelity {
  readonly resource: SharedResource;
  readonly amount: number;
}

/** A whole training has no limit of its own: learners stop by themselves. */
const wholeTraining = 108;
const leastRows = 60;

/** The resource of an experiment's study; undefined where its sampler gives every trial all. Throws a UserError `search-resource` where there is too little to share. */
export function resourceOf({ search, script, data }: Experiment, info: DatasetInfo | null): Resource | undefined {
  if (script) return script.resource && { ...script.resource, whole: isWhole(script.resource) };
  if (!data || !info) return undefined;
  const rows = info.rowCount;
  if (search.sampler === 'auto' && climbsByRows(search, rows)) return rowsResource(rungRows / rows);
  if (!sharesResource(search.sampler)) return undefined;
  const validation = chosenValidation(data, info);
  switch (search.resource ?? 'rows') {
    case 'rows':
      return rowsResource(Math.min(1, Math.max(1 / 27, leastRows / rows)));
    case 'training':
      return { name: 'rounds or epochs', min: 4, max: wholeTraining };
    case 'folds':
      if ('folds' in validation) return { name: 'folds', min: 1, max: validation.folds };
      throw new UserError('search-resource', '`search.resource: folds` needs folds, and `validation` is a holdout.', {
        advice: 'Write `split: {validation: {folds: 5}}`, or share out rows or training.',
      });
  }
}

/** Rows from which on `auto` tries its first configurations on a part of them, and how many those are. */
const largeTable = 60_000;
const rungRows = 10_000;

/** Whether the first configurations climb from few rows to all. */
export const climbsByRows = ({ sampler, resource }: Experiment['search'], rows: number): boolean =>
  sampler === 'auto' && resource === undefined && rows >= largeTable;

const rowsResource = (min: number): Resource => ({ name: 'share of the rows', min, max: 1, whole: false });

const isWhole = ({ min, max }: { min: number; max: number }): boolean => Number.isInteger(min) && Number.isInteger(max);

export function fidelityOf(
  { search }: Experiment,
  { fidelity }: Trial,
  resource: Resource | undefined,
): Fidelity | null {
  if (!resource || fidelity === undefined || fidelity >= resource.max) return null;
  return { resource: search.resource ?? 'rows', amount: fidelity };
}

const sharesResource = (name: Experiment['search']['sampler']): boolean =>
  name !== 'auto' && 'sharesResource' in samplers[name] && samplers[name].sharesResource === true;

/** The folds that a trial is judged on, with as many training rows as it may use: always the same first rows of one random order. */
export function foldsWithin(folds: readonly Fold[], fidelity: Fidelity | null, seed: number): readonly Fold[] {
  if (fidelity?.resource === 'folds') return folds.slice(0, fidelity.amount);
  if (fidelity?.resource !== 'rows') return folds;
  return folds.map(({ train, validation }, fold) => {
    const order = createRandom(seed).fork(`rows of fold ${fold}`).permutation(train.length);
    const count = Math.max(2, Math.round(fidelity.amount * train.length));
    return {
      validation,
      train: order
        .subarray(0, count)
        .map((place) => train[place])
        .sort(),
    };
  });
}

/** Rounds or epochs that a training gets; undefined where it ends by itself. */
export const roundsWithin = (fidelity: Fidelity | null): number | undefined =>
  fidelity?.resource === 'training' ? fidelity.amount : undefined;
