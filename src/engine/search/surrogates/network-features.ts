import type { Space } from '../../../shared/space.ts';
import { isCategorical, size } from '../../space/distribution.ts';
import { placeOf } from './random-forest/regression-tree.ts';

/** Makes a uniform coordinate's variance 1. */
const uniformScale = Math.sqrt(12);

/** Configurations as inputs of networks. */
export interface NetworkFeatures {
  /** Numbers a configuration becomes. */
  readonly count: number;
  /** [points x count] */
  of(points: readonly Float64Array[]): Float64Array;
}

/**
 * Numbers and ordered choices become their coordinate with mean 0 and variance 1 over the space, categorical ones a number a choice, 1 at
 * the one taken; a parameter with conditions has a further number that is 1 where it is active, its others being 0 where it is not.
 * Single values say nothing and are left out.
 */
export function networkFeatures({ parameters }: Space): NetworkFeatures {
  const blocks = parameters.map(({ distribution, when = [] }) => {
    const conditional = when.length > 0;
    const choices = isCategorical(distribution) ? distribution.choices.length : 0;
    const own = size(distribution) === 1 ? 0 : choices || 1;
    return { own, choices, conditional, width: own + (conditional ? 1 : 0) };
  });
  const count = blocks.reduce((sum, { width }) => sum + width, 0);
  return {
    count,
    of(points) {
      const features = new Float64Array(points.length * count);
      let at = 0;
      for (const point of points) {
        for (const [i, { own, choices, conditional, width }] of blocks.entries()) {
          const active = !Number.isNaN(point[i]);
          if (active && own > 0) {
            if (choices > 0) features[at + placeOf(point[i], choices)] = 1;
            else features[at] = uniformScale * (point[i] - 0.5);
          }
          if (active && conditional) features[at + own] = 1;
          at += width;
        }
      }
      return features;
    },
  };
}
