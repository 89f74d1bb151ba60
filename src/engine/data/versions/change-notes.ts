import type { DatasetInfo } from '../../../shared/dataset.ts';
import { dataDiffWords } from '../../../shared/results/data-diff.ts';
import { dataDiff } from './diff.ts';

/**
 * What a person should know of data that are not those of the study before: a sentence, or nothing.
 * @param before studies of the experiment, the oldest first; those of these very data are passed over
 */
export function changeNotes(before: readonly { readonly data: DatasetInfo | null }[], info: DatasetInfo): string[] {
  const last = before.findLast(({ data }) => data !== null && data.hash !== info.hash)?.data;
  const diff = last ? dataDiff(last, info) : null;
  return diff ? [dataDiffWords(diff)] : [];
}
