import type { Random } from '../../random.ts';
import { encode } from '../../space/encoding.ts';
import { configurations, spaceSize } from '../../space/enumeration.ts';
import { type ScoredPoint, scatter } from './candidate-search.ts';
import type { Criterion } from './criterion.ts';
import type { Cube } from './cube.ts';
import { polished } from './polish.ts';

/** Configurations of a space that are all looked at. */
const mostEnumerated = 2048;
/** Quasi-random points, and normal steps around each incumbent. */
const draws = 768;
const steps = 32;
/** Best of them from which the criterion is climbed. */
const climbs = 8;

/**
 * The points that a criterion is highest at, best first: of all configurations where they are few, else of a quasi-random scatter and
 * of points at all distances from the incumbents, the best of them climbed from. A point may be there twice.
 * @param incumbents settled points, the best configurations so far
 */
export function maximize(
  cube: Cube,
  criterion: Criterion,
  incumbents: readonly Float64Array[],
  random: Random,
): ScoredPoint[] {
  const few = spaceSize(cube.space) <= mostEnumerated;
  const points = few
    ? [...configurations(cube.space)].map((params) => encode(cube.space, params))
    : [...scatter(cube, draws, random), ...incumbents.flatMap((point) => around(cube, point, random))];
  const values = criterion.values(points);
  const scored = bestFirst(points.map((point, i) => ({ point, score: values[i] })));
  if (few) return scored;
  const tops = scored.slice(0, climbs).map((start) => polished(cube, start, criterion, random));
  return bestFirst([...tops, ...scored]);
}

/** Settled points at distances of every magnitude from one, and all that differ in one listed value. */
function around(cube: Cube, point: Float64Array, random: Random): Float64Array[] {
  const near = cube.neighbours(point, { deviations: [0.1, 0.02], values: 12 }, random);
  for (let step = 0; step < steps; step++) {
    const deviation = 0.3 * 10 ** (-3 * random.uniform());
    const moved = cube.opened(point, random).map((coordinate) => coordinate + deviation * random.normal());
    if (cube.settle(moved)) near.push(moved);
  }
  return near;
}

const bestFirst = (points: readonly ScoredPoint[]): ScoredPoint[] => points.toSorted((a, b) => b.score - a.score);
