import { damaged } from './study-importer.ts';

/**
 * JSON as Python writes it: `NaN`, `Infinity` and `-Infinity` stand for numbers. Throws a UserError `import-damaged` with the file and the
 * line where the text is none.
 * @param line of the file that the text begins on
 */
export function parsePythonJson(text: string, file: string, line = 1): unknown {
  try {
    return readPythonJson(text);
  } catch (error) {
    throw notJson(text, file, line, error);
  }
}

/** As `parsePythonJson`, for text that is in no file. Throws the SyntaxError of `JSON.parse` where it is none. */
export function readPythonJson(text: string): unknown {
  try {
    // Vitrine's own way of writing what JSON lacks is the same as the mark below.
    return text.includes('"$number"') ? JSON.parse(text, revive) : JSON.parse(text);
  } catch (error) {
    // Only then is it worth looking for what JSON does not know.
    const marked = text.replace(/"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g, (token) =>
      token.startsWith('"') ? token : `{"$number":"${token}"}`,
    );
    try {
      return JSON.parse(marked, revive);
    } catch {
      // What is wrong with the text itself, not with the marks in it.
      throw error;
    }
  }
}

const revive = (_key: string, value: unknown): unknown => (isMarked(value) ? Number(value.$number) : value);

const isMarked = (value: unknown): value is { $number: string } =>
  typeof value === 'object' && value !== null && '$number' in value;

function notJson(text: string, file: string, first: number, cause: unknown) {
  const message = cause instanceof Error ? cause.message : String(cause);
  const position = /position (\d+)/.exec(message)?.[1];
  const at = position === undefined || /end of JSON|unterminated/i.test(message) ? text.length : Number(position);
  const line = first + (text.slice(0, at).trimEnd().match(/\n/g)?.length ?? 0);
  return damaged(file, `the file is not whole JSON: ${message.replace(/ \(line.*\)$/, '')}.`, { line, cause });
}

/** One parsed line with its number, from 1. */
export interface JsonLine {
  readonly value: unknown;
  readonly line: number;
}

/** One value a line, blank lines left out. Throws as `parsePythonJson`. */
export function parseJsonLines(text: string, file: string): JsonLine[] {
  return text
    .split('\n')
    .flatMap((words, index) =>
      words.trim() === '' ? [] : [{ value: parsePythonJson(words, file, index + 1), line: index + 1 }],
    );
}

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isNumber = (value: unknown): value is number => typeof value === 'number';
