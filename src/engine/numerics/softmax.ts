/** Exponentials of scores as shares of their sum; the largest score is taken off before, so that none overflows. */

/**
 * Turns scores into probabilities, in place, and returns the logarithm of the sum of their exponentials.
 * @param base where the scores begin
 * @param count how many there are
 */
export function softmax(scores: Float64Array, base: number, count: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = base; k < base + count; k++) largest = Math.max(largest, scores[k]);
  let sum = 0;
  for (let k = base; k < base + count; k++) {
    scores[k] = Math.exp(scores[k] - largest);
    sum += scores[k];
  }
  for (let k = base; k < base + count; k++) scores[k] /= sum;
  return largest + Math.log(sum);
}

/** Turns each row of scores, [rows x width], into probabilities in place; gives back the same array. */
export function softmaxRows(scores: Float64Array, width: number): Float64Array {
  for (let base = 0; base < scores.length; base += width) softmax(scores, base, width);
  return scores;
}

/** Writes the probabilities of a row of [outputs x rows] scores, which lie `rows` apart, to p, [outputs]. */
export function softmaxOfColumn(scores: Float64Array, row: number, rows: number, p: Float64Array): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0, at = row; k < p.length; k++, at += rows) largest = Math.max(largest, scores[at]);
  let sum = 0;
  for (let k = 0, at = row; k < p.length; k++, at += rows) {
    p[k] = Math.exp(scores[at] - largest);
    sum += p[k];
  }
  for (let k = 0; k < p.length; k++) p[k] /= sum;
}
