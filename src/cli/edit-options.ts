import { InvalidArgumentError } from 'commander';
import type { EditRange, ModelEdit } from '../shared/model-edit.ts';

/** Edits as they are written on the command line; commander adds the option's name to the message. */
type Read = (text: string) => ModelEdit;

/** 'age', 'age x sex', '["a x b","c"]' */
export const drop: Read = (text) => ({ kind: 'drop', columns: columnsOf(text) });

export const flatten: Read = (text) => {
  const { column, value, ofClass } = parted(text, 'income=20..40');
  return { kind: 'flatten', column, range: rangeOf(value), ...ofClass };
};

export const straighten: Read = (text) => {
  const { column, value, ofClass } = parted(text, 'income=20..40');
  return { kind: 'interpolate', column, range: rangeOf(value), ...ofClass };
};

export const monotone: Read = (text) => {
  const { column, value, ofClass } = parted(text, 'age=up');
  const [direction, range] = cut(value, ':');
  if (direction !== 'up' && direction !== 'down') throw new InvalidArgumentError('A direction is up or down: age=up.');
  return { kind: 'monotone', column, direction, ...(range !== undefined && { range: rangeOf(range) }), ...ofClass };
};

export const set: Read = (text) => {
  const { column, value, ofClass } = parted(text, 'income=20..40:0.5');
  const at = value.lastIndexOf(':');
  const adds = Number(value.slice(at + 1));
  if (at < 1 || value.slice(at + 1).trim() === '' || !Number.isFinite(adds))
    throw new InvalidArgumentError('It must end in a number after a colon: income=20..40:0.5.');
  return { kind: 'set', column, range: rangeOf(value.slice(0, at)), adds, ...ofClass };
};

export const zero: Read = (weight) => ({ kind: 'zero', weight });
export const prune: Read = (text) => ({ kind: 'prune', node: whole(text, 0) });
export const dropRule: Read = (text) => ({ kind: 'drop-rule', rule: whole(text, 1) });

function whole(text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least && text.trim() !== '') return value;
  throw new InvalidArgumentError(`It must be a whole number from ${least}.`);
}

function columnsOf(text: string): string[] {
  const columns: unknown = text.startsWith('[') ? json(text) : text.split(/ (?:x|×|with) /);
  const isList = Array.isArray(columns) && columns.every((column) => typeof column === 'string' && column !== '');
  if (isList && (columns.length === 1 || columns.length === 2)) return columns;
  throw new InvalidArgumentError('It must be one column, or two: "age x sex".');
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** 'income=20..40 for yes' */
function parted(text: string, example: string): { column: string; value: string; ofClass: { class?: string } } {
  const at = text.lastIndexOf('=');
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError(`It must be COLUMN=..., such as ${example}.`);
  const [value, wanted] = cut(text.slice(at + 1), ' for ');
  return { column: text.slice(0, at), value, ofClass: wanted === undefined ? {} : { class: wanted } };
}

function cut(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** '20..40', '..40', '2024-01-01..', 'missing', 'red,blue' */
export function rangeOf(text: string): EditRange {
  if (text === 'missing') return { kind: 'missing' };
  const at = text.indexOf('..');
  if (at < 0) {
    const levels = text.split(',').map((level) => level.trim());
    if (levels.every((level) => level !== '')) return { kind: 'levels', levels };
    throw new InvalidArgumentError('Levels are parted by commas: red,blue.');
  }
  return { kind: 'numbers', from: end(text.slice(0, at)), to: end(text.slice(at + 2)) };
}

function end(text: string): number | null {
  if (text.trim() === '') return null;
  const value = Number.isNaN(Number(text)) ? Date.parse(text) : Number(text);
  if (Number.isFinite(value)) return value;
  throw new InvalidArgumentError('A range is written as 20..40, ..40 or 20.., of dates 2024-01-01..2024-06-30.');
}

/** As `rangeOf` reads it. */
export function rangeText({ low, high, date }: { low: number; high: number; date: boolean }): string {
  const [from, to] = [low, high].map((value) =>
    date ? new Date(value).toISOString().slice(0, 10) : String(Number(value.toPrecision(5))),
  );
  return `${from}..${to}`;
}
