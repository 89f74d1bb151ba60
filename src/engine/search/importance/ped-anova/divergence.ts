import type { Cells } from './cells.ts';

/** Trials that have one parameter, counted by cell; a trial that is drawn again counts again. */
export interface CellCounts {
  readonly all: Float64Array;
  /** Those among the best. */
  readonly top: Float64Array;
  /** Sum of the squared counts of single trials. */
  readonly squares: Float64Array;
}

/** [cells x cells] how much an observation in one cell says of another: a normal kernel where cells are in order, else nothing. */
export function kernelOf({ middles, ordered }: Cells, bandwidth: number): Float64Array {
  const count = middles.length;
  const kernel = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      const gap = (middles[i] - middles[j]) / bandwidth;
      kernel[i * count + j] = ordered ? Math.exp(-0.5 * gap * gap) : i === j ? 1 : 0;
    }
  }
  return kernel;
}

/**
 * Variance of P(among the best | x) over the distribution p of the trials in one parameter: the Pearson divergence
 * (n'/n)^2 E_p[(p'/p - 1)^2] of the best's density p' from p (Watanabe et al. 2023, theorem 1), both from one kernel, so that p'/p never
 * exceeds n/n'. From it is taken what as many trials chosen by lot would give, by the variance of a sample without replacement: without
 * that a parameter that means nothing would have a share. At least 0.
 */
export function divergence(counts: CellCounts, kernel: Float64Array): number {
  const cells = counts.all.length;
  const total = sum(counts.all);
  const share = sum(counts.top) / total;
  if (!(share > 0 && share < 1)) return 0;
  let [variance, byLot, mass] = [0, 0, 0];
  for (let i = 0; i < cells; i++) {
    let [density, top, squares] = [0, 0, 0];
    for (let j = 0; j < cells; j++) {
      const weight = kernel[i * cells + j];
      density += weight * counts.all[j];
      top += weight * counts.top[j];
      squares += weight * weight * counts.squares[j];
    }
    if (density === 0) continue;
    mass += density;
    variance += density * (top / density - share) ** 2;
    byLot += density * Math.max(0, squares / density ** 2 - 1 / total);
  }
  const correction = (share * (1 - share) * total) / (total - 1);
  return Math.max(0, (variance - correction * byLot) / mass);
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
