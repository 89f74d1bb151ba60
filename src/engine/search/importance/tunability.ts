import type { ParameterImportance } from '../../../shared/results/hyperparameter-importance.ts';
import type { Params } from '../../../shared/space.ts';
import { defaultParams, defaultTrial, judgedTrial, predictedTrial } from '../analysis/reference-trials.ts';
import { intervalOver, meanOf, type SearchModel, searchModel, treeLosses } from '../analysis/search-model.ts';
import { variable, variationsAlong } from '../analysis/variation.ts';
import type { Importance } from './importance.ts';
import { activeShare, byImportance } from './shares.ts';

export interface TunabilityOptions {
  /** Values that are looked at along a parameter; default: 50. */
  readonly values?: number;
}

/**
 * Tunability (Probst, Boulesteix and Bischl 2019, equation 6): how much better the objective gets, by the forest, where one parameter is
 * tuned and the others stay at the default configuration. The best value is chosen by the whole forest; the interval is of its gain
 * over the trees, which did not choose it.
 */
export const tunability = ({ values = 50 }: TunabilityOptions = {}): Importance => ({
  name: 'tunability',
  title: 'tunability',
  compute(study, options, random) {
    const model = searchModel(study, options, random);
    const { space, judged } = model;
    const start = options.trial === undefined ? defaultTrial(judged) : judgedTrial(judged, options.trial);
    const from = treeLosses(model, start.params);
    const parameters = variable(space, start.params).map((parameter): ParameterImportance => {
      const candidates = variationsAlong(space, start.params, parameter, values, defaultParams(judged));
      const to = best(model, [start.params, ...candidates]);
      const gains = to.map((loss, tree) => from[tree] - loss);
      const importance = Math.max(0, meanOf(gains));
      const active = activeShare(judged, space.parameters.indexOf(parameter));
      return { name: parameter.name, importance, interval: intervalOver(gains, importance), active };
    });
    return {
      kind: 'hyperparameter-importance',
      method: 'tunability',
      title: 'tunability',
      unit: 'gain',
      ...model.basis,
      parameters: byImportance(parameters),
      from: predictedTrial(model, start),
    };
  },
});

/** [trees] losses of the configuration that the whole forest likes best. */
const best = (model: SearchModel, candidates: readonly Params[]): Float64Array =>
  candidates
    .map((params) => treeLosses(model, params))
    .reduce((least, losses) => (meanOf(losses) < meanOf(least) ? losses : least));
