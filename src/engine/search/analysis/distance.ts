import type { Space } from '../../../shared/space.ts';
import { isCategorical } from '../../space/distribution.ts';

/**
 * Distance of two points of the unit cube as a share of the largest there is: the root of the mean square over the parameters that at
 * least one of them has. Numbers by their coordinates, choices 0 or 1, a parameter that only one has 1 (Gower 1971).
 */
export function distanceOver({ parameters }: Space): (a: Float64Array, b: Float64Array) => number {
  const isChoice = parameters.map(({ distribution }) => isCategorical(distribution));
  return (a, b) => {
    let [sum, count] = [0, 0];
    for (let i = 0; i < a.length; i++) {
      const [here, there] = [a[i], b[i]];
      if (Number.isNaN(here) && Number.isNaN(there)) continue;
      count++;
      if (Number.isNaN(here) || Number.isNaN(there)) sum += 1;
      else if (isChoice[i]) sum += here === there ? 0 : 1;
      else sum += (here - there) ** 2;
    }
    return count === 0 ? 0 : Math.sqrt(sum / count);
  };
}
