import type { Fix, Position, Range } from '../../src/language/diagnostic.ts';

function offsetOf(text: string, { line, character }: Position): number {
  const before = text.split('\n').slice(0, line);
  return before.reduce((sum, one) => sum + one.length + 1, 0) + character;
}

export const textIn = (text: string, { start, end }: Range): string =>
  text.slice(offsetOf(text, start), offsetOf(text, end));

/** The text as an editor leaves it after a fix. */
export function applied(text: string, { edits }: Fix): string {
  const backwards = edits
    .map(({ range, newText }) => ({ start: offsetOf(text, range.start), end: offsetOf(text, range.end), newText }))
    .sort((a, b) => b.start - a.start);
  return backwards.reduce((whole, { start, end, newText }) => whole.slice(0, start) + newText + whole.slice(end), text);
}
