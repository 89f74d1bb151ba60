import { probabilityFloor } from '../metrics/classification.ts';
import { softmax, softmaxRows } from '../numerics/softmax.ts';

/** One number that sharpens (below 1) or flattens (above 1) every probability; plain JSON. */
export interface TemperatureMap {
  readonly kind: 'temperature';
  readonly temperature: number;
}

/** Beyond these the probabilities are as good as certain, or as good as equal. */
const [sharpest, flattest] = [1e-3, 1e3];

/**
 * Temperature scaling (Guo, Pleiss, Sun and Weinberger 2017, section 4.2): log probabilities divided by one temperature, softmax
 * again. The log loss is convex in 1 / temperature, so its slope is bisected.
 * @param probabilities [rows x classes]
 */
export function fitTemperature(probabilities: Float64Array, codes: Int32Array, classCount: number): TemperatureMap {
  const scores = logarithms(probabilities);
  let [low, high] = [Math.log(1 / flattest), Math.log(1 / sharpest)];
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (slope(scores, codes, classCount, Math.exp(middle)) < 0) low = middle;
    else high = middle;
  }
  return { kind: 'temperature', temperature: Math.exp(-(low + high) / 2) };
}

export function applyTemperature(
  { temperature }: TemperatureMap,
  probabilities: Float64Array,
  classCount: number,
): Float64Array {
  const values = logarithms(probabilities).map((score) => score / temperature);
  softmaxRows(values, classCount);
  return values;
}

const logarithms = (probabilities: Float64Array) => probabilities.map((p) => Math.log(Math.max(probabilityFloor, p)));

/** Slope of the summed log loss along the inverse temperature: expected score - score of the true class. */
function slope(scores: Float64Array, codes: Int32Array, classCount: number, inverse: number): number {
  const p = scores.map((score) => inverse * score);
  let total = 0;
  for (let row = 0, base = 0; row < codes.length; row++, base += classCount) {
    softmax(p, base, classCount);
    total -= scores[base + codes[row]];
    for (let k = base; k < base + classCount; k++) total += p[k] * scores[k];
  }
  return total;
}
