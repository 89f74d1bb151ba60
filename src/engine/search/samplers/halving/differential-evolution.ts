import type { Random } from '../../../random.ts';
import type { Individual } from './subpopulation.ts';

/** One child of differential evolution and whom it is made from. */
export interface Offspring {
  readonly point: Float64Array;
  readonly target: Individual;
  /** The mutant is the first, moved by F times the difference of the other two. */
  readonly from: readonly [Individual, Individual, Individual];
}

/**
 * rand/1/bin (Storn and Price 1997): three different individuals make a mutant, of which each coordinate is taken with probability
 * `crossover`, at least one. Coordinates that leave the unit cube are drawn anew (Awad et al. 2021, section 3.2).
 * @param pool at least three individuals
 */
export function randOneBin(
  target: Individual,
  pool: readonly Individual[],
  factor: number,
  crossover: number,
  random: Random,
): Offspring {
  const from = threeOf(pool, random);
  const [a, b, c] = from.map(({ point }) => point);
  const certain = random.integer(target.point.length);
  const point = target.point.map((own, i) => {
    const taken = random.uniform() < crossover || i === certain;
    const moved = taken ? a[i] + factor * (b[i] - c[i]) : own;
    return moved < 0 || moved > 1 ? random.uniform() : moved;
  });
  return { point, target, from };
}

function threeOf(pool: readonly Individual[], random: Random): [Individual, Individual, Individual] {
  const [a, b, c] = random.permutation(pool.length);
  return [pool[a], pool[b], pool[c]];
}
