import type { OutlookEstimate } from '../../../shared/results/search-outlook.ts';
import type { Trial } from '../../../shared/trial.ts';
import { losses } from '../ranking.ts';
import type { StudyView } from '../study-view.ts';
import { bestChanges, inOrderOfEnds } from './ends.ts';

/** Improvements whose sizes the next ones are taken to have. */
const recentSizes = 5;
/** 5 % point of the standard normal distribution from the right. */
const z95 = 1.6448536269514722;

/**
 * Looks ahead by the record of improvements. Among n draws by lot the last is the best with chance 1/n, whatever their distribution
 * (Renyi 1962); a search that learns is theta times as lucky. Theta is estimated from the newer half of the trials, so that a search that
 * has come to rest is seen to rest: improvements come as a Poisson process with the rate theta / n, theta has Jeffreys' prior, and sizes
 * are those of the last improvements.
 * @param horizon further trials. @param epsilon least improvement that counts, in the unit of the losses
 */
export function outlookByRecord(study: StudyView, horizon: number, epsilon: number): OutlookEstimate {
  const ended = inOrderOfEnds(study.trials).length;
  const loss = (trial: Trial) => losses(trial, study.directions)[0];
  const steps = bestChanges(study).flatMap(({ trial, before, ended: at }) =>
    before ? [{ at, size: loss(before) - loss(trial) }] : [],
  );
  const from = Math.floor(ended / 2);
  const [count, exposure] = [steps.filter(({ at }) => at > from).length, reciprocals(from, ended)];
  const sizes = steps.slice(-recentSizes).map(({ size }) => size);
  const large = sizes.filter((size) => size >= epsilon);
  const share = epsilon > 0 ? (large.length + 0.5) / (sizes.length + 1) : 1;
  const size = large.length > 0 ? large.reduce((sum, of) => sum + of / large.length, 0) : epsilon;
  const shape = count + 0.5;
  const ahead = (trials: number) => share * reciprocals(ended, ended + trials);
  const chanceOf = (trials: number) => 1 - (exposure / (exposure + ahead(trials))) ** shape;
  const gainOf = (trials: number) => (shape / exposure) * ahead(trials) * size;
  const rates = [-z95, z95].map((z) => gammaQuantile(shape, z) / exposure);
  const bounds = rates.map((rate) => 1 - Math.exp(-rate * ahead(horizon)));
  const extremes = large.length > 0 ? [Math.min(...large), Math.max(...large)] : [size, size];
  return {
    method: 'record',
    words: `Of the newest ${ended - from} trials ${count} improved the best; taken on, at a rate that falls as the trials grow in number, with the sizes of the last ${sizes.length} improvements.`,
    chance: chanceOf(horizon),
    chanceInterval: { low: bounds[0], high: bounds[1] },
    gain: gainOf(horizon),
    gainInterval: {
      low: rates[0] * ahead(horizon) * extremes[0],
      high: rates[1] * ahead(horizon) * extremes[1],
    },
    curve: stepsTo(horizon).map((trials) => ({ trials, chance: chanceOf(trials), gain: gainOf(trials) })),
  };
}

/** Sum of 1 / t over t = from + 1 .. to. */
function reciprocals(from: number, to: number): number {
  let sum = 0;
  for (let t = from + 1; t <= to; t++) sum += 1 / t;
  return sum;
}

/** Quantile of the gamma distribution with rate 1, by the cube of a normal (Wilson and Hilferty 1931). */
const gammaQuantile = (shape: number, z: number): number =>
  shape * Math.max(0, 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))) ** 3;

/** At most 20 numbers of trials up to the horizon, evenly. */
export function stepsTo(horizon: number): number[] {
  const count = Math.min(horizon, 20);
  return Array.from({ length: count }, (_, i) => Math.round(((i + 1) * horizon) / count));
}
