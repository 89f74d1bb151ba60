import { cellWords } from '../../../shared/results/numbers.ts';
import { byName, frequentLevels, numbersOf } from '../../data/encoders/raw-columns.ts';
import { type Column, columnNamed, type Table, withColumns } from '../../data/table.ts';
import { median } from '../../statistics/median.ts';
import { freshNames, numericColumn } from '../new-columns.ts';
import { choiceOf, type Step, type Transform } from '../step.ts';

type Way = 'median' | 'mean' | 'most_frequent';

export interface ImputationState {
  readonly columns: readonly {
    readonly name: string;
    readonly fill: number | string;
    /** Column that says where it was missing; null where training rows had every value. */
    readonly flag: string | null;
  }[];
}

/**
 * Fills missing numbers (and, by the most frequent one, levels), and says in a column of its own where they were missing. Every
 * learner copes with missing values by itself: this is for who wants to choose.
 */
export const imputation: Step<ImputationState> = {
  name: 'imputation',
  parameters: ({ columns }) =>
    columns.some(({ role, missing }) => role === 'feature' && missing > 0)
      ? [choiceOf('imputation', ['native', 'median', 'mean', 'most_frequent'], 'native', false)]
      : [],
  learn({ features }, params) {
    const way = params.imputation;
    if (way === undefined || way === 'native') return null;
    const fresh = freshNames(features);
    const columns = byName(features).flatMap((column) => {
      const fill = fillOf(features, column, way as Way);
      return fill === undefined
        ? []
        : [{ name: column.name, fill, flag: hasMissing(features, column) ? fresh(`${column.name} (missing)`) : null }];
    });
    const flagged = columns.filter(({ flag }) => flag !== null).length;
    return flagged > 0 ? { state: { columns }, words: `missing values of ${flagged} columns filled` } : null;
  },
  restore: ({ columns }): Transform => ({
    made: () =>
      columns.flatMap(({ name, fill, flag }) =>
        flag === null
          ? []
          : [
              { column: name, of: [name], words: `${name}, ${cellWords(fill)} where it is missing` },
              { column: flag, of: [name], words: `1 where ${name} is missing, else 0` },
            ],
      ),
    apply(table) {
      const filledColumns = columns.map(({ name, fill }) => filled(table, name, fill));
      const flags = columns.flatMap(({ name, flag }) =>
        flag === null
          ? []
          : [numericColumn(flag, Float64Array.from(missingAt(table, columnNamed(table, name)), Number), 'integer')],
      );
      const { rowCount, columns: others } = withColumns(table, filledColumns);
      return { rowCount, columns: [...others, ...flags] };
    },
  }),
};

function fillOf(features: Table, column: Column, way: Way): number | string | undefined {
  if (column.kind === 'coded') return way === 'most_frequent' ? frequentLevels(column, 1)[0]?.level : undefined;
  const present = numbersOf(features, column.name).filter((value) => !Number.isNaN(value));
  if (present.length === 0) return undefined;
  if (way === 'median') return median(present);
  return way === 'mean' ? meanOf(present) : modeOf(present);
}

/** Step by step, so that large numbers do not overflow. */
function meanOf(values: Float64Array): number {
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += values[i] / (i + 1) - mean / (i + 1);
  return mean;
}

/** The most frequent value, the smallest of equals. */
function modeOf(values: Float64Array): number {
  const sorted = values.slice().sort();
  let [mode, most] = [sorted[0], 0];
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    if (end - start > most) [mode, most] = [sorted[start], end - start];
    start = end;
  }
  return mode;
}

function* missingAt(table: Table, column: Column): Generator<boolean> {
  if (column.kind === 'coded') for (const code of column.codes) yield code < 0;
  else for (const value of numbersOf(table, column.name)) yield Number.isNaN(value);
}

function hasMissing(table: Table, column: Column): boolean {
  for (const missing of missingAt(table, column)) if (missing) return true;
  return false;
}

function filled(table: Table, name: string, fill: number | string): Column {
  const column = columnNamed(table, name);
  if (typeof fill === 'number')
    return numericColumn(
      name,
      numbersOf(table, name).map((value) => (Number.isNaN(value) ? fill : value)),
      column.kind === 'numeric' ? column.type : 'number',
    );
  if (column.kind === 'numeric') return column;
  const known = column.levels.indexOf(fill);
  const code = known < 0 ? column.levels.length : known;
  return {
    ...column,
    codes: column.codes.map((own) => (own < 0 ? code : own)),
    levels: known < 0 ? [...column.levels, fill] : column.levels,
  };
}
