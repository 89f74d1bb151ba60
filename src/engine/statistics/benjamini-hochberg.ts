/**
 * Chances corrected for a share of false discoveries (Benjamini and Hochberg 1995): of those below a level, at most that share is false on
 * average.
 */
export function benjaminiHochberg(chances: readonly number[]): number[] {
  const order = chances.map((_, i) => i).sort((i, j) => chances[j] - chances[i]);
  const corrected = new Array<number>(chances.length);
  let smallest = 1;
  for (const [place, i] of order.entries()) {
    smallest = Math.min(smallest, (chances[i] * chances.length) / (chances.length - place));
    corrected[i] = smallest;
  }
  return corrected;
}
