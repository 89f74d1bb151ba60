import type { SliceCondition } from '../../../shared/results/slices.ts';

/** A slice that looks weak on the half it was found on. */
export interface Candidate {
  readonly conditions: readonly SliceCondition[];
  readonly from: 'lattice' | 'tree';
  /** [all rows] 1 where all conditions hold. */
  readonly holds: Uint8Array;
  /** Welch's t on that half. */
  readonly t: number;
}

/** The strongest that are not nearly the same rows: two overlap at most so far (Jaccard). */
export function distinct(candidates: readonly Candidate[], most: number, overlap: number): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of candidates.toSorted((a, b) => b.t - a.t)) {
    if (kept.length === most) break;
    if (kept.every(({ holds }) => jaccard(holds, candidate.holds) <= overlap)) kept.push(candidate);
  }
  return kept;
}

/** Rows in both, of those in either. */
export function jaccard(a: Uint8Array, b: Uint8Array): number {
  let [both, either] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    both += a[i] & b[i];
    either += a[i] | b[i];
  }
  return either === 0 ? 0 : both / either;
}
