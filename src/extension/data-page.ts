import { basename } from 'node:path';
import type { ColumnInfo } from '../shared/dataset.ts';
import type { DataInspection } from '../shared/operations/operations.ts';
import { countWords, numberWords, percentWords } from '../shared/results/numbers.ts';

/** Levels named in the table; the rest is counted. */
const namedLevels = 4;

/** What is known of a table before a target is chosen, as a page of Markdown. */
export function dataPage({ path, rowCount, columns, suggestedTarget, notes }: DataInspection): string {
  return [
    `# ${cell(basename(path))}`,
    `${countWords(rowCount, 'row')}, ${countWords(columns.length, 'column')}.`,
    ...(suggestedTarget
      ? [
          `To predict, **${cell(suggestedTarget.column)}** suggests itself (${suggestedTarget.task}): ${cell(suggestedTarget.reason)}.`,
        ]
      : []),
    ['| Column | Type | Why this type | Values | Missing |', '| --- | --- | --- | --- | ---: |']
      .concat(columns.map((column) => row(column, rowCount)))
      .join('\n'),
    ...(notes.length > 0 ? ['## Notes', notes.map((note) => `- ${cell(note)}`).join('\n')] : []),
  ].join('\n\n');
}

function row(column: ColumnInfo, rowCount: number): string {
  const { name, type, reason, missing } = column;
  const absent = missing === 0 ? '0' : `${numberWords(missing)} (${percentWords(missing / rowCount)})`;
  return `| **${cell(name)}** | ${type} | ${cell(reason)} | ${cell(values(column))} | ${absent} |`;
}

function values({ type, distinct, numeric, levels }: ColumnInfo): string {
  if (numeric && type === 'date') return `${day(numeric.minimum)} to ${day(numeric.maximum)}`;
  if (numeric)
    return `${numberWords(numeric.minimum)} to ${numberWords(numeric.maximum)}, median ${numberWords(numeric.quartiles[1])}`;
  if (!levels || levels.length === 0) return countWords(distinct, 'different value');
  const named = levels.slice(0, namedLevels).map(({ level, count }) => `${level} (${numberWords(count)})`);
  const more = distinct - named.length;
  return [...named, ...(more > 0 ? [`${numberWords(more)} more`] : [])].join(', ');
}

const day = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/** What a file holds must not become markup of the page. */
const cell = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~!&]/g, '\\$&').replace(/\s+/g, ' ');
