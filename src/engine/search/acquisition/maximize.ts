import type { Random } from '../../random.ts';
import { encode } from '../../space/encoding.ts';
import { configurations, spaceSize } from '../../space/enumeration.ts';
import { keyOf, type ScoredPoint, scatter } from './candidate-search.ts';
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
 * The points that a criterion is highest at, best first, none twice: of all configurations where they are few, else of a quasi-random
 * scatter and of points at all distances from the incumbents, the best of them climbed from.
 * @param incumbents settled points, the best configurations so far
 * @param excluded `keyOf` settled points that must not be taken: a climb passes by them
 */
export function maximize(
  cube: Cube,
  criterion: Criterion,
  incumbents: readonly Float64Array[],
  excluded: ReadonlySet<string>,
  random: Random,
): ScoredPoint[] {
  const seen = new Map<string, ScoredPoint>();
  const remembered = remembering(criterion, excluded, seen);
  const few = spaceSize(cube.space) <= mostEnumerated;
  remembered.values(
    few
      ? [...configurations(cube.space)].map((params) => encode(cube.space, params))
      : [...scatter(cube, draws, random), ...incumbents.flatMap((point) => around(cube, point, random))],
  );
  if (few) return allowedBestFirst(seen);
  const tops = allowedBestFirst(seen).slice(0, climbs);
  for (const top of tops.map((start) => polished(cube, start, remembered, random))) seen.set(keyOf(top.point), top);
  return allowedBestFirst(seen);
}

/** A criterion that works out each point once and notes it in `seen`, -Infinity where it must not be taken. */
const remembering = (
  criterion: Criterion,
  excluded: ReadonlySet<string>,
  seen: Map<string, ScoredPoint>,
): Criterion => ({
  ...criterion,
  values(points) {
    const keys = points.map(keyOf);
    const fresh = new Map(keys.map((key, i) => [key, points[i]]));
    for (const key of keys) if (seen.has(key)) fresh.delete(key);
    const values = criterion.values([...fresh.values()]);
    for (const [i, [key, point]] of [...fresh].entries()) {
      seen.set(key, { point, score: excluded.has(key) ? Number.NEGATIVE_INFINITY : values[i] });
    }
    return Float64Array.from(keys, (key) => (seen.get(key) as ScoredPoint).score);
  },
});

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

const allowedBestFirst = (seen: ReadonlyMap<string, ScoredPoint>): ScoredPoint[] =>
  [...seen.values()].filter(({ score }) => score > Number.NEGATIVE_INFINITY).sort((a, b) => b.score - a.score);
