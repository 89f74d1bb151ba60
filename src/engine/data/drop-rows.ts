import type { DroppedRows } from '../../shared/experiment/experiment.ts';
import { UserError } from '../../shared/faults.ts';
import { countWords, listWords } from '../../shared/results/numbers.ts';
import { conflictingRows, type LabelledRows, repeatedWholeRows } from './alike-rows.ts';
import type { Dataset } from './dataset.ts';
import { takeDataset } from './dataset.ts';
import { rowKeys } from './row-keys.ts';
import { stack } from './stack.ts';

/**
 * Positions within `rows` that are kept, ascending, and a note of what was left out. Rows that contradict each other go all, of rows that
 * repeat each other the first one stays. Throws a UserError for a row that the file has not.
 * @param fileRows that the data file has
 */
export function keptRows(
  rows: LabelledRows & Pick<Dataset, 'rowIds'>,
  { rows: named, conflicting, duplicates }: DroppedRows,
  shown: string,
  fileRows: number,
): { readonly kept: Uint32Array; readonly notes: readonly string[] } {
  const beyond = named.find((row) => row > fileRows);
  if (beyond !== undefined) {
    throw new UserError('drop-row-unknown', `\`drop\` names row ${beyond}, and the data has ${fileRows}.`, {
      place: { file: shown },
      advice: 'Rows are counted from 1, without the header.',
    });
  }
  const positions = new Set(named.map((row) => row - 1));
  const byName = [...rows.rowIds.keys()].filter((row) => positions.has(rows.rowIds[row]));
  const contradicting = conflicting ? conflictingRows(rows).flat() : [];
  const repeats = duplicates ? repeatedWholeRows(rows).flatMap((alike) => alike.slice(1)) : [];
  const gone = new Set([...byName, ...contradicting, ...repeats]);
  const why = [
    ...(byName.length > 0 ? [`${byName.length} by their number`] : []),
    ...(contradicting.length > 0 ? [`${contradicting.length} that contradict each other`] : []),
    ...(repeats.length > 0 ? [`${repeats.length} that repeat an earlier one`] : []),
  ];
  return {
    kept: Uint32Array.from(rows.rowIds.keys()).filter((row) => !gone.has(row)),
    notes: gone.size > 0 ? [`${countWords(gone.size, 'row')} left out by \`drop\`: ${listWords(why)}.`] : [],
  };
}

/** The development part without the rows whose features stand in the test part too. */
export function withoutShared(
  development: Dataset,
  test: Dataset,
): { readonly development: Dataset; readonly notes: readonly string[] } {
  const own = development.features.rowCount;
  const both = stack(development.features, test.features);
  const keys = rowKeys(both.columns, both.rowCount);
  const known = new Set(keys.slice(own));
  const kept = Uint32Array.from({ length: own }, (_, row) => row).filter((row) => !known.has(keys[row]));
  const gone = own - kept.length;
  if (gone === 0) return { development, notes: [] };
  const notes = [`${countWords(gone, 'row')} left out by \`drop\`: they stand in the test part too.`];
  return { development: takeDataset(development, kept), notes };
}
