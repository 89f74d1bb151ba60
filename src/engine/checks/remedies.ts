import type { ColumnType } from '../../shared/dataset.ts';
import type { Remedy } from '../../shared/results/data-findings.ts';

export const ignoreColumn = (column: string): Remedy => ({
  kind: 'ignore column',
  words: `If it is not known when a prediction is wanted, or says nothing: list "${column}" under \`ignore\`.`,
  edit: { how: 'add', key: ['data', 'ignore'], value: column },
});

export const groupSplit = (column: string): Remedy => ({
  kind: 'group split',
  words: `Keep the rows of one "${column}" in one part: \`group: ${column}\`.`,
  edit: { how: 'set', key: ['data', 'group'], value: column },
});

export const timeSplit = (column: string): Remedy => ({
  kind: 'time split',
  words: `Judge later rows by models of earlier ones: \`time: ${column}\`.`,
  edit: { how: 'set', key: ['data', 'time'], value: column },
});

export const setType = (column: string, type: ColumnType): Remedy => ({
  kind: 'set type',
  words: `Mend the odd values, or say \`types: {${column}: ${type}}\`, which names the first of them.`,
  edit: { how: 'set', key: ['data', 'types', column], value: type },
});

export const largerTestPart = (share: number): Remedy => ({
  kind: 'larger test part',
  words: `Keep more rows for the final score: \`test: ${share}\`, or a file of its own.`,
  edit: { how: 'set', key: ['data', 'split', 'test'], value: share },
});

export const dropRows = (which: 'duplicates' | 'conflicting' | 'shared', words: string): Remedy => ({
  kind: 'drop rows',
  words,
  edit: { how: 'set', key: ['data', 'drop', which], value: true },
});

/** @param positions in the data file, from 0; the file counts them from 1 */
export const dropTheseRows = (positions: readonly number[], words: string): Remedy => ({
  kind: 'drop rows',
  words,
  edit: { how: 'add', key: ['data', 'drop', 'rows'], value: positions.map((position) => position + 1) },
});

export const reviewLabels = (words: string): Remedy => ({ kind: 'review labels', words });
export const mendData = (words: string): Remedy => ({ kind: 'mend data', words });
export const reweigh = (words: string): Remedy => ({
  kind: 'reweigh',
  words,
  edit: { how: 'set', key: ['data', 'balance'], value: 'weights' },
});
