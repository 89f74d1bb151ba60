import { countWords, numberWords } from '../../shared/results/numbers.ts';
import type { Result } from '../../shared/results/result.ts';
import type { CodedColumn, Table } from '../data/table.ts';
import type { PartsSurrogate } from './hidden-parts.ts';

/**
 * The column whose parts are hidden: the wanted one, else the first that has parts in this row, else the first. Throws a RangeError
 * where there is none of that type.
 */
export function columnToHide(
  row: Table,
  type: 'text' | 'image',
  wanted: string | undefined,
  hasParts: (column: CodedColumn) => boolean,
): CodedColumn {
  const columns = row.columns.filter((column): column is CodedColumn => column.type === type);
  const found =
    wanted === undefined ? (columns.find(hasParts) ?? columns[0]) : columns.find(({ name }) => name === wanted);
  if (found) return found;
  const which = wanted === undefined ? `no ${type} column` : `no ${type} column "${wanted}"`;
  throw new RangeError(`there is ${which} among ${row.columns.map(({ name }) => name).join(', ')}`);
}

/** Whether the surrogate may be read, and what is missing of it. */
export function fidelityWords(
  { fitted, planned, heldOutR2, weights }: PartsSurrogate,
  one: string,
  parts: number,
  trustedR2: number,
): { readonly partial?: string; readonly trustworthy: boolean } {
  const trustworthy = weights.length > 0 && (heldOutR2 === null || heldOutR2 >= trustedR2);
  const isWhole = parts === 0 || fitted >= planned;
  return isWhole
    ? { trustworthy }
    : {
        trustworthy,
        partial: `There was time for ${fitted} of ${planned.toLocaleString('en-US')} samples without some ${one}s.`,
      };
}

/** What a surrogate of parts is worth, in words. */
export function partsQuality(
  { heldOutR2, weights }: PartsSurrogate,
  one: string,
  parts: number,
  trustedR2: number,
): Result['quality'] {
  const measure = 'held-out R2';
  if (parts === 0) return { measure, value: null, words: `There is no ${one} that could be hidden in this row.` };
  if (weights.length === 0)
    return { measure, value: null, words: 'There was too little time to learn anything of this row.' };
  if (heldOutR2 === null)
    return {
      measure,
      value: null,
      words: `The prediction does not move with any ${one} (${countWords(parts, one)}), so there is nothing to explain.`,
    };
  const verdict =
    heldOutR2 >= trustedR2
      ? 'well enough to be read as the reason'
      : `too poorly to be read as the reason; single ${one}s explain too little here`;
  return {
    measure,
    value: heldOutR2,
    words: `On samples it did not see, the surrogate follows the model with R2 ${numberWords(heldOutR2, 2)}: ${verdict}.`,
  };
}
