import { cumulative } from '../../numerics/standard-normal.ts';
import type { Random } from '../../random.ts';
import { logScaled } from '../surrogates/log-scaled-losses.ts';
import { fitForest, type RandomForest } from '../surrogates/random-forest.ts';
import type { SearchModel } from './search-model.ts';

const [trees, depth] = [64, 64];

/**
 * A forest over the logarithms of the losses above a floor just below the best (`surrogates/log-scaled-losses.ts`): on the plain losses a
 * few terrible trials would make every place look as if it might be far better than the best.
 */
export interface ChanceModel {
  readonly forest: RandomForest;
  /** A loss on the forest's scale; -Infinity from the floor down. */
  toScale(loss: number): number;
  toLoss(value: number): number;
}

export function chanceModel({ space, judged }: SearchModel, random: Random): ChanceModel {
  const { values, toLoss } = logScaled(judged.losses);
  const floor = toLoss(Number.NEGATIVE_INFINITY);
  const unit = toLoss(0) - floor;
  return {
    forest: fitForest(space, judged.points, values, random, { trees, depth }),
    toScale: (loss) => (unit > 0 ? Math.log(Math.max(0, (loss - floor) / unit)) : 0),
    toLoss,
  };
}

/** The chance that a normal distribution lies below a limit; where it has no width, 0 or 1. */
export const chanceBelow = (limit: number, mean: number, deviation: number): number =>
  deviation > 0 ? cumulative((limit - mean) / deviation) : Number(limit > mean);
