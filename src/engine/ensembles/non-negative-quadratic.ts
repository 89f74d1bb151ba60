/** `0.5 x'Hx - g'x + sum linear x`, where some entries of x may not fall below 0. */
export interface Quadratic {
  /** [count x count] row-major, symmetric, positive on its diagonal. */
  readonly hessian: Float64Array;
  /** [count] g, which pulls the entries up. */
  readonly pull: Float64Array;
  /** [count] L1 penalty of each entry; counts only for entries that may not be negative. */
  readonly penalty: Float64Array;
  /** [count] 1 where the entry may not be negative. */
  readonly bounded: Uint8Array;
}

const sweeps = 10_000;

/**
 * The least point of a convex quadratic under bounds, by cyclic coordinate descent (Friedman, Hastie and Tibshirani 2010, section 2.2, with
 * the bound in place of the soft threshold). Stops when no entry moves by more than 1e-12 of the largest.
 * @param start [count], left as it is
 */
export function leastPoint({ hessian, pull, penalty, bounded }: Quadratic, start: Float64Array): Float64Array {
  const count = start.length;
  const x = start.slice();
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let moved = 0;
    let largest = 1e-300;
    for (let j = 0; j < count; j++) {
      let slope = pull[j];
      for (let k = 0; k < count; k++) if (k !== j) slope -= hessian[j * count + k] * x[k];
      const diagonal = hessian[j * count + j];
      const next = bounded[j] ? Math.max(0, (slope - penalty[j]) / diagonal) : slope / diagonal;
      moved = Math.max(moved, Math.abs(next - x[j]));
      largest = Math.max(largest, Math.abs(next));
      x[j] = next;
    }
    if (moved <= 1e-12 * largest) break;
  }
  return x;
}
