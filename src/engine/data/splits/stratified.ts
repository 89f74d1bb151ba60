import type { Random } from '../../random.ts';
import { rowsByStratum, type Strata } from './strata.ts';

/** No part of a split: a row that every model is fitted on and none is judged by. */
export const alwaysTrain = -1;

/**
 * [rows] part of each row, 1 for the held-out share and 0 for the rest, every stratum in proportion (largest remainders, so that
 * exactly round(share x rows) rows are held out where strata allow). A stratum always keeps a row in part 0.
 */
export function stratifiedHoldout(strata: Strata, share: number, random: Random): Int32Array {
  const parts = new Int32Array(strata.codes.length);
  const groups = rowsByStratum(strata);
  const sizes = heldOutSizes(
    groups.map((rows) => rows.length),
    share,
  );
  for (let stratum = 0; stratum < groups.length; stratum++) {
    const order = random.permutation(groups[stratum].length);
    for (let i = 0; i < sizes[stratum]; i++) parts[groups[stratum][order[i]]] = 1;
  }
  return parts;
}

function heldOutSizes(sizes: readonly number[], share: number): number[] {
  const exact = sizes.map((size) => size * share);
  const held = exact.map((value, i) => Math.min(Math.floor(value), Math.max(0, sizes[i] - 1)));
  const wanted = Math.round(sizes.reduce((sum, size) => sum + size, 0) * share);
  const byRemainder = exact
    .map((_, i) => i)
    .sort((a, b) => (exact[b] % 1) - (exact[a] % 1) || sizes[b] - sizes[a] || a - b);
  let missing = wanted - held.reduce((sum, size) => sum + size, 0);
  for (const i of byRemainder) {
    if (missing <= 0) break;
    if (held[i] + 1 >= sizes[i]) continue;
    held[i]++;
    missing--;
  }
  return held;
}

/**
 * [rows] the fold whose validation part holds each row, every stratum dealt evenly, folds of equal size within one row.
 * The only row of a stratum is in no validation part (`alwaysTrain`): a model judged by it would never have seen its class.
 */
export function stratifiedFolds(strata: Strata, folds: number, random: Random): Int32Array {
  const parts = new Int32Array(strata.codes.length);
  let next = 0;
  for (const rows of rowsByStratum(strata)) {
    if (rows.length === 1 && strata.count > 1) {
      parts[rows[0]] = alwaysTrain;
      continue;
    }
    for (const i of random.permutation(rows.length)) parts[rows[i]] = next++ % folds;
  }
  return parts;
}
