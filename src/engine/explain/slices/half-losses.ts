import { type Sums, type Welch, welch } from '../../statistics/welch.ts';

/** The losses of one half of the rows, and how a slice of them differs from the rest. */
export class HalfLosses {
  /** Positions of the half's rows among all. */
  readonly rows: Uint32Array;
  readonly #losses: Float64Array;
  readonly #all: Sums;

  /** @param losses [all rows] */
  constructor(rows: Uint32Array, losses: Float64Array) {
    this.rows = rows;
    this.#losses = losses;
    this.#all = this.sums(rows);
  }

  /** The half without the rows of these slices. */
  without(slices: readonly Uint8Array[]): HalfLosses {
    const left = this.rows.filter((row) => slices.every((holds) => holds[row] === 0));
    return new HalfLosses(left, this.#losses);
  }

  sums(rows: ArrayLike<number>): Sums {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < rows.length; i++) {
      const loss = this.#losses[rows[i]];
      sum += loss;
      squares += loss * loss;
    }
    return { count: rows.length, sum, squares };
  }

  /** The sums of those of the half's rows that meet a condition, without listing them. */
  sumsWhere(rows: Uint32Array, holds: Uint8Array): Sums {
    let [count, sum, squares] = [0, 0, 0];
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      if (holds[row] === 0) continue;
      const loss = this.#losses[row];
      count++;
      sum += loss;
      squares += loss * loss;
    }
    return { count, sum, squares };
  }

  /** Whether the slice's losses are larger than those of the half's other rows. Undefined where either side has fewer than 2. */
  against(slice: Sums): Welch | undefined {
    const rest = this.rest(slice);
    return slice.count < 2 || rest.count < 2 ? undefined : welch(slice, rest);
  }

  rest(slice: Sums): Sums {
    const { count, sum, squares } = this.#all;
    return { count: count - slice.count, sum: sum - slice.sum, squares: Math.max(0, squares - slice.squares) };
  }
}
