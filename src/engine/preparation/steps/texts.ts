import type { ColumnInfo } from '../../../shared/dataset.ts';
import { byName } from '../../data/encoders/raw-columns.ts';
import type { Column, Table } from '../../data/table.ts';
import type { MadeColumn } from '../../models/readable.ts';
import type { Random } from '../../random.ts';
import { freshNames, numericColumn } from '../new-columns.ts';
import { choiceOf, type Step, type Transform } from '../step.ts';
import { hashedWords } from '../texts/hashed-words.ts';
import { learnTerms, type TermState, termWeights } from '../texts/term-weights.ts';
import { type SparseText, type TextRows, textRows } from '../texts/text-rows.ts';
import { alongTopics, learnTopics } from '../texts/topics.ts';

/** Fewer different texts are levels like any others. */
export const fewestTexts = 21;
/** Words that topics are made of. */
const topicTerms = 2000;
/** Different texts that topics are learnt from. */
const mostTopicTexts = 20_000;
/** Cells that texts may grow into, all columns together. */
const mostCells = 4e7;

type TextState =
  | { readonly way: 'tfidf'; readonly name: string; readonly terms: TermState; readonly outputs: readonly string[] }
  | {
      readonly way: 'topics';
      readonly name: string;
      readonly terms: TermState;
      readonly topics: readonly (readonly number[])[];
      readonly outputs: readonly string[];
    }
  | { readonly way: 'hashing'; readonly name: string; readonly outputs: readonly string[] }
  | { readonly way: 'ignored'; readonly name: string; readonly outputs: readonly string[] };

export interface TextsState {
  readonly columns: readonly TextState[];
}

/** Turns texts into numbers: weights of their words, topics, or hashed words. Missing and empty texts are all 0; unknown words do not count. */
export const texts: Step<TextsState> = {
  name: 'texts',
  parameters({ columns }, need) {
    if (!columns.some(isText)) return [];
    return [
      choiceOf(
        'texts',
        ['tfidf', 'topics', 'hashing', 'ignored'],
        need === 'dense' || need === 'linear' ? 'tfidf' : 'topics',
        true,
      ),
      {
        name: 'text_terms',
        distribution: { type: 'int', low: 16, high: 4096, log: true },
        initial: 256,
        searched: false,
      },
      {
        name: 'text_topics',
        distribution: { type: 'int', low: 2, high: 100, log: true },
        initial: 24,
        searched: false,
      },
    ];
  },
  learn({ features, random }, params) {
    if (params.texts === undefined) return null;
    const names = byName(features)
      .filter((column) => column.type === 'text' && countUsed(column) >= fewestTexts)
      .map(({ name }) => name);
    if (names.length === 0) return null;
    const fresh = freshNames(features);
    const room = Math.max(8, Math.floor(mostCells / Math.max(1, features.rowCount) / names.length));
    const width = Math.min(room, Number(params.text_terms));
    const topics = Math.min(room, Number(params.text_topics));
    const columns = names.map((name) => {
      const rows = textRows(features, name);
      return learnWay(String(params.texts), { name, rows, width, topics, fresh, random: random.fork(name) });
    });
    const count = columns.reduce((sum, { outputs }) => sum + outputs.length, 0);
    return { state: { columns }, words: count > 0 ? `${count} columns from texts` : 'texts left out' };
  },
  restore({ columns }): Transform {
    const ways = columns.map((state) => ({ state, numbers: numbersOfText(state) }));
    return {
      made: () => columns.flatMap(madeOf),
      apply(table) {
        const replaced = new Set(columns.map(({ name }) => name));
        return {
          ...table,
          columns: [
            ...table.columns.filter(({ name }) => !replaced.has(name)),
            ...ways.flatMap(({ state, numbers }) => textColumns(table, state, numbers)),
          ],
        };
      },
    };
  },
};

function madeOf(state: TextState): MadeColumn[] {
  const { name } = state;
  return state.outputs.map((column, i) => ({ column, of: [name], words: wordsOf(i) }));

  function wordsOf(i: number): string {
    if (state.way === 'tfidf')
      return `how much the word "${state.terms.terms[i]}" weighs in ${name} (tf-idf), 0 where it does not occur`;
    if (state.way === 'topics')
      return `topic ${i + 1} of ${name}: many words take part in it, so that no weight of a single word can be told`;
    return `words of ${name} that fell on place ${i + 1} by chance (hashing): which they are cannot be told`;
  }
}

const isText = ({ type, role, distinct }: ColumnInfo) =>
  type === 'text' && role === 'feature' && distinct >= fewestTexts;

function countUsed(column: Column): number {
  return column.kind === 'coded' ? new Set(column.codes.filter((code) => code >= 0)).size : 0;
}

interface Learning {
  readonly name: string;
  readonly rows: TextRows;
  readonly width: number;
  readonly topics: number;
  readonly random: Random;
  fresh(wanted: string): string;
}

function learnWay(way: string, { name, rows, width, topics, fresh, random }: Learning): TextState {
  if (way === 'ignored') return { way, name, outputs: [] };
  if (way === 'hashing')
    return { way, name, outputs: Array.from({ length: width }, (_, i) => fresh(`${name} (words ${i + 1})`)) };
  const mostTerms = way === 'topics' ? topicTerms : width;
  const fewestRows = Math.max(2, Math.ceil(rows.rows.length / 2000));
  const terms = learnTerms(rows, { mostTerms, fewestRows, largestShare: 0.95 });
  if (way === 'tfidf') return { way, name, terms, outputs: terms.terms.map((term) => fresh(`${name} (${term})`)) };
  const order = random.permutation(rows.texts.length).subarray(0, mostTopicTexts).sort();
  const sample = Array.from(order, (text) => rows.texts[text]).sort();
  const found = learnTopics(sample.map(termWeights(terms)), terms.terms.length, topics, random);
  return {
    way: 'topics',
    name,
    terms,
    topics: found.map((topic) => [...topic]),
    outputs: found.map((_, i) => fresh(`${name} (topic ${i + 1})`)),
  };
}

/** What a text becomes, by its place among the outputs. */
function numbersOfText(state: TextState): (text: string) => SparseText {
  switch (state.way) {
    case 'tfidf':
      return termWeights(state.terms);
    case 'hashing':
      return hashedWords(state.outputs.length);
    case 'topics': {
      const weights = termWeights(state.terms);
      const places = Uint32Array.from(state.outputs.keys());
      return (text) => ({ places, values: alongTopics(weights(text), state.topics) });
    }
    case 'ignored':
      return () => ({ places: new Uint32Array(0), values: new Float64Array(0) });
  }
}

function textColumns(table: Table, { name, outputs }: TextState, numbers: (text: string) => SparseText): Column[] {
  if (outputs.length === 0) return [];
  const { texts, rows } = textRows(table, name);
  const columns = outputs.map(() => new Float64Array(table.rowCount));
  const sparse = texts.map(numbers);
  rows.forEach((text, row) => {
    if (text < 0) return;
    const { places, values } = sparse[text];
    for (let i = 0; i < places.length; i++) columns[places[i]][row] = values[i];
  });
  return outputs.map((output, j) => numericColumn(output, columns[j]));
}
