import { UserError } from '../../../shared/faults.ts';
import type { Random } from '../../random.ts';
import { type Dataset, type Fold, targetLength } from '../dataset.ts';
import type { Column, NumericColumn } from '../table.ts';
import { timeStretches } from './chronological.ts';
import { groupedParts, groupsOf } from './grouped.ts';
import { strataOf } from './strata.ts';
import { stratifiedFolds, stratifiedHoldout } from './stratified.ts';

/** Positions within the data set, ascending: what the search may see, and what it never does. */
export interface TestSplit {
  readonly rest: Uint32Array;
  readonly test: Uint32Array;
  readonly notes: readonly string[];
}

/** As written under `split.validation`. */
export type Validation = { readonly folds: number } | { readonly holdout: number };

export interface ValidationSplit {
  /** One for a holdout. Row positions are ascending. */
  readonly folds: readonly Fold[];
  readonly notes: readonly string[];
}

/** Fewer rows than this on either side of a split judge nothing. */
const fewestRows = 2;

/**
 * Sets a share of the rows aside for the final score: stratified by class (or by quantiles of a numeric target), whole groups
 * where the data has a `group` column, the last ones where it has a `time` column.
 * Throws a UserError where there are too few rows, groups or times.
 */
export function splitTest(data: Dataset, share: number, random: Random): TestSplit {
  const parts = holdoutParts(data, share, random);
  const [rest, test] = [rowsWhere(parts, (part) => part !== 1), rowsWhere(parts, (part) => part === 1)];
  checkSizes(rest, test, 'test');
  return { rest, test, notes: unseenClasses(data, test, 'test part') };
}

/**
 * Parts rows into those that fit and those that judge. Folds by time grow: each is judged by the stretch that follows what it is
 * fitted on, so its first stretch judges nothing. A class with a single row is always fitted on and never judged by.
 * Throws a UserError where there are too few rows, groups or times.
 */
export function splitValidation(data: Dataset, validation: Validation, random: Random): ValidationSplit {
  const folds =
    'folds' in validation ? makeFolds(data, validation.folds, random) : [makeHoldout(data, validation.holdout, random)];
  for (const { train, validation: judged } of folds) checkSizes(train, judged, 'validation');
  return { folds, notes: 'folds' in validation ? rareClasses(data, validation.folds) : [] };
}

function makeHoldout(data: Dataset, share: number, random: Random): Fold {
  const parts = holdoutParts(data, share, random);
  return { train: rowsWhere(parts, (part) => part !== 1), validation: rowsWhere(parts, (part) => part === 1) };
}

/** [rows] 1 where a row is held out. */
function holdoutParts(data: Dataset, share: number, random: Random): Int32Array {
  const { group, time } = keysOf(data);
  if (time) {
    const parts = new Int32Array(time.values.length);
    for (const row of timeStretches(time.values, [1 - share, share])[1]) parts[row] = 1;
    return parts;
  }
  const strata = strataOf(data.target);
  return group
    ? groupedParts(groupsOf(group), strata, [1 - share, share], random)
    : stratifiedHoldout(strata, share, random);
}

function makeFolds(data: Dataset, count: number, random: Random): Fold[] {
  const rows = targetLength(data.target);
  if (rows < count)
    throw tooFewRows(`${rows} rows cannot be parted into ${count} folds.`, 'Ask for fewer folds, or add rows.');
  const { group, time } = keysOf(data);
  if (time) return timeFolds(time.values, count);
  const strata = strataOf(data.target);
  const parts = group
    ? groupedParts(
        groupsOf(group),
        strata,
        Array.from({ length: count }, () => 1 / count),
        random,
      )
    : stratifiedFolds(strata, count, random);
  return Array.from({ length: count }, (_, fold) => ({
    train: rowsWhere(parts, (part) => part !== fold),
    validation: rowsWhere(parts, (part) => part === fold),
  }));
}

function timeFolds(times: Float64Array, count: number): Fold[] {
  const stretches = timeStretches(
    times,
    Array.from({ length: count + 1 }, () => 1 / (count + 1)),
  );
  return Array.from({ length: count }, (_, fold) => ({
    train: Uint32Array.from(stretches.slice(0, fold + 1).flatMap((rows) => Array.from(rows))).sort(),
    validation: stretches[fold + 1].slice().sort(),
  }));
}

function keysOf(data: Dataset): { group?: Column; time?: NumericColumn } {
  const named = (role: string) => {
    const name = data.info.columns.find((column) => column.role === role)?.name;
    return data.keys.columns.find((column) => column.name === name);
  };
  const [group, time] = [named('group'), named('time')];
  if (group && time) {
    throw new UserError(
      'split-group-and-time',
      'rows cannot be kept together by `group` and in order by `time` at once.',
      {
        place: { file: data.info.path },
        advice: 'Keep the one that matters when the model is used: `group` for new groups, `time` for later rows.',
      },
    );
  }
  if (time && time.kind !== 'numeric') throw new RangeError(`time column "${time.name}" is not numeric`);
  return { group, time };
}

function rowsWhere(parts: Int32Array, wanted: (part: number) => boolean): Uint32Array {
  const rows = new Uint32Array(parts.length);
  let count = 0;
  for (let row = 0; row < parts.length; row++) if (wanted(parts[row])) rows[count++] = row;
  return rows.slice(0, count);
}

function checkSizes(fitted: Uint32Array, judged: Uint32Array, part: 'test' | 'validation'): void {
  if (judged.length >= 1 && fitted.length >= fewestRows) return;
  throw tooFewRows(
    `the split leaves ${fitted.length} rows to fit on and ${judged.length} in the ${part} part.`,
    part === 'test'
      ? 'Add rows, or give another share (`test: none` keeps them all).'
      : 'Add rows, or ask for fewer folds or another share.',
  );
}

const tooFewRows = (message: string, advice: string) => new UserError('split-rows', message, { advice });

function rareClasses(data: Dataset, folds: number): string[] {
  const { target } = data;
  if (target.kind !== 'classes' || keysOf(data).time || keysOf(data).group) return [];
  const counts = new Uint32Array(target.classes.length);
  for (const code of target.codes) counts[code]++;
  const rare = target.classes.filter((_, i) => counts[i] > 1 && counts[i] < folds).map((name) => `"${name}"`);
  const single = target.classes.filter((_, i) => counts[i] === 1).map((name) => `"${name}"`);
  const notes: string[] = [];
  if (rare.length > 0)
    notes.push(`Fewer rows than the ${folds} folds, so some folds judge none of them: ${rare.join(', ')}.`);
  if (single.length > 0) notes.push(`A single row, always fitted on and never judged by: ${single.join(', ')}.`);
  return notes;
}

function unseenClasses({ target }: Dataset, test: Uint32Array, part: string): string[] {
  if (target.kind !== 'classes') return [];
  const seen = new Set(Array.from(test, (row) => target.codes[row]));
  const unseen = target.classes.filter((_, i) => !seen.has(i)).map((name) => `"${name}"`);
  return unseen.length > 0 ? [`No row in the ${part}, for want of rows: ${unseen.slice(0, 20).join(', ')}.`] : [];
}
