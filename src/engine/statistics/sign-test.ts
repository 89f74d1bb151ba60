/**
 * Chance of so uneven a division, or a more uneven one, where each of the two is equally likely every time: the exact two-sided binomial
 * test at 1/2. Of rows on which one of two classifiers is right and the other is wrong it is McNemar's exact test (McNemar 1947).
 * 1 where there is nothing to divide.
 */
export function signTest(first: number, second: number): number {
  const [count, fewer] = [first + second, Math.min(first, second)];
  // Of 5,000 rows 2^-5000 is no number any more: terms are summed as multiples of the largest, which is the last.
  let [sum, term] = [1, 1];
  let logLast = -count * Math.LN2;
  for (let i = 1; i <= fewer; i++) logLast += Math.log((count - i + 1) / i);
  for (let i = fewer; i > 0 && term > 0; i--) {
    term *= i / (count - i + 1);
    sum += term;
  }
  return Math.min(1, 2 * Math.exp(logLast) * sum);
}
