import type { Interval } from '../../../shared/results/result.ts';
import type { SearchBasis } from '../../../shared/results/search-basis.ts';
import type { Params, Space } from '../../../shared/space.ts';
import type { Random } from '../../random.ts';
import { encode } from '../../space/encoding.ts';
import { centralInterval } from '../../statistics/quantile.ts';
import type { StudyView } from '../study-view.ts';
import { leafOf, type RegressionTree } from '../surrogates/random-forest/regression-tree.ts';
import { fitForest, type RandomForest } from '../surrogates/random-forest.ts';
import { basisOf } from './basis.ts';
import { type JudgedTrials, type Judgement, judgedTrials } from './judged-trials.ts';

/** Size and depth of the forest of functional ANOVA (Hutter et al. 2014, section 4), used for every analysis that needs a surrogate. */
const [treeCount, depth] = [64, 64];
/** More trials than these are thinned evenly: the forest hardly gains from them, and its pairs cost their square. */
const mostTrials = 2_000;

/** The finished trials with a forest over them: what all analyses by surrogate ask. */
export interface SearchModel {
  readonly space: Space;
  readonly judged: JudgedTrials;
  readonly forest: RandomForest;
  readonly basis: SearchBasis;
}

/** Fits the forest. Throws the UserErrors of `judgedTrials`. */
export function searchModel(study: StudyView, judgement: Judgement, random: Random): SearchModel {
  const all = judgedTrials(study, judgement);
  const judged = thinned(all);
  const { space } = study;
  const forest = fitForest(space, judged.points, judged.losses, random.fork('forest'), { trees: treeCount, depth });
  const fit =
    forest.fit === undefined
      ? null
      : ({ name: 'R2 on held-out trials', value: forest.fit, surrogate: forest.name } as const);
  const basis = basisOf(judged, space, fit);
  const fewer = `Computed from ${judged.trials.length} of ${all.trials.length} trials, evenly chosen, with the best one.`;
  return { space, judged, forest, basis: all === judged ? basis : { ...basis, warnings: [...basis.warnings, fewer] } };
}

/** [trees] what each tree foretells of a configuration, as a loss: how far they are apart is how little is known. */
export const treeLosses = ({ space, forest }: SearchModel, params: Params): Float64Array => {
  const point = encode(space, params);
  return Float64Array.from(forest.trees, (tree) => treeLoss(tree, point));
};

export const treeLoss = (tree: RegressionTree, point: Float64Array): number => leafOf(tree, point).mean;

/** Each tree's part of the mean first, so that huge losses do not overflow. */
export const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value / values.length, 0);

/** 90 % interval over the trees, wide enough to hold the estimate itself. */
export function intervalOver(values: Iterable<number>, estimate: number): Interval {
  const { low, high } = centralInterval(values);
  return { low: Math.min(low, estimate), high: Math.max(high, estimate) };
}

function thinned(judged: JudgedTrials): JudgedTrials {
  const { trials, points, losses, best } = judged;
  if (trials.length <= mostTrials) return judged;
  const even = Array.from({ length: mostTrials }, (_, i) => Math.round((i * (trials.length - 1)) / (mostTrials - 1)));
  const kept = [...new Set([...even, best])].sort((a, b) => a - b);
  return {
    ...judged,
    trials: kept.map((i) => trials[i]),
    points: kept.map((i) => points[i]),
    losses: Float64Array.from(kept, (i) => losses[i]),
    best: kept.indexOf(best),
  };
}
