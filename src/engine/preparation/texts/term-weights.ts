import { type SparseText, type TextRows, toUnitLength } from './text-rows.ts';
import { wordCounts } from './words-of.ts';

/** Terms in the order of their columns, each with the weight of its rarity. */
export interface TermState {
  readonly terms: readonly string[];
  readonly rarity: readonly number[];
}

export interface TermOptions {
  readonly mostTerms: number;
  /** A term stands in at least this many rows. */
  readonly fewestRows: number;
  /** ... and in at most this share of them. */
  readonly largestShare: number;
}

/** Words that are counted at once: beyond, those that stood in one row only are forgotten (lossy counting, Manku and Motwani 2002). */
const mostCounted = 300_000;

/** The terms that most rows have, and ln((1 + rows) / (1 + rows with the term)) + 1 of each (Spärck Jones 1972, smoothed). */
export function learnTerms({ texts, rows }: TextRows, { mostTerms, fewestRows, largestShare }: TermOptions): TermState {
  const repeats = new Float64Array(texts.length);
  for (const text of rows) if (text >= 0) repeats[text]++;
  let counts = new Map<string, number>();
  texts.forEach((text, i) => {
    for (const word of wordCounts(text).keys()) counts.set(word, (counts.get(word) ?? 0) + repeats[i]);
    if (counts.size > mostCounted) counts = new Map([...counts].filter(([, count]) => count > 1));
  });
  const frequent = [...counts]
    .filter(([, count]) => count >= fewestRows && count <= largestShare * rows.length)
    // By count, then by text: the order of the rows must not matter.
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, mostTerms)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    terms: frequent.map(([term]) => term),
    rarity: frequent.map(([, count]) => Math.log((1 + rows.length) / (1 + count)) + 1),
  };
}

/** TF-IDF (Salton and Buckley 1988): counts times rarity, to unit length. */
export function termWeights({ terms, rarity }: TermState): (text: string) => SparseText {
  const places = new Map(terms.map((term, i) => [term, i]));
  return (text) => {
    const found = [...wordCounts(text)]
      .flatMap(([word, count]): [number, number][] => (places.has(word) ? [[places.get(word)!, count]] : []))
      .sort(([a], [b]) => a - b);
    return {
      places: Uint32Array.from(found, ([place]) => place),
      values: toUnitLength(Float64Array.from(found, ([place, count]) => count * rarity[place])),
    };
  };
}
