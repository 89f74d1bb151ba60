import { probabilityFloor } from '../metrics/classification.ts';
import { confusionOf, type LabelMetric } from '../metrics/labels.ts';
import { takePrediction } from '../models/predictor.ts';
import { foldsOf, inFold, notInFold } from './fold-rows.ts';

/**
 * Which label a row is given: the class whose weight times probability is largest, the first of equals. The probabilities stay as they
 * are. Plain JSON.
 */
export interface DecisionRule {
  /** One a class, positive, summing to 1; equal ones give the most probable class. */
  readonly weights: readonly number[];
}

export interface TunedDecision {
  /** Fitted on all rows; absent where it was no better than the most probable class on rows that it was not tuned on. */
  readonly rule?: DecisionRule;
  /** The metric of the most probable class, and of rules that were each tuned without the rows that they label. */
  readonly untuned?: number;
  readonly crossFitted?: number;
}

/** Probability of the second of two classes from which on it is the label. */
export const thresholdOf = ({ weights }: DecisionRule): number => weights[0] / (weights[0] + weights[1]);

/** The label of each row. @param probabilities [rows x classes] @returns [rows] class codes */
export function decide({ weights }: DecisionRule, probabilities: Float64Array): Int32Array {
  const classCount = weights.length;
  const labels = new Int32Array(probabilities.length / classCount);
  for (let row = 0, base = 0; row < labels.length; row++, base += classCount) {
    for (let k = 1; k < classCount; k++) {
      const best = labels[row];
      if (weights[k] * probabilities[base + k] > weights[best] * probabilities[base + best]) labels[row] = k;
    }
  }
  return labels;
}

/**
 * A rule for one metric of labels, kept only where it helps rows that it was not tuned on: each fold is labelled by a rule from the
 * other folds.
 * @param probabilities [rows x classes] out-of-fold
 * @param foldOf [rows]
 */
export function tuneDecision(
  probabilities: Float64Array,
  codes: Int32Array,
  classCount: number,
  metric: LabelMetric,
  foldOf: ArrayLike<number>,
): TunedDecision {
  const metricOf = (labels: Int32Array) => metric(confusionOf(labels, codes, classCount), classCount);
  const untuned = metricOf(decide(evenly(classCount), probabilities));
  const folds = foldsOf(foldOf);
  if (untuned === undefined || folds.length < 2) return { untuned };
  const labels = new Int32Array(codes.length);
  for (const fold of folds) {
    const [others, own] = [notInFold(foldOf, fold), inFold(foldOf, fold)];
    const ofRows = (rows: Uint32Array) =>
      takePrediction({ kind: 'probabilities', classCount, values: probabilities }, rows).values;
    const truth = Int32Array.from(others, (row) => codes[row]);
    const given = decide(bestDecision(ofRows(others), truth, classCount, metric), ofRows(own));
    own.forEach((row, i) => {
      labels[row] = given[i];
    });
  }
  const crossFitted = metricOf(labels);
  const helps = crossFitted !== undefined && crossFitted > untuned;
  return { rule: helps ? bestDecision(probabilities, codes, classCount, metric) : undefined, untuned, crossFitted };
}

const evenly = (classCount: number): DecisionRule => ({
  weights: Array.from({ length: classCount }, () => 1 / classCount),
});

const cycles = 10;

/**
 * The weights with the best metric on these very rows: for two classes the best threshold there is, for several a search along one class's
 * weight at a time until no weight helps. Never worse on them than the most probable class.
 */
export function bestDecision(
  probabilities: Float64Array,
  codes: Int32Array,
  classCount: number,
  metric: LabelMetric,
): DecisionRule {
  const scores = probabilities.map((p) => Math.log(Math.max(probabilityFloor, p)));
  const shifts = new Float64Array(classCount);
  const searched = classCount === 2 ? [1] : Array.from({ length: classCount }, (_, k) => k);
  let best = metric(confusionOf(decide(evenly(classCount), probabilities), codes, classCount), classCount);
  if (best === undefined) return evenly(classCount);
  for (let cycle = 0; cycle < cycles; cycle++) {
    const before: number = best;
    for (const k of searched) {
      const found = bestShift(scores, codes, shifts, k, metric);
      if (found === undefined || found.value <= best + 1e-12) continue;
      best = found.value;
      shifts[k] = found.shift;
    }
    if (best === before || classCount === 2) break;
  }
  const weights = Array.from(shifts, Math.exp);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { weights: weights.map((weight) => weight / total) };
}

/** Cuts between rows that are looked at along one class's weight, evenly by rank. */
const mostCuts = 2000;

/** The logarithm of class k's weight with the best metric, of equals the nearest to the present one. */
function bestShift(scores: Float64Array, codes: Int32Array, shifts: Float64Array, k: number, metric: LabelMetric) {
  const classCount = shifts.length;
  const { rivals, turns } = turningPoints(scores, shifts, k);
  const order = Uint32Array.from(turns.keys()).sort((i, j) => turns[i] - turns[j]);
  const counts = confusionOf(rivals, codes, classCount);
  const cuts = cutsBetween(turns, order);
  const stride = Math.ceil(cuts.length / mostCuts);
  let best: { value: number; shift: number } | undefined;
  let passed = 0;
  for (let c = 0; c < cuts.length; c += stride) {
    for (; passed < cuts[c].rank; passed++) {
      const row = order[passed];
      counts[codes[row] * classCount + rivals[row]]--;
      counts[codes[row] * classCount + k]++;
    }
    const value = metric(counts, classCount);
    if (value === undefined || value < (best?.value ?? Number.NEGATIVE_INFINITY)) continue;
    const { shift } = cuts[c];
    if (best?.value === value && Math.abs(shift - shifts[k]) >= Math.abs(best.shift - shifts[k])) continue;
    best = { value, shift };
  }
  return best;
}

/** Every shift that labels other rows k than the one before it, with how many: before all rows, between two, behind all. */
function cutsBetween(turns: Float64Array, order: Uint32Array): { rank: number; shift: number }[] {
  const cuts = [{ rank: 0, shift: turns[order[0]] - 1 }];
  for (let rank = 1; rank < order.length; rank++) {
    const [below, above] = [turns[order[rank - 1]], turns[order[rank]]];
    if (below < above) cuts.push({ rank, shift: (below + above) / 2 });
  }
  cuts.push({ rank: order.length, shift: turns[order[order.length - 1]] + 1 });
  return cuts;
}

/** Each row's best other class, and the shift of class k from which on the row is labelled k instead. */
function turningPoints(scores: Float64Array, shifts: Float64Array, k: number) {
  const classCount = shifts.length;
  const rivals = new Int32Array(scores.length / classCount);
  const turns = new Float64Array(rivals.length);
  for (let row = 0, base = 0; row < rivals.length; row++, base += classCount) {
    let rival = k === 0 ? 1 : 0;
    for (let j = 0; j < classCount; j++) {
      if (j !== k && scores[base + j] + shifts[j] > scores[base + rival] + shifts[rival]) rival = j;
    }
    rivals[row] = rival;
    turns[row] = scores[base + rival] + shifts[rival] - scores[base + k];
  }
  return { rivals, turns };
}
