import type { Random } from '../../random.ts';
import { type Factor, singularVectors } from '../singular-vectors.ts';
import type { SparseText } from './text-rows.ts';

/** Latent semantic analysis (Deerwester et al. 1990): directions among the terms, each [terms]. */
export function learnTopics(
  texts: readonly SparseText[],
  terms: number,
  count: number,
  random: Random,
): Float64Array[] {
  return [...singularVectors(factorOf(texts, terms), count, random).vectors];
}

/** Where a text lies along each topic. */
export const alongTopics = ({ places, values }: SparseText, topics: readonly ArrayLike<number>[]): Float64Array =>
  Float64Array.from(topics, (topic) => {
    let sum = 0;
    for (let i = 0; i < places.length; i++) sum += values[i] * topic[places[i]];
    return sum;
  });

function factorOf(texts: readonly SparseText[], terms: number): Factor {
  return {
    rows: texts.length,
    columns: terms,
    times(right, k) {
      const product = new Float64Array(texts.length * k);
      texts.forEach(({ places, values }, row) => {
        for (let i = 0; i < places.length; i++)
          for (let j = 0; j < k; j++) product[row * k + j] += values[i] * right[places[i] * k + j];
      });
      return product;
    },
    transposedTimes(left, k) {
      const product = new Float64Array(terms * k);
      texts.forEach(({ places, values }, row) => {
        for (let i = 0; i < places.length; i++)
          for (let j = 0; j < k; j++) product[places[i] * k + j] += values[i] * left[row * k + j];
      });
      return product;
    },
  };
}
