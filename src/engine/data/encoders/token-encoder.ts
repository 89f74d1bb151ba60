import { wordsOf } from '../../preparation/texts/words-of.ts';
import type { CodedColumn, Table } from '../table.ts';

/** All that is learnt of the texts before training; survives JSON. */
export interface TokenState {
  /** Columns whose words stand one after the other, sorted by name. */
  readonly columns: readonly string[];
  /** Words a column, cut or filled. */
  readonly length: number;
  /** The token of a word is its place, after the two that are no words. */
  readonly words: readonly string[];
}

/** [rows x columns x length] tokens. */
export interface EncodedTokens {
  readonly rows: number;
  readonly length: number;
  readonly values: Uint32Array;
}

/** What fills a text that is short, empty or missing, and what stands for every word that is not known. */
export const padding = 0;
export const unknown = 1;
const special = 2;

/** Of a word at this place among those that are known. */
export const tokenOf = (place: number): number => special + place;

export const vocabularySize = ({ words }: TokenState): number => special + words.length;

export interface TokenOptions {
  /** Words that are told apart, the most frequent first. */
  readonly mostWords: number;
  /** Words of a text that are looked at. */
  readonly mostLength: number;
  readonly leastLength: number;
}

/** Training texts that are shorter than this many words in all but a few decide the length. */
const coveredShare = 0.98;

/**
 * Learns the words of a table's texts, in lower case: those that stand in two rows at least, equals by their spelling.
 * @param table has a column of texts
 */
export function fitTokenEncoder(table: Table, { mostWords, mostLength, leastLength }: TokenOptions): TokenState {
  const columns = textColumns(table);
  const rowCounts = new Map<string, number>();
  const lengths: number[] = [];
  for (const { codes, levels } of columns) {
    const rowsOf = new Uint32Array(levels.length);
    for (const code of codes) if (code >= 0) rowsOf[code]++;
    for (const [code, rows] of rowsOf.entries()) {
      if (rows === 0) continue;
      const words = wordsOf(levels[code]);
      for (let i = 0; i < rows; i++) lengths.push(words.length);
      for (const word of new Set(words)) rowCounts.set(word, (rowCounts.get(word) ?? 0) + rows);
    }
  }
  const words = [...rowCounts]
    .filter(([, rows]) => rows >= 2)
    .sort(([a, rowsOfA], [b, rowsOfB]) => rowsOfB - rowsOfA || (a < b ? -1 : 1))
    .slice(0, mostWords)
    .map(([word]) => word);
  lengths.sort((a, b) => a - b);
  const usual = lengths[Math.ceil(coveredShare * lengths.length) - 1] ?? 0;
  const length = Math.max(leastLength, Math.min(mostLength, usual));
  return { columns: columns.map(({ name }) => name), length, words };
}

/** Texts as tokens, cut at the encoder's length. Throws a RangeError where a column is not there. */
export function encodeTokens({ columns: names, length, words }: TokenState, table: Table): EncodedTokens {
  const tokens = new Map(words.map((word, place) => [word, tokenOf(place)]));
  const width = names.length * length;
  const values = new Uint32Array(table.rowCount * width).fill(padding);
  const found = textColumns(table);
  for (const [c, name] of names.entries()) {
    const column = found.find((candidate) => candidate.name === name);
    if (!column) throw new RangeError(`no column of texts "${name}"`);
    const known = new Map<number, Uint32Array>();
    for (let row = 0; row < table.rowCount; row++) {
      const code = column.codes[row];
      if (code < 0) continue;
      let text = known.get(code);
      if (!text) {
        text = Uint32Array.from(wordsOf(column.levels[code]).slice(0, length), (word) => tokens.get(word) ?? unknown);
        known.set(code, text);
      }
      values.set(text, row * width + c * length);
    }
  }
  return { rows: table.rowCount, length: width, values };
}

const textColumns = ({ columns }: Table): CodedColumn[] =>
  columns.filter((column): column is CodedColumn => column.type === 'text').sort((a, b) => (a.name < b.name ? -1 : 1));
