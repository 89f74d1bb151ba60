/** Largest gap between two distribution functions, and the chance of as much where both samples are of one distribution. */
export interface KolmogorovSmirnov {
  readonly gap: number;
  readonly p: number;
}

/**
 * The two-sample test (Smirnov 1939) by its limit distribution with Stephens' (1970) correction for small samples. Ties make it cautious.
 * @param a,b ascending, no NaN
 */
export function kolmogorovSmirnov(a: Float64Array, b: Float64Array): KolmogorovSmirnov {
  if (a.length === 0 || b.length === 0) return { gap: 0, p: 1 };
  let [i, j, gap] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i], b[j]);
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    gap = Math.max(gap, Math.abs(i / a.length - j / b.length));
  }
  const root = Math.sqrt((a.length * b.length) / (a.length + b.length));
  return { gap, p: kolmogorovTail((root + 0.12 + 0.11 / root) * gap) };
}

/** 1 - the limit distribution of Kolmogorov (1933). */
function kolmogorovTail(value: number): number {
  if (value < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) {
    const term = 2 * (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * value * value);
    sum += term;
    if (Math.abs(term) < 1e-12) break;
  }
  return Math.min(1, Math.max(0, sum));
}
