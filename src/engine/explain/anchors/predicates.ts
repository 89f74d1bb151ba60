import type { CodedColumn, Column, NumericColumn, Table } from '../../data/table.ts';
import { quantile } from '../../statistics/quantile.ts';

/** A condition that holds for the explained row. */
export interface Predicate {
  /** Position of the column in the table. */
  readonly column: number;
  readonly name: string;
  /** Two of one column and side are never in one rule: the narrower implies the other. */
  readonly side: 'above' | 'at most' | 'is';
  /** 'above 190', '= Biscoe', 'is missing' */
  readonly words: string;
  /** Whether it holds for a value, or for a code into the explained row's levels. */
  readonly test: (cell: number) => boolean;
  /** [sample rows] 1 where it holds. */
  readonly holds: Uint8Array;
}

const shares = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * What can be said of each column of the row: a number is above or at most each decile, a level is itself, missing is missing. Conditions
 * that hold for every row, or for a level that no row has, say nothing and are left out.
 * @param row one row with the columns and levels of `sample`
 */
export const predicatesOf = (sample: Table, row: Table): Predicate[] =>
  sample.columns
    .flatMap((column, c) => {
      const own = row.columns[c];
      return column.kind === 'numeric'
        ? numericPredicates(column, own as NumericColumn, c)
        : levelPredicates(column, own as CodedColumn, c);
    })
    .filter(({ holds }) => holds.includes(1) && holds.includes(0));

function numericPredicates(column: NumericColumn, { values: [own] }: NumericColumn, c: number): Predicate[] {
  const { name, values, type } = column;
  const predicate = (side: Predicate['side'], words: string, test: Predicate['test']): Predicate => ({
    column: c,
    name,
    side,
    words,
    test,
    holds: Uint8Array.from(values, (value) => +test(value)),
  });
  if (Number.isNaN(own)) return [predicate('is', 'is missing', Number.isNaN)];
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  if (known.length === 0) return [];
  // A number between two recorded ones says no more than the lower of them.
  const edges = [
    ...new Set(
      shares.map((share) => (type === 'number' ? quantile(known, share) : Math.floor(quantile(known, share)))),
    ),
  ];
  return edges.map((edge) =>
    own > edge
      ? predicate('above', `above ${edgeWords(edge, type)}`, (value) => value > edge)
      : predicate('at most', `at most ${edgeWords(edge, type)}`, (value) => value <= edge),
  );
}

const edgeWords = (edge: number, type: NumericColumn['type']): string =>
  type === 'date' ? new Date(edge).toISOString().slice(0, 10) : String(Number(edge.toPrecision(6)));

/** Free text, ids and images are alike in no other row. */
const sayable: ReadonlySet<Column['type']> = new Set(['category', 'boolean']);

function levelPredicates({ name, type, codes }: CodedColumn, own: CodedColumn, c: number): Predicate[] {
  const code = own.codes[0];
  if (code >= 0 && !sayable.has(type)) return [];
  const words = code < 0 ? 'is missing' : `= ${own.levels[code]}`;
  const test = (other: number) => other === code;
  return [{ column: c, name, side: 'is', words, test, holds: Uint8Array.from(codes, (other) => +test(other)) }];
}

/** 'income above 20, at most 40', a sentence part for each column, in the order in which the columns came. */
export function conditionsOf(predicates: readonly Predicate[]): string[] {
  const byColumn = Map.groupBy(predicates, ({ column }) => column);
  // 'above' is said before 'at most', as in 'above 20, at most 40'.
  return [...byColumn.values()].map(
    (all) =>
      `${all[0].name} ${all
        .map(({ words }) => words)
        .sort()
        .join(', ')}`,
  );
}
