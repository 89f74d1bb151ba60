import type { Table } from '../../data/table.ts';
import { quantile } from '../../statistics/quantile.ts';
import { gower } from '../gower.ts';

/** How far a row lies from the data. */
export interface Plausible {
  /** Gower distance to its k-th nearest reference row. */
  readonly neighbour: number;
  /** Share of the reference rows that lie as far or further from their own k-th neighbour. */
  readonly share: number;
}

/** A row further from its k-th neighbour than this share of the data is implausible. */
const plausibleShare = 0.95;

/** Measures rows against the data's own distances to the k-th neighbour, of a reference sample of training rows. */
export class Plausibility {
  readonly #reference: Table;
  readonly #neighbours: number;
  /** Ascending. */
  readonly #own: Float64Array;

  /** neighbours: k, at most the other reference rows. */
  constructor(reference: Table, neighbours: number) {
    this.#reference = reference;
    this.#neighbours = Math.max(1, Math.min(neighbours, reference.rowCount - 1));
    const { distance } = gower(reference, reference, reference);
    this.#own = Float64Array.from({ length: reference.rowCount }, (_, i) => this.#nearest(distance, i, i)).sort();
  }

  get rows(): number {
    return this.#reference.rowCount;
  }

  /** Beyond this distance a row is implausible. */
  get limit(): number {
    return quantile(this.#own, plausibleShare);
  }

  /** rows: with the columns of the reference. */
  of(rows: Table): Plausible[] {
    const { distance } = gower(rows, this.#reference, this.#reference);
    return Array.from({ length: rows.rowCount }, (_, i) => {
      const neighbour = this.#nearest(distance, i, -1);
      const nearer = this.#own.filter((own) => own < neighbour).length;
      return { neighbour, share: 1 - nearer / this.#own.length };
    });
  }

  #nearest(distance: (a: number, b: number) => number, row: number, but: number): number {
    const nearest = new Float64Array(this.#neighbours).fill(Number.POSITIVE_INFINITY);
    for (let j = 0; j < this.#reference.rowCount; j++) {
      if (j === but) continue;
      const far = distance(row, j);
      let at = nearest.length - 1;
      if (far >= nearest[at]) continue;
      while (at > 0 && nearest[at - 1] > far) {
        nearest[at] = nearest[at - 1];
        at--;
      }
      nearest[at] = far;
    }
    const last = nearest[nearest.length - 1];
    return Number.isFinite(last) ? last : 0;
  }
}
