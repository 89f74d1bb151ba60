import type { AblationStep, ParameterImportance } from '../../../shared/results/hyperparameter-importance.ts';
import type { Params } from '../../../shared/space.ts';
import { isForbidden } from '../../space/conditions.ts';
import {
  defaultParams,
  defaultTrial,
  judgedTrial,
  predictedTrial,
  predictedValue,
} from '../analysis/reference-trials.ts';
import { intervalOver, meanOf, type SearchModel, searchModel, treeLosses } from '../analysis/search-model.ts';
import { withValue } from '../analysis/variation.ts';
import type { Importance } from './importance.ts';
import { activeShare, byImportance } from './shares.ts';

/** A configuration on the way, with [trees] what the forest says of it. */
interface Place {
  readonly params: Params;
  readonly losses: Float64Array;
}

interface Step {
  readonly name: string;
  readonly before: Place;
  readonly after: Place;
}

/**
 * Ablation (Fawcett and Hoos 2016; on a surrogate: Biedenkapp et al. 2017): from the default configuration to the best one, parameter by
 * parameter, each time the one that helps most by the forest. A parameter's importance is what its step gained. Parameters that a
 * step opens begin at the defaults of what it chose, where the search tried those, and are steps of their own.
 */
export const ablation: Importance = {
  name: 'ablation',
  title: 'ablation',
  compute(study, options, random) {
    const model = searchModel(study, options, random);
    const { space, judged } = model;
    const start = options.trial === undefined ? defaultTrial(judged) : judgedTrial(judged, options.trial);
    const end = judged.trials[judged.best];
    const steps = pathOf(model, start.params, end.params);
    const parameters = steps.map(({ name, before, after }): ParameterImportance => {
      const gains = after.losses.map((loss, tree) => before.losses[tree] - loss);
      const importance = meanOf(gains);
      const place = space.parameters.findIndex((parameter) => parameter.name === name);
      return { name, importance, interval: intervalOver(gains, importance), active: activeShare(judged, place) };
    });
    return {
      kind: 'hyperparameter-importance',
      method: 'ablation',
      title: 'ablation',
      unit: 'gain',
      ...model.basis,
      parameters: byImportance(parameters),
      from: predictedTrial(model, start),
      to: predictedTrial(model, end),
      path: steps.map(({ name, before, after }): AblationStep => {
        const from = before.params[name] ?? null;
        return { name, from, to: after.params[name] ?? null, ...predictedValue(model, after.losses) };
      }),
    };
  },
};

/** Greedy: of the parameters that still differ and exist on both sides, the one whose change the forest likes best. */
function pathOf(model: SearchModel, start: Params, end: Params): Step[] {
  const { space, judged } = model;
  const examples = defaultParams(judged);
  const steps: Step[] = [];
  let here: Place = { params: start, losses: treeLosses(model, start) };
  for (;;) {
    const differing = Object.keys(end).filter((name) => name in here.params && here.params[name] !== end[name]);
    const moves = differing.map((name): Step => {
      const params = withValue(space, here.params, name, end[name], examples);
      return { name, before: here, after: { params, losses: treeLosses(model, params) } };
    });
    const allowed = moves.filter(({ after }) => !isForbidden(space, after.params));
    const open = allowed.length > 0 ? allowed : moves;
    if (open.length === 0) return steps;
    const next = open.reduce((best, move) => (meanOf(move.after.losses) < meanOf(best.after.losses) ? move : best));
    steps.push(next);
    here = next.after;
  }
}
