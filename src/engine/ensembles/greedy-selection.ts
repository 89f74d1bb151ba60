import { type Target, targetLength } from '../data/dataset.ts';
import type { Prediction } from '../models/predictor.ts';
import type { Random } from '../random.ts';
import type { EnsembleLoss, MakeEnsembleLoss } from './ensemble-loss.ts';

export interface GreedySelection {
  /** [candidates] share of each in the mean, summing to 1. */
  readonly weights: Float64Array;
  /** Loss after each step, as far as the selection went. */
  readonly losses: readonly number[];
  /** The candidate chosen at each step. */
  readonly chosen: readonly number[];
  /** How many of the steps the weights count: the shortest beginning with the least loss. */
  readonly kept: number;
}

/** AutoGluon's number, beyond which its authors saw no gain. */
const defaultSteps = 25;

/**
 * Ensemble selection with replacement (Caruana, Niculescu-Mizil, Crew and Ksikes 2004, section 2): begins with the best candidate
 * and adds, step by step, the one that leaves the mean of all chosen with the least loss. Losses are compared to six digits; of equals
 * one that is chosen already is taken, then the first. To these digits never worse, on these rows, than the best candidate alone.
 * Throws a RangeError where there is no candidate, or one does not fit the target.
 * @param candidates out-of-fold predictions of the same rows
 */
export function selectGreedily(
  candidates: readonly Prediction[],
  target: Target,
  makeLoss: MakeEnsembleLoss,
  steps: number = defaultSteps,
  rows?: Uint32Array,
): GreedySelection {
  checkCandidates(candidates, target);
  const loss = makeLoss(candidates, target, rows);
  const counts = new Uint32Array(candidates.length);
  const chosen: number[] = [];
  const losses: number[] = [];
  while (chosen.length < steps) {
    const next = leastLoss(loss, counts);
    losses.push(loss.with(next));
    loss.choose(next);
    counts[next]++;
    chosen.push(next);
  }
  const kept = shortestBest(losses);
  const weights = new Float64Array(candidates.length);
  for (const candidate of chosen.slice(0, kept)) weights[candidate] += 1 / kept;
  return { weights, losses, chosen, kept };
}

/**
 * Weights of a selection averaged over bootstraps of the rows, which keeps few rows from deciding it. Not bound to beat the best
 * candidate on these very rows.
 * @returns [candidates] summing to 1
 */
export function selectOverBootstraps(
  candidates: readonly Prediction[],
  target: Target,
  makeLoss: MakeEnsembleLoss,
  random: Random,
  { steps = defaultSteps, bootstraps = 20 } = {},
): Float64Array {
  const count = targetLength(target);
  const weights = new Float64Array(candidates.length);
  for (let bootstrap = 0; bootstrap < bootstraps; bootstrap++) {
    const rows = Uint32Array.from({ length: count }, () => random.integer(count)).sort();
    const selection = selectGreedily(candidates, target, makeLoss, steps, rows);
    for (let m = 0; m < weights.length; m++) weights[m] += selection.weights[m] / bootstraps;
  }
  return weights;
}

/** The weighted mean of predictions of one kind. weights: [predictions] summing to 1. */
export function weightedMean(predictions: readonly Prediction[], weights: ArrayLike<number>): Prediction {
  const values = new Float64Array(predictions[0].values.length);
  predictions.forEach((prediction, m) => {
    if (weights[m] !== 0) for (let i = 0; i < values.length; i++) values[i] += weights[m] * prediction.values[i];
  });
  return { ...predictions[0], values };
}

/** Two losses are told apart by their first six digits, so that noise does not call more members in. */
const rounded = (loss: number) => Number(loss.toPrecision(6));

function leastLoss(ensemble: EnsembleLoss, counts: Uint32Array): number {
  const among = ensemble.promising?.() ?? [...counts.keys()];
  let best = among[0];
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of among) {
    const loss = rounded(ensemble.with(candidate));
    const wins = loss < least || (loss === least && counts[best] === 0 && counts[candidate] > 0);
    if (wins) [best, least] = [candidate, loss];
  }
  return best;
}

function shortestBest(losses: readonly number[]): number {
  let best = 0;
  losses.forEach((loss, step) => {
    if (rounded(loss) < rounded(losses[best])) best = step;
  });
  return best + 1;
}

function checkCandidates(candidates: readonly Prediction[], target: Target): void {
  if (candidates.length === 0) throw new RangeError('an ensemble needs at least one candidate');
  for (const { kind, values } of candidates) {
    const fits = (kind === 'values') === (target.kind === 'values') && values.length === candidates[0].values.length;
    if (!fits || values.length % targetLength(target) !== 0) {
      throw new RangeError(`${values.length} ${kind} do not fit ${targetLength(target)} ${target.kind} of the target`);
    }
  }
}
