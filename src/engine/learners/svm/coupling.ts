/** Pairwise probabilities stay this far from 0 and 1. */
const margin = 1e-7;
const maxIterations = 100;

/**
 * Probabilities of K classes from those of each pair (Wu, Lin and Weng 2004, second method, algorithm 2): the p that minimise
 * sum over i < j of (r_ji p_i - r_ij p_j)^2.
 * @param pairwise [K x K]: r_ij at i * K + j, i < j, is P(i | i or j); the rest is not read
 */
export function coupled(pairwise: Float64Array, K: number): Float64Array {
  const r = (i: number, j: number) => {
    const value = i < j ? pairwise[i * K + j] : 1 - pairwise[j * K + i];
    return Math.min(1 - margin, Math.max(margin, value));
  };
  const Q = new Float64Array(K * K);
  for (let i = 0; i < K; i++) {
    for (let j = 0; j < K; j++) {
      if (i === j) continue;
      Q[i * K + i] += r(j, i) ** 2;
      Q[i * K + j] = -r(j, i) * r(i, j);
    }
  }
  const p = new Float64Array(K).fill(1 / K);
  const Qp = new Float64Array(K);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    let quadratic = 0;
    for (let i = 0; i < K; i++) {
      Qp[i] = 0;
      for (let j = 0; j < K; j++) Qp[i] += Q[i * K + j] * p[j];
      quadratic += p[i] * Qp[i];
    }
    if (Qp.every((value) => Math.abs(value - quadratic) < 0.005 / K)) break;
    for (let t = 0; t < K; t++) {
      const difference = (quadratic - Qp[t]) / Q[t * K + t];
      p[t] += difference;
      const sum = 1 + difference;
      quadratic = (quadratic + difference * (difference * Q[t * K + t] + 2 * Qp[t])) / (sum * sum);
      for (let j = 0; j < K; j++) {
        Qp[j] = (Qp[j] + difference * Q[t * K + j]) / sum;
        p[j] /= sum;
      }
    }
  }
  const total = p.reduce((sum, value) => sum + value, 0);
  return p.map((value) => value / total);
}
