import type { Neighbourhood } from '../neighbourhood.ts';

/** What a surrogate is fitted on. */
export interface Sampled extends Omit<Neighbourhood, 'rows'> {
  /** [samples] what the model says. */
  readonly response: Float64Array;
}

/**
 * Of very many columns those that go with the response most by themselves, ascending: sure independence screening (Fan and Lv 2008), by the
 * squared weighted correlation over all samples.
 */
export function tellingColumns(sampled: readonly Sampled[], columns: number, most: number): number[] {
  const all = Array.from({ length: columns }, (_, j) => j);
  if (columns <= most) return all;
  const [weighted, products] = [0, 1].map(() => new Float64Array(columns));
  let [total, responseSum] = [0, 0];
  for (const { same, weights, response } of sampled)
    for (let i = 0; i < response.length; i++) {
      total += weights[i];
      responseSum += weights[i] * response[i];
      for (let j = 0, at = i * columns; j < columns; j++, at++) {
        if (same[at] === 0) continue;
        weighted[j] += weights[i];
        products[j] += weights[i] * response[i];
      }
    }
  const strength = all.map((j) => {
    const covariance = products[j] - (weighted[j] * responseSum) / total;
    // Of flags, squares are what they are.
    const variance = weighted[j] - weighted[j] ** 2 / total;
    return variance > 1e-12 * total ? covariance ** 2 / variance : 0;
  });
  return all
    .sort((a, b) => strength[b] - strength[a] || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
}

/** The samples with these columns only. */
export function withColumnsOf({ same, ...rest }: Sampled, columns: number, kept: readonly number[]): Sampled {
  if (kept.length === columns) return { same, ...rest };
  const samples = rest.response.length;
  const own = new Float64Array(samples * kept.length);
  for (let i = 0; i < samples; i++)
    for (let k = 0; k < kept.length; k++) own[i * kept.length + k] = same[i * columns + kept[k]];
  return { same: own, ...rest };
}
