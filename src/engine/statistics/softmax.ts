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
