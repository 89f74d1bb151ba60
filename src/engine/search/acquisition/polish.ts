import { type Bounds, minimizeWithin } from '../../numerics/bounded-lbfgs.ts';
import type { Random } from '../../random.ts';
import type { ScoredPoint } from './candidate-search.ts';
import type { Criterion } from './criterion.ts';
import type { Cube } from './cube.ts';

/** Turns of both climbs, one after the other, and steps of the second. */
const turns = 2;
const mostSteps = 10;

/**
 * Climbs from a settled point: along the slopes of the criterion on continuous sides, then from neighbour to better neighbour on the
 * others, in turn.
 */
export function polished(cube: Cube, start: ScoredPoint, criterion: Criterion, random: Random): ScoredPoint {
  let at = climbed(cube, start, criterion);
  const stepped = cube.sides.some(({ kind }) => kind !== 'continuous');
  for (let turn = 0; stepped && turn < turns; turn++) {
    const next = walked(cube, at, criterion, random);
    if (next === at) break;
    at = climbed(cube, next, criterion);
  }
  return at;
}

/** Gradient ascent over the continuous coordinates of the point, within the cube. */
function climbed(cube: Cube, start: ScoredPoint, criterion: Criterion): ScoredPoint {
  const free = [...start.point.keys()].filter(
    (i) => cube.sides[i].kind === 'continuous' && !Number.isNaN(start.point[i]),
  );
  if (free.length === 0) return start;
  const point = start.point.slice();
  const slope = new Float64Array(point.length);
  const downhill = (x: Float64Array, gradient: Float64Array): number => {
    for (let k = 0; k < free.length; k++) point[free[k]] = x[k];
    const value = criterion.sloped(point, slope);
    for (let k = 0; k < free.length; k++) gradient[k] = -slope[free[k]];
    return -value;
  };
  const x = Float64Array.from(free, (i) => point[i]);
  const bounds: Bounds = { low: new Float64Array(x.length), high: new Float64Array(x.length).fill(1) };
  const score = -minimizeWithin(downhill, x, bounds, { iterations: 40, tolerance: 1e-7 });
  for (let k = 0; k < free.length; k++) point[free[k]] = x[k];
  return score > start.score ? { point, score } : start;
}

/** Steps to the best neighbour while that is better. */
function walked(cube: Cube, start: ScoredPoint, criterion: Criterion, random: Random): ScoredPoint {
  let at = start;
  for (let step = 0; step < mostSteps; step++) {
    const near = cube.neighbours(at.point, { deviations: [0.1, 0.01], values: 12 }, random);
    const values = criterion.values(near);
    let best = -1;
    for (let i = 0; i < near.length; i++) if (best < 0 || values[i] > values[best]) best = i;
    if (best < 0 || !(values[best] > at.score)) break;
    at = { point: near[best], score: values[best] };
  }
  return at;
}
