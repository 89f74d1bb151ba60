import type { Code, Severity } from './codes.ts';

/** Line and character from 0, as editors count; a character is a UTF-16 unit. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** A change that mends what a diagnostic says. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** What is wrong, where, and what to do about it. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly fix?: Fix;
}

const before = (a: Position, b: Position): boolean =>
  a.line < b.line || (a.line === b.line && a.character < b.character);

/** Whether two ranges share a place; touching counts, so that a cursor beside a word is at the word. */
export const overlap = (a: Range, b: Range): boolean => !before(a.end, b.start) && !before(b.end, a.start);

/** In the order of the file. */
export const byPlace = (a: { readonly range: Range }, b: { readonly range: Range }): number =>
  a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character;
