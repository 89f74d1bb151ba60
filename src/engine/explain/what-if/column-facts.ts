import type { CodedColumn, Column, NumericColumn, Table } from '../../data/table.ts';
import { median } from '../../statistics/median.ts';

/** What the training rows have in a column. */
export type ColumnFacts =
  | {
      readonly kind: 'numeric';
      /** Infinite the wrong way round where every value is missing. */
      readonly low: number;
      readonly high: number;
      readonly isWhole: boolean;
      readonly missing: number;
    }
  | {
      readonly kind: 'coded';
      /** By level, of those that occur. */
      readonly counts: ReadonlyMap<string, number>;
      readonly missing: number;
    };

const known = new WeakMap<Column, ColumnFacts>();

/** Read off once, since a form asks again at every key. */
export function factsOf(column: Column): ColumnFacts {
  const facts = known.get(column) ?? (column.kind === 'numeric' ? factsOfNumbers(column) : factsOfLevels(column));
  known.set(column, facts);
  return facts;
}

function factsOfNumbers({ values }: NumericColumn): ColumnFacts {
  let [low, high, missing, isWhole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, true];
  for (const value of values) {
    if (!Number.isFinite(value)) {
      missing++;
      continue;
    }
    if (value < low) low = value;
    if (value > high) high = value;
    if (isWhole && !Number.isInteger(value)) isWhole = false;
  }
  return { kind: 'numeric', low, high, isWhole, missing };
}

function factsOfLevels({ codes, levels }: CodedColumn): ColumnFacts {
  const byCode = new Uint32Array(levels.length);
  let missing = 0;
  for (const code of codes) {
    if (code < 0) missing++;
    else byCode[code]++;
  }
  const counts = new Map(levels.flatMap((level, code) => (byCode[code] > 0 ? [[level, byCode[code]] as const] : [])));
  return { kind: 'coded', counts, missing };
}

/** Levels that occur, the most frequent first, equals by their text. */
export const frequentFirst = (counts: ReadonlyMap<string, number>): { level: string; count: number }[] =>
  [...counts]
    .map(([level, count]) => ({ level, count }))
    .sort((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1));

/**
 * One row of medians and most frequent levels, missing where nothing is known; a median that falls between two whole numbers is the
 * upper one where only whole ones occur. Texts and images, of which no two need be alike, are missing.
 */
export function typicalRow(train: Table): Table {
  return { rowCount: 1, columns: train.columns.map(typicalColumn) };
}

function typicalColumn(column: Column): Column {
  const facts = factsOf(column);
  if (column.kind === 'coded') {
    const isFree = column.type === 'text' || column.type === 'image' || column.type === 'id';
    const level = facts.kind === 'coded' && !isFree ? frequentFirst(facts.counts)[0]?.level : undefined;
    return { ...column, codes: Int32Array.of(level === undefined ? -1 : column.levels.indexOf(level)) };
  }
  const present = column.values.filter(Number.isFinite);
  const middle = present.length > 0 ? median(present) : Number.NaN;
  const isWhole = facts.kind === 'numeric' && facts.isWhole;
  return { ...column, values: Float64Array.of(isWhole ? Math.round(middle) : middle) };
}
