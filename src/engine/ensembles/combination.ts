import { type Target, takeTarget, targetLength } from '../data/dataset.ts';
import { type Prediction, takePrediction } from '../models/predictor.ts';
import type { Random } from '../random.ts';
import { applyCalibration, type CalibrationMap, calibrate } from './calibration.ts';
import type { MakeEnsembleLoss } from './ensemble-loss.ts';
import { foldsOf, inFold, notInFold } from './fold-rows.ts';
import { selectOverBootstraps, weightedMean } from './greedy-selection.ts';
import { applyStack, type Stack, stackMembers } from './stacking.ts';

/** How members' predictions become one; plain JSON. */
export type Combination = (
  | { readonly kind: 'mean'; readonly weights: readonly number[] }
  | { readonly kind: 'stack'; readonly stack: Stack }
) & { readonly calibration?: CalibrationMap };

/** @param members in the order of the weights */
export function combine(combination: Combination, members: readonly Prediction[]): Prediction {
  const combined =
    combination.kind === 'mean' ? weightedMean(members, combination.weights) : applyStack(combination.stack, members);
  const { calibration } = combination;
  if (!calibration || combined.kind !== 'probabilities') return combined;
  return { ...combined, values: applyCalibration(calibration, combined.values, combined.classCount) };
}

export interface ChosenCombination {
  readonly combination: Combination;
  /** Which candidates are members, in the order of the weights. */
  readonly members: readonly number[];
  /** [members] how much each counts, summing to 1. */
  readonly shares: readonly number[];
  /** Each fold's rows as combined by what the other folds chose: an honest score can be computed from it. */
  readonly crossFitted: Prediction;
}

/** A member of less weight adds its time and size to every prediction and hardly anything else. */
const leastShare = 0.02;
/** The second layer sees the candidates that greedy selection likes and no more: others only add noise to it. */
const mostStacked = 12;
/** Share of the mean's loss that the second layer must save: it has more freedom to be wrong by. */
const leastGain = 0.002;
/**
 * By this share the best candidate alone must be better than the mean to stand for it: it was chosen on these very rows, and the mean's
 * score was not. On a hundred rows the mean's score is mostly chance, and means have done better on new rows where it was a half worse.
 */
const aloneGain = 0.5;

/**
 * A weighted mean by greedy selection, or a second layer where that is better on rows that neither was fitted on, or the best candidate
 * where it is much better than both; a mean of probabilities is then calibrated, where that is better likewise.
 * @param candidates out-of-fold predictions of the same rows, the best first
 * @param foldOf [rows]
 */
export function chooseCombination(
  candidates: readonly Prediction[],
  target: Target,
  foldOf: ArrayLike<number>,
  makeLoss: MakeEnsembleLoss,
  random: Random,
  bootstraps: number,
): ChosenCombination {
  const unit = unitOf(target);
  if (unit !== 1) {
    const scaled = candidates.map((candidate) => inUnit(candidate, unit));
    return outOfUnit(chooseCombination(scaled, inUnit(target, unit), foldOf, makeLoss, random, bootstraps), unit);
  }
  const select = (of: readonly Prediction[], truth: Target) =>
    withoutSmall(selectOverBootstraps(of, truth, makeLoss, random, { bootstraps }));
  const mean = meanOf(candidates, select(candidates, target), crossFit(candidates, target, foldOf, select));
  const lossOf = (prediction: Prediction) => makeLoss([prediction], target).with(0);
  const stacked = stackOf(candidates, mean, target, foldOf);
  const alone = aloneOf(candidates, lossOf);
  const together = lossOf(stacked.crossFitted) < (1 - leastGain) * lossOf(mean.crossFitted) ? stacked : mean;
  const chosen = lossOf(alone.crossFitted) < (1 - aloneGain) * lossOf(together.crossFitted) ? alone : together;
  return chosen === stacked ? stacked : calibrated(chosen, target, foldOf);
}

/** 1, but for values whose squares a double does not hold: a power of two near the largest. */
function unitOf(target: Target): number {
  if (target.kind !== 'values') return 1;
  const largest = target.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest === 0 || (largest > 1e-100 && largest < 1e100) ? 1 : 2 ** Math.floor(Math.log2(largest));
}

const inUnit = <T extends Prediction | Target>(of: T, unit: number): T =>
  of.kind === 'values' ? { ...of, values: of.values.map((value) => value / unit) } : of;

