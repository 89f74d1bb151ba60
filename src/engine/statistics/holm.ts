/** Chances corrected for being the least of so many (Holm 1979): those below a level are wrong at most so often, all together. */
export function holm(chances: readonly number[]): number[] {
  const order = chances.map((_, i) => i).sort((i, j) => chances[i] - chances[j]);
  const corrected = new Array<number>(chances.length);
  let largest = 0;
  for (const [rank, i] of order.entries()) {
    largest = Math.max(largest, Math.min(1, chances[i] * (chances.length - rank)));
    corrected[i] = largest;
  }
  return corrected;
}
