import type { Random } from '../../random.ts';
import type { GaussianProcess } from '../surrogates/gaussian-process/gaussian-process.ts';
import { type ScoredPoint, scatter } from './candidate-search.ts';
import type { Cube } from './cube.ts';

/** Points of the joint draw: its cost grows with their third power. */
const scattered = 192;
const nearby = 64;

/**
 * Thompson sampling (Thompson 1933; over a scatter of points as in Kandasamy et al. 2018, section 3.1): one function is drawn from the
 * process at many points together. The score is the negated draw, in warped losses; best first.
 */
export function thompsonDraw(
  cube: Cube,
  model: GaussianProcess,
  incumbents: readonly Float64Array[],
  random: Random,
): ScoredPoint[] {
  const near = incumbents.flatMap((point) =>
    Array.from({ length: Math.ceil(nearby / incumbents.length) }, () => {
      const deviation = 0.2 * 10 ** (-2 * random.uniform());
      return cube.opened(point, random).map((coordinate) => coordinate + deviation * random.normal());
    }).filter((moved) => cube.settle(moved)),
  );
  const points = [...scatter(cube, scattered, random), ...near];
  const draw = model.draw(points, random);
  return points.map((point, i) => ({ point, score: -draw[i] })).sort((a, b) => b.score - a.score);
}
