/** Kullback-Leibler divergence of two Bernoulli distributions. */
export function bernoulliDivergence(p: number, q: number): number {
  const part = (a: number, b: number) => (a === 0 ? 0 : b === 0 ? Number.POSITIVE_INFINITY : a * Math.log(a / b));
  return part(p, q) + part(1 - p, 1 - q);
}

const halvings = 40;

/** The largest q >= p whose divergence from p is at most `level`. */
export const upperBound = (p: number, level: number): number => bound(p, 1, level);

/** The smallest q <= p whose divergence from p is at most `level`. */
export const lowerBound = (p: number, level: number): number => bound(p, 0, level);

function bound(p: number, end: number, level: number): number {
  if (bernoulliDivergence(p, end) <= level) return end;
  let [inside, outside] = [p, end];
  for (let i = 0; i < halvings; i++) {
    const middle = (inside + outside) / 2;
    if (bernoulliDivergence(p, middle) <= level) inside = middle;
    else outside = middle;
  }
  return inside;
}

/** Exploration rate of KL-LUCB (Kaufmann and Kalyanakrishnan 2013, theorem 1 with alpha = 1.1, k1 = 405.5). */
export function explorationRate(arms: number, round: number, delta: number): number {
  const rate = Math.log((405.5 * arms * round ** 1.1) / delta);
  return rate + Math.log(rate);
}
