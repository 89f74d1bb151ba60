import { UserError } from '../../../shared/faults.ts';
import type { PredictedTrial } from '../../../shared/results/hyperparameter-importance.ts';
import type { Params } from '../../../shared/space.ts';
import type { Trial } from '../../../shared/trial.ts';
import { inOwnUnit, type JudgedTrials } from './judged-trials.ts';
import { intervalOver, meanOf, type SearchModel, treeLosses } from './search-model.ts';

/** The judged trial of this number. Throws a UserError `importance-trial` where it is not among them. */
export function judgedTrial({ trials }: JudgedTrials, number: number): Trial {
  const trial = trials.find((other) => other.number === number);
  if (trial) return trial;
  throw new UserError('importance-trial', `trial ${number} is not among the complete trials that were compared.`, {
    advice: 'Choose one that is complete, in the space as it is now, and not at a low fidelity.',
  });
}

/** The default configuration that did best, of those that the search began with; the first trial where it began without one. */
export function defaultTrial({ trials, losses }: JudgedTrials): Trial {
  const places = [...trials.keys()].filter((i) => trials[i].why.phase === 'default');
  return trials[places.reduce((best, i) => (losses[i] < losses[best] ? i : best), places[0] ?? 0)];
}

/** All default configurations: examples for parameters that a change opens. */
export const defaultParams = ({ trials }: JudgedTrials): Params[] =>
  trials.flatMap(({ why, params }) => (why.phase === 'default' ? [params] : []));

/** A trial with what the forest says of it, in the objective's own unit. */
export function predictedTrial(
  model: SearchModel,
  { number, params }: Pick<Trial, 'number' | 'params'>,
): PredictedTrial {
  const losses = treeLosses(model, params);
  return { trial: number, params, ...predictedValue(model, losses) };
}

/** @param losses [trees] */
export function predictedValue({ judged }: SearchModel, losses: Float64Array) {
  const values = losses.map((loss) => inOwnUnit(loss, judged));
  const predicted = meanOf(values);
  return { predicted, interval: intervalOver(values, predicted) };
}
