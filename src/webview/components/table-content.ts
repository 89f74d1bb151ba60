import type { CohortCondition } from '../../shared/cohort/cohort.ts';

export interface TableColumn {
  readonly title: string;
  readonly numeric?: boolean;
  /** Longer account of the column. */
  readonly hint?: string;
}

/** Text as it is, or with a mark: 'differs' is bold too, so that it does not rest on colour. */
export type TableCell =
  | string
  | {
      readonly text: string;
      readonly mark?: 'differs' | 'quiet';
      readonly title?: string;
      /** What it is sorted by; absent: its text. */
      readonly sort?: number;
      /** The rows that it counts: a click looks at these. */
      readonly conditions?: readonly CohortCondition[];
    };

export interface TableContent {
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
}

/** A spreadsheet computes what begins like this; a quote before it makes it text again. Numbers stay numbers. */
const harmless = (text: string): string =>
  /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text.replaceAll(',', ''))) ? `'${text}` : text;

/** A table as RFC 4180 has it. */
export function toCsv({ columns, rows }: TableContent): string {
  const cell = (value: TableCell) => (typeof value === 'string' ? value : value.text);
  const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => row.map(cell))];
  return `${lines.map((line) => line.map((text) => quoted(harmless(text))).join(',')).join('\r\n')}\r\n`;
}
