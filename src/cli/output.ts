import { stripVTControlCharacters } from 'node:util';
import colors from 'picocolors';
import { quantityWords, wattHours as wattHourUnits } from '../shared/results/numbers.ts';

/** Where a command prints: words for people, or one JSON document for machines (`--json`). */
export interface Output {
  readonly json: boolean;
  /** A terminal that can redraw a line. */
  readonly live: boolean;
  /** A line for people; nothing with --json. */
  line(text?: string): void;
  /** The answer as JSON; nothing without --json. */
  result(value: unknown): void;
  /** Progress and remarks, on standard error so that they never mix with the answer. */
  remark(text: string): void;
}

export function createOutput(json: boolean): Output {
  return {
    json,
    live: !json && process.stderr.isTTY === true,
    line: (text = '') => {
      if (!json) process.stdout.write(`${text}\n`);
    },
    result: (value) => {
      if (json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    remark: (text) => process.stderr.write(`${text}\n`),
  };
}

export interface TableColumn<T> {
  readonly title: string;
  readonly cell: (row: T) => string;
  readonly align?: 'left' | 'right';
}

/** A table in plain text, as wide as its cells. */
export function textTable<T>(columns: readonly TableColumn<T>[], rows: readonly T[]): string[] {
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)));
  const widths = columns.map(({ title }, i) => Math.max(title.length, ...cells.map((row) => width(row[i]))));
  const pad = (text: string, i: number) => {
    const space = ' '.repeat(Math.max(0, widths[i] - width(text)));
    return columns[i].align === 'right' ? space + text : text + space;
  };
  const line = (row: readonly string[]) => row.map(pad).join('  ').trimEnd();
  return [colors.dim(line(columns.map(({ title }) => title))), ...cells.map(line)];
}

/** '1.6 mWh', or 'not measured'. */
export const energyCell = (wattHours: number | null | undefined): string => quantityWords(wattHours, wattHourUnits, 2);

const width = (text: string) => stripVTControlCharacters(text).length;

export const heading = (text: string): string => colors.bold(text);
export const dim = (text: string): string => colors.dim(text);
export const warning = (text: string): string => colors.yellow(text);
