import type { OutlookEstimate } from '../../../shared/results/search-outlook.ts';
import type { Params, Space } from '../../../shared/space.ts';
import type { Random } from '../../random.ts';
import { isForbidden } from '../../space/conditions.ts';
import { configurationKey, sampleConfiguration } from '../../space/configuration.ts';
import { sampleValue } from '../../space/distribution.ts';
import { encode } from '../../space/encoding.ts';
import { centralInterval } from '../../statistics/quantile.ts';
import { acquisitions, acquisitionValues } from '../acquisition/acquisition.ts';
import type { StudyView } from '../study-view.ts';
import { leafOf, type RegressionTree } from '../surrogates/random-forest/regression-tree.ts';
import type { Prediction } from '../surrogates/surrogate.ts';
import { type ChanceModel, chanceBelow, chanceModel } from './chance-model.ts';
import { distanceOver } from './distance.ts';
import { stepsTo } from './improvement-rate.ts';
import { bestFirst } from './judged-trials.ts';
import type { SearchModel } from './search-model.ts';
import { variable, withValue } from './variation.ts';

/** Configurations that are considered: by lot, and one step from the best trials. */
const [drawn, around, stepsEach] = [1_000, 10, 20];
/** Trials ahead that are looked at; chosen ones are at least so far apart. */
const [mostChosen, apart] = [200, 0.05];
/** Draws of what the chosen ones give, and parts of the forest that judge apart from each other. */
const [draws, parts] = [400, 8];

/**
 * Looks ahead by the forest: of configurations that are not tried yet, those with the highest expected improvement, well apart, are what the
 * next trials may be; what each gives is taken for independent. That the search would choose as well as this, and that neighbours do
 * not fail together, makes it rather too hopeful. The interval spans eight parts of the forest.
 */
export function outlookBySurrogate(
  study: StudyView,
  model: SearchModel,
  horizon: number,
  epsilon: number,
  random: Random,
): OutlookEstimate {
  const chances = chanceModel(model, random.fork('chance'));
  const best = model.judged.losses[model.judged.best];
  const pool = untried(study, model, random.fork('pool')).map((params) => encode(model.space, params));
  const chosen = choose(model.space, chances, pool, best, Math.min(horizon, mostChosen));
  const normals = Array.from({ length: draws }, () => Float64Array.from(chosen, () => random.normal()));
  const ahead = (trees: readonly RegressionTree[], trials: number) =>
    worthOf(predictBy(trees, chosen.slice(0, trials)), chances, best, epsilon, normals);
  const { trees } = chances.forest;
  const whole = ahead(trees, horizon);
  const byPart = Array.from({ length: parts }, (_, part) =>
    ahead(
      trees.filter((_, tree) => tree % parts === part),
      horizon,
    ),
  );
  const over = (pick: (worth: Worth) => number) => {
    const { low, high } = centralInterval(byPart.map(pick));
    return { low: Math.min(low, pick(whole)), high: Math.max(high, pick(whole)) };
  };
  return {
    method: 'surrogate',
    words: `Of ${pool.length} configurations that are not tried, the ${chosen.length} from which a random forest over the logarithms expects most, each taken for independent: rather too hopeful.`,
    ...whole,
    chanceInterval: over(({ chance }) => chance),
    gainInterval: over(({ gain }) => gain),
    curve: stepsTo(horizon).map((trials) => ({ trials, ...ahead(trees, trials) })),
  };
}

interface Worth {
  readonly chance: number;
  readonly gain: number;
}

/** @param prediction on the scale of the chances. @param normals [draws][points] standard normal */
function worthOf(
  { mean, deviation }: Prediction,
  chances: ChanceModel,
  best: number,
  epsilon: number,
  normals: readonly Float64Array[],
): Worth {
  const [record, wanted] = [best, best - epsilon].map(chances.toScale);
  let none = 1;
  for (const [i, loss] of mean.entries()) none *= 1 - chanceBelow(wanted, loss, deviation[i]);
  let gain = 0;
  for (const normal of normals) {
    const least = mean.reduce((low, loss, i) => Math.min(low, loss + deviation[i] * normal[i]), record);
    if (least < record && least <= wanted) gain += (best - chances.toLoss(least)) / normals.length;
  }
  return { chance: 1 - none, gain };
}

/** As `RandomForest.predict`, by some of its trees. */
function predictBy(trees: readonly RegressionTree[], points: readonly Float64Array[]): Prediction {
  const prediction = { mean: new Float64Array(points.length), deviation: new Float64Array(points.length) };
  for (const [i, point] of points.entries()) {
    const leaves = trees.map((tree) => leafOf(tree, point));
    const mean = leaves.reduce((sum, leaf) => sum + leaf.mean / leaves.length, 0);
    const variance = leaves.reduce(
      (sum, leaf) => sum + ((leaf.mean - mean) ** 2 + leaf.deviation ** 2) / leaves.length,
      0,
    );
    prediction.mean[i] = mean;
    prediction.deviation[i] = Math.sqrt(variance);
  }
  return prediction;
}

/** Greedily by expected improvement, each at a distance from those before it; near ones only where no others are left. */
function choose(
  space: Space,
  { forest, toScale }: ChanceModel,
  pool: readonly Float64Array[],
  best: number,
  count: number,
): Float64Array[] {
  const distance = distanceOver(space);
  const worth = acquisitionValues(acquisitions['log-ei'], forest.predict(pool), toScale(best));
  const order = [...pool.keys()].sort((a, b) => worth[b] - worth[a]).map((i) => pool[i]);
  const chosen: Float64Array[] = [];
  const left: Float64Array[] = [];
  for (const point of order) {
    if (chosen.length === count) break;
    if (chosen.every((other) => distance(other, point) > apart)) chosen.push(point);
    else left.push(point);
  }
  return [...chosen, ...left.slice(0, count - chosen.length)];
}

function untried(study: StudyView, { space, judged }: SearchModel, random: Random): Params[] {
  const found = new Map<string, Params>();
  const tried = new Set(study.trials.map(({ params }) => configurationKey(params)));
  const consider = (params: Params) => {
    const key = configurationKey(params);
    if (!tried.has(key) && !isForbidden(space, params)) found.set(key, params);
  };
  for (let draw = 0; draw < drawn; draw++) consider(sampleConfiguration(space, random));
  const order = bestFirst(judged);
  for (const i of order.slice(0, around)) {
    const { params } = judged.trials[i];
    const open = variable(space, params);
    for (let step = 0; step < stepsEach && open.length > 0; step++) {
      const { name, distribution } = open[random.integer(open.length)];
      consider(withValue(space, params, name, sampleValue(distribution, random)));
    }
  }
  return [...found.values()];
}
