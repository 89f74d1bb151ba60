import type { ParameterImportance } from '../../../shared/results/hyperparameter-importance.ts';
import { defaultParams, judgedTrial, predictedTrial } from '../analysis/reference-trials.ts';
import { intervalOver, meanOf, searchModel, treeLosses } from '../analysis/search-model.ts';
import { variable, variationsAlong } from '../analysis/variation.ts';
import type { Importance } from './importance.ts';
import { activeShare, byImportance, sharesOf } from './shares.ts';

export interface LocalOptions {
  /** Values that are looked at along a parameter; default: 50. */
  readonly values?: number;
}

/**
 * Local parameter importance (Biedenkapp et al. 2018, section 3.3): around one configuration, the best unless another is given, each
 * parameter is moved along its range while the others stay; its share is that of the variance of the forest's prediction along it.
 * Parameters that do not exist there have none. Intervals over the trees.
 */
export const local = ({ values = 50 }: LocalOptions = {}): Importance => ({
  name: 'local',
  title: 'local importance',
  compute(study, options, random) {
    const model = searchModel(study, options, random);
    const { space, judged } = model;
    const centre = options.trial === undefined ? judged.trials[judged.best] : judgedTrial(judged, options.trial);
    const moved = variable(space, centre.params);
    const unit = judged.losses.reduce((most, loss) => Math.max(most, Math.abs(loss)), 0) || 1;
    // [parameters][values][trees]
    const along = moved.map((parameter) =>
      variationsAlong(space, centre.params, parameter, values, defaultParams(judged)).map((params) =>
        treeLosses(model, params).map((loss) => loss / unit),
      ),
    );
    const shares = sharesOf(along.map((losses) => variance(losses.map(meanOf))));
    const byTree = model.forest.trees.map((_, tree) =>
      sharesOf(along.map((losses) => variance(losses.map((of) => of[tree])))),
    );
    const parameters = moved.map(({ name }, i): ParameterImportance => {
      const interval = intervalOver(
        byTree.map((of) => of[i]),
        shares[i],
      );
      return { name, importance: shares[i], interval, active: activeShare(judged, space.parameters.indexOf(moved[i])) };
    });
    return {
      kind: 'hyperparameter-importance',
      method: 'local',
      title: 'local importance',
      unit: 'share',
      ...model.basis,
      parameters: byImportance(parameters),
      from: predictedTrial(model, centre),
    };
  },
});

/** Of numbers up to 1; what rounding alone may give is none. */
function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const spread = values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0);
  return spread > 1e-28 ? spread : 0;
}
