import { UserError } from '../../../shared/faults.ts';
import type { DependenceAxis, SearchDependence } from '../../../shared/results/search-dependence.ts';
import type { Distribution, Params, Space, Value } from '../../../shared/space.ts';
import type { Random } from '../../random.ts';
import { isForbidden } from '../../space/conditions.ts';
import { sampleConfiguration } from '../../space/configuration.ts';
import { centralInterval } from '../../statistics/quantile.ts';
import type { StudyView } from '../study-view.ts';
import { bestFirst, inOwnUnit, type Judgement } from './judged-trials.ts';
import { meanOf, type SearchModel, searchModel, treeLosses } from './search-model.ts';
import { valuesAlong, withValue } from './variation.ts';

/** Values along the only axis, and along each of two. */
const [alongOne, alongTwo] = [40, 20];
/** Configurations that are averaged over, for one axis and for two. */
const [backgroundOfOne, backgroundOfTwo] = [200, 60];
/** Draws of a configuration until one has the parameters. */
const mostDraws = 20_000;
/** Single trials whose own curve is told, the best ones. */
const curves = 10;

/**
 * Partial dependence of the search's forest on one or two hyperparameters (Friedman 2001; of searches, Moosbauer et al. 2021): its mean over
 * configurations drawn uniformly from the space, among those that have the parameters, with these held. The band spans 90 % of the
 * trees' own curves. Throws the UserErrors of `judgedTrials`, `parameter-unknown`, and `parameters-never-together`.
 */
export function dependenceOf(
  study: StudyView,
  parameters: readonly string[],
  judgement: Judgement,
  random: Random,
): SearchDependence {
  const model = searchModel(study, judgement, random);
  const { space, judged } = model;
  const one = parameters.length === 1;
  const axes = parameters.map((name) => axisOf(space, name, one ? alongOne : alongTwo));
  const background = backgroundWith(space, parameters, one ? backgroundOfOne : backgroundOfTwo, random.fork('space'));
  const grid = axes.reduce<Value[][]>(
    (rows, { values }) => rows.flatMap((row) => values.map((v) => [...row, v])),
    [[]],
  );
  // [grid][trees]
  const byTree = grid.map((values) => meanOverBackground(model, background, parameters, values));
  const bands = byTree.map((losses) => centralInterval(losses.map((loss) => inOwnUnit(loss, judged))));
  return {
    kind: 'search-dependence',
    ...model.basis,
    axes,
    mean: byTree.map((losses) => inOwnUnit(meanOf(losses), judged)),
    low: bands.map(({ low }) => low),
    high: bands.map(({ high }) => high),
    curves: one ? curvesOf(model, parameters[0], axes[0].values) : [],
    points: judged.trials.flatMap(({ number, params }, i) =>
      parameters.every((name) => name in params)
        ? [{ trial: number, at: parameters.map((name) => params[name]), value: inOwnUnit(judged.losses[i], judged) }]
        : [],
    ),
    background: background.length,
  };
}

function axisOf(space: Space, name: string, most: number): DependenceAxis {
  const parameter = space.parameters.find((other) => other.name === name);
  if (parameter) {
    const { distribution } = parameter;
    return { name, scale: scaleOf(distribution), values: valuesAlong(distribution, most) };
  }
  throw new UserError('parameter-unknown', `"${name}" is not a parameter of the space.`, {
    advice: `Known: ${space.parameters.map((other) => other.name).join(', ')}.`,
  });
}

function scaleOf(distribution: Distribution): DependenceAxis['scale'] {
  if (distribution.type === 'categorical') return 'choice';
  if (distribution.type === 'ordinal') return 'ordinal';
  return distribution.log ? 'log' : 'linear';
}

function backgroundWith(space: Space, names: readonly string[], count: number, random: Random): Params[] {
  const found: Params[] = [];
  for (let draw = 0; draw < mostDraws && found.length < count; draw++) {
    const params = sampleConfiguration(space, random);
    if (names.every((name) => name in params)) found.push(params);
  }
  if (found.length > 0) return found;
  throw new UserError('parameters-never-together', `no configuration has ${names.join(' and ')} together.`, {
    advice: 'Choose two that exist under the same conditions.',
  });
}

/** [trees] over the configurations that may be; where a value is forbidden with all of them, over all: the curve has no holes. */
function meanOverBackground(
  model: SearchModel,
  background: readonly Params[],
  names: readonly string[],
  values: readonly Value[],
): Float64Array {
  const held = background.map((params) =>
    names.reduce((changed, name, i) => withValue(model.space, changed, name, values[i], background), params),
  );
  const allowed = held.filter((params) => !isForbidden(model.space, params));
  const over = allowed.length > 0 ? allowed : held;
  const sums = new Float64Array(model.forest.trees.length);
  for (const params of over) {
    for (const [tree, loss] of treeLosses(model, params).entries()) sums[tree] += loss / over.length;
  }
  return sums;
}

/** Individual conditional expectation (Goldstein et al. 2015) around the best trials that have the parameter. */
function curvesOf(model: SearchModel, name: string, values: readonly Value[]): SearchDependence['curves'] {
  const { space, judged } = model;
  const order = bestFirst(judged);
  const having = order.map((i) => judged.trials[i]).filter(({ params }) => name in params);
  const examples = having.map(({ params }) => params);
  return having.slice(0, curves).map(({ number, params }) => ({
    trial: number,
    values: values.map((value) =>
      inOwnUnit(meanOf(treeLosses(model, withValue(space, params, name, value, examples))), judged),
    ),
  }));
}
