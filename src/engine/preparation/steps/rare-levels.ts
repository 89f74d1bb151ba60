import { countWords } from '../../../shared/results/numbers.ts';
import { byName, frequentLevels } from '../../data/encoders/raw-columns.ts';
import type { Column, Table } from '../../data/table.ts';
import { withColumns } from '../../data/table.ts';
import { placesOf } from '../levels/known-levels.ts';
import type { Step, Transform } from '../step.ts';

/** What joined levels are called; no file can hold it as it stands. */
export const rare = '\u0000rare';

export interface RareState {
  readonly columns: readonly { readonly name: string; readonly kept: readonly string[] }[];
}

/** Joins the levels of a category that few rows have, and those that training rows never had, into one. Learners join the rarest by themselves. */
export const rareLevels: Step<RareState> = {
  name: 'rare levels',
  parameters: ({ columns }) =>
    columns.some(({ type, role }) => type === 'category' && role === 'feature')
      ? [
          {
            name: 'level_rows',
            distribution: { type: 'int', low: 1, high: 1000, log: true },
            initial: 1,
            searched: false,
          },
        ]
      : [],
  learn({ features }, { level_rows: fewest }) {
    if (typeof fewest !== 'number' || fewest <= 1) return null;
    const columns = byName(features).flatMap((column) => {
      if (column.kind !== 'coded' || column.type !== 'category') return [];
      const levels = frequentLevels(column);
      const kept = levels.filter(({ count }) => count >= fewest).map(({ level }) => level);
      return kept.length < levels.length ? [{ name: column.name, kept }] : [];
    });
    return columns.length > 0 ? { state: { columns }, words: `levels of fewer than ${fewest} rows joined` } : null;
  },
  restore: ({ columns }): Transform => ({
    made: () =>
      columns.map(({ name, kept }) => ({
        column: name,
        of: [name],
        words: `all levels of ${name} but ${countWords(kept.length, 'frequent one')} are joined as a rare level`,
      })),
    apply: (table) =>
      withColumns(
        table,
        columns.map((column) => joined(table, column)),
      ),
  }),
};

function joined(table: Table, { name, kept }: RareState['columns'][number]): Column {
  const codes = placesOf(table, name, kept).map((place) => (place === kept.length ? -1 : Math.min(place, kept.length)));
  return { kind: 'coded', name, type: 'category', codes, levels: [...kept, rare] };
}
