import type { Interval } from '../../../shared/results/result.ts';
import type { OutlookEstimate } from '../../../shared/results/search-outlook.ts';
import { bestTrial, isBetter, losses } from '../ranking.ts';
import type { StudyView } from '../study-view.ts';
import { bestChanges, inOrderOfEnds } from './ends.ts';

/** Best trials from whose distances the next improvement's size is told. */
const closest = 3;
/** 5 % point of the standard normal distribution from the right. */
const z95 = 1.6448536269514722;

/**
 * Looks ahead by the record of improvements. Among n draws by lot the last is the best with chance 1/n, whatever their distribution
 * (Renyi 1962); a search that learns is theta times as lucky. Theta is estimated from the newer half of the trials, so that a search that
 * has come to rest is seen to rest: improvements come as a Poisson process with the rate theta / n, and theta has Jeffreys' prior,
 * which errs a little to the side of hope: it is worse to stop too soon.
 * How far the best is ahead of the next ones says how far a better one would be ahead of it: such gaps are exponential (Renyi 1953).
 * @param horizon further trials. @param epsilon least improvement that counts, in the unit of the losses
 */
export function outlookByRecord(study: StudyView, horizon: number, epsilon: number): OutlookEstimate {
  const ended = inOrderOfEnds(study.trials).length;
  const from = Math.floor(ended / 2);
  const improved = bestChanges(study).filter(({ before, ended: at }) => before !== undefined && at > from).length;
  const gap = meanGap(study);
  const large = epsilon === 0 ? 1 : gap > 0 ? Math.exp(-epsilon / gap) : 0;
  const [shape, exposure] = [improved + 0.5, reciprocals(from, ended)];
  const ahead = (trials: number) => large * reciprocals(ended, ended + trials);
  const chanceOf = (trials: number) => 1 - (exposure / (exposure + ahead(trials))) ** shape;
  // An exponential gap that is at least epsilon is on average longer by its mean.
  const size = epsilon + gap;
  const chanceAt = (z: number) => 1 - Math.exp((-gammaQuantile(shape, z) / exposure) * ahead(horizon));
  const chanceInterval: Interval = { low: chanceAt(-z95), high: chanceAt(z95) };
  return {
    method: 'record',
    words: `Of the newest ${ended - from} trials ${improved} improved the best; that rate falls as trials grow in number, and the ${closest} best so far say how large an improvement is.`,
    chance: chanceOf(horizon),
    chanceInterval,
    gain: chanceOf(horizon) * size,
    gainInterval: { low: chanceInterval.low * size, high: chanceInterval.high * size },
    curve: stepsTo(horizon).map((trials) => ({ trials, chance: chanceOf(trials), gain: chanceOf(trials) * size })),
  };
}

/** Mean distance from one of the best trials to the next, as losses; 0 where there is only one. */
function meanGap({ trials, directions }: StudyView): number {
  const best = bestTrial(trials, directions);
  const peers = trials.filter((trial) => isBetter(trial, undefined, directions) && trial.fidelity === best?.fidelity);
  const ascending = peers.map((trial) => losses(trial, directions)[0]).sort((a, b) => a - b);
  const last = Math.min(closest, ascending.length) - 1;
  return last > 0 ? (ascending[last] - ascending[0]) / last : 0;
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