function outOfUnit(chosen: ChosenCombination, unit: number): ChosenCombination {
  const { combination } = chosen;
  const crossFitted = inUnit(chosen.crossFitted, 1 / unit);
  if (combination.kind !== 'stack') return { ...chosen, crossFitted };
  const intercepts = combination.stack.intercepts.map((value) => value * unit);
  return { ...chosen, crossFitted, combination: { ...combination, stack: { ...combination.stack, intercepts } } };
}

function aloneOf(candidates: readonly Prediction[], lossOf: (prediction: Prediction) => number): ChosenCombination {
  const losses = candidates.map(lossOf);
  const best = losses.indexOf(Math.min(...losses));
  return { combination: { kind: 'mean', weights: [1] }, members: [best], shares: [1], crossFitted: candidates[best] };
}

/** [candidates] summing to 1, 0 for those that count little. */
function withoutSmall(weights: Float64Array): Float64Array {
  const least = Math.min(leastShare, Math.max(...weights));
  const kept = weights.map((weight) => (weight >= least ? weight : 0));
  const sum = kept.reduce((total, weight) => total + weight, 0);
  return kept.map((weight) => weight / sum);
}

function meanOf(candidates: readonly Prediction[], weights: Float64Array, crossFitted: Prediction): ChosenCombination {
  const members = [...candidates.keys()].filter((i) => weights[i] > 0);
  const shares = members.map((i) => weights[i]);
  return { combination: { kind: 'mean', weights: shares }, members, shares, crossFitted };
}

function crossFit(
  candidates: readonly Prediction[],
  target: Target,
  foldOf: ArrayLike<number>,
  select: (candidates: readonly Prediction[], target: Target) => Float64Array,
): Prediction {
  const width = candidates[0].values.length / targetLength(target);
  const values = new Float64Array(candidates[0].values.length);
  for (const fold of foldsOf(foldOf)) {
    const [others, own] = [notInFold(foldOf, fold), inFold(foldOf, fold)];
    const taken = (rows: Uint32Array) => candidates.map((candidate) => takePrediction(candidate, rows));
    const combined = weightedMean(taken(own), select(taken(others), takeTarget(target, others)));
    own.forEach((row, i) => {
      values.set(combined.values.subarray(i * width, (i + 1) * width), row * width);
    });
  }
  return { ...candidates[0], values };
}

function stackOf(
  candidates: readonly Prediction[],
  mean: ChosenCombination,
  target: Target,
  foldOf: ArrayLike<number>,
): ChosenCombination {
  const liked = mean.members
    .map((member, i) => ({ member, share: mean.shares[i] }))
    .sort((a, b) => b.share - a.share)
    .slice(0, mostStacked)
    .map(({ member }) => member);
  const { stack, crossFitted } = stackMembers(
    liked.map((member) => candidates[member]),
    target,
    foldOf,
  );
  const kept = [...liked.keys()].filter((i) => stack.weights[i] > 0);
  // A second layer that leaves nobody in predicts its intercept alone: no ensemble, however little the columns may tell.
  if (kept.length === 0) return mean;
  const sum = kept.reduce((total, i) => total + stack.weights[i], 0);
  return {
    combination: { kind: 'stack', stack: { ...stack, weights: kept.map((i) => stack.weights[i]) } },
    members: kept.map((i) => liked[i]),
    shares: kept.map((i) => stack.weights[i] / sum),
    crossFitted,
  };
}

function calibrated(mean: ChosenCombination, target: Target, foldOf: ArrayLike<number>): ChosenCombination {
  const { crossFitted } = mean;
  if (target.kind !== 'classes' || crossFitted.kind !== 'probabilities') return mean;
  const { map, crossFitted: values } = calibrate(crossFitted.values, target.codes, crossFitted.classCount, foldOf);
  if (!map) return mean;
  return { ...mean, combination: { ...mean.combination, calibration: map }, crossFitted: { ...crossFitted, values } };
}

/** 'temperature 0.93', 'isotonic'; undefined where probabilities are left as they are. */
export const calibrationWords = ({ calibration }: Combination): string | undefined =>
  calibration?.kind === 'temperature' ? `temperature ${calibration.temperature.toPrecision(3)}` : calibration?.kind;
