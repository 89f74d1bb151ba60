/** Signs that mean something to Markdown inside a line; an underscore only where it does not join letters. */
const special = /[\\`*[\]|~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
/** Controls, line ends and the marks that turn the direction of text, which could hide what is written. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const unseen = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;

/**
 * Somebody's text as Markdown that reads as the same text: a column called `<script>` or `| a |` stays a name. One line; at its start a
 * number, a dash or a sign of a quotation begins no list (CommonMark 0.31; tables and bare addresses by GitHub's extension of it).
 */
export const inMarkdown = (text: string): string => startless(escaped(oneLine(text)));

/** As `inMarkdown`, of a sentence of ours, in which what stands between backticks is code. */
export function wordsInMarkdown(words: string): string {
  const parts = oneLine(words).split('`');
  // One without its partner is somebody's own.
  if (parts.length % 2 === 0) return inMarkdown(words);
  return startless(parts.map((part, i) => (i % 2 === 1 && part !== '' ? code(part) : escaped(part))).join(''));
}

const oneLine = (text: string): string => text.replaceAll(unseen, ' ').trim();

const escaped = (text: string): string =>
  text
    .replaceAll(special, '\\$&')
    .replaceAll(/&(?=[\p{L}#])/gu, '&amp;')
    .replaceAll(/<(?=[\p{L}/!?])/gu, '&lt;')
    .replaceAll('://', '\\://')
    .replaceAll(/www\./gi, (www) => `${www.slice(0, 3)}\\.`)
    .replaceAll('@', '&#64;');

/** Without what begins a list, a heading or a quotation. */
const startless = (line: string): string =>
  line.replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2').replace(/^([-+=#>])/, '\\$1');

/** Text of several lines, each a paragraph of its own. */
export const paragraphs = (words: string): string =>
  words
    .split('\n')
    .map(wordsInMarkdown)
    .filter((line) => line !== '')
    .join('\n\n');

/** A command or a number of digits as it is typed: nothing in it means anything. */
export function code(text: string): string {
  const line = text.replaceAll(unseen, ' ').replaceAll('|', '\\|');
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** `| a | b |`: cells are Markdown already. A table without rows is nothing. */
export function table(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: readonly number[] = [],
): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('\n', ' ')).join(' | ')} |`;
  const rule = titles.map((_, i) => (numeric.includes(i) ? '---:' : '---'));
  return [line(titles), line(rule), ...rows.map(line)].join('\n');
}

export const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

/** Blocks with an empty line between them; what is empty is left out. */
export const blocks = (...parts: readonly (string | false | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== false && part !== '').join('\n\n');
