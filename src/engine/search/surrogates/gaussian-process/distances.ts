import type { Space } from '../../../../shared/space.ts';
import { isCategorical } from '../../../space/distribution.ts';

/**
 * Squared distances of coordinates of one parameter, NaN where it is not active. They are those of a Euclidean space, so that kernels
 * of them stay positive definite: a number lies on the side of the cube and 'not active' half a side off its middle (an imputation; the
 * arc kernel of Swersky et al. 2014 embeds conditions likewise); choices are one apart (Hamming), 'not active' being one of them.
 */
export class Column {
  readonly #choices: boolean;
  readonly #coordinates: Float64Array;
  readonly #whole: boolean;

  /** @param coordinates [observations] of the parameter */
  constructor(choices: boolean, coordinates: Float64Array) {
    this.#choices = choices;
    this.#coordinates = coordinates;
    this.#whole = coordinates.every((coordinate) => !Number.isNaN(coordinate));
  }

  /** From a coordinate to each of the first `count` observations, written from `offset` on. */
  fillDistances(from: number, into: Float64Array, offset = 0, count = this.#coordinates.length): void {
    if (this.#choices) this.#fillHamming(from, into, offset, count);
    else if (this.#whole && !Number.isNaN(from)) this.#fillSquares(from, into, offset, count);
    else this.#fillImputed(from, into, offset, count);
  }

  #fillHamming(from: number, into: Float64Array, offset: number, count: number): void {
    const coordinates = this.#coordinates;
    const active = !Number.isNaN(from);
    for (let i = 0; i < count; i++) {
      const other = coordinates[i];
      into[offset + i] = other === from || (!active && Number.isNaN(other)) ? 0 : 1;
    }
  }

  #fillSquares(from: number, into: Float64Array, offset: number, count: number): void {
    const coordinates = this.#coordinates;
    for (let i = 0; i < count; i++) into[offset + i] = (from - coordinates[i]) ** 2;
  }

  #fillImputed(from: number, into: Float64Array, offset: number, count: number): void {
    const [x, off] = Number.isNaN(from) ? [0.5, 0.5] : [from, 0];
    for (let i = 0; i < count; i++) {
      const other = this.#coordinates[i];
      const [y, otherOff] = Number.isNaN(other) ? [0.5, 0.5] : [other, 0];
      into[offset + i] = (x - y) ** 2 + (off - otherOff) ** 2;
    }
  }
}

/** [parameters] of the points. */
export const columnsOf = (space: Space, points: readonly Float64Array[]): Column[] =>
  space.parameters.map(
    ({ distribution }, d) =>
      new Column(
        isCategorical(distribution),
        Float64Array.from(points, (point) => point[d]),
      ),
  );

/** [parameters][pairs] of the points, pairs (i, j < i) row by row. */
export function pairDistances(space: Space, points: readonly Float64Array[]): Float64Array[] {
  const pairs = (points.length * (points.length - 1)) / 2;
  return columnsOf(space, points).map((column, d) => {
    const all = new Float64Array(pairs);
    for (let i = 0; i < points.length; i++) column.fillDistances(points[i][d], all, (i * (i - 1)) / 2, i);
    return all;
  });
}
