import type { Target } from '../../data/dataset.ts';
import { type MinimizeOptions, minimize } from '../../numerics/lbfgs.ts';
import { logistic } from '../../numerics/logistic.ts';
import { softmax } from '../../numerics/softmax.ts';
import type { Pace } from '../pace.ts';
import { scaleOf } from '../target-scale.ts';

/** What rules fit: codes of classes, or values in units of their deviation. */
export interface RuleTarget {
  /** Scores a row: 1 for two classes and for values, else one a class. */
  readonly outputs: number;
  readonly classes: number;
  /** [rows] class, or value. */
  readonly values: Float64Array;
  /** [rows] what each counts, mean 1. */
  readonly weights: Float64Array;
  readonly mean: number;
  readonly deviation: number;
}

export function ruleTarget(target: Target, weights: Float64Array | undefined): RuleTarget {
  if (target.kind === 'values') {
    const { mean, deviation } = scaleOf(target.values, weights);
    const values = target.values.map((value) => (value - mean) / deviation);
    return { outputs: 1, classes: 0, values, weights: weights ?? ones(values.length), mean, deviation };
  }
  const classes = target.classes.length;
  const values = Float64Array.from(target.codes);
  return {
    outputs: classes === 2 ? 1 : classes,
    classes,
    values,
    weights: weights ?? ones(values.length),
    mean: 0,
    deviation: 1,
  };
}

const ones = (length: number) => new Float64Array(length).fill(1);

/** What scores predict: [classes] probabilities, or [1] the value. Written to `into`. */
export function predicted(scores: ArrayLike<number>, from: number, classes: number, into: Float64Array): void {
  if (classes === 0) into[0] = scores[from];
  else if (classes === 2) {
    into[1] = logistic(scores[from]);
    into[0] = 1 - into[1];
  } else {
    for (let k = 0; k < classes; k++) into[k] = scores[from + k];
    softmax(into, 0, classes);
  }
}

/** Rows that the same rules hold for, taken together: a fit over them costs nothing. */
export class RowGroups {
  readonly #target: RuleTarget;
  /** [rows] */
  readonly groupOf: Int32Array;
  /** For each group, whether each rule holds. */
  #members: readonly (readonly number[])[] = [[]];
  /** For each group, the weight of each class, or the weight and the weighted sum of the values. */
  #sums: readonly Float64Array[];

  constructor(target: RuleTarget) {
    this.#target = target;
    this.groupOf = new Int32Array(target.values.length);
    this.#sums = this.#summed(1);
  }

  /** Parts the groups by one more rule. covered: [rows] 1 where it holds. */
  part(covered: Uint8Array): void {
    const places = new Map<number, number>();
    const members: (readonly number[])[] = [];
    for (let row = 0; row < covered.length; row++) {
      const key = 2 * this.groupOf[row] + covered[row];
      let place = places.get(key);
      if (place === undefined) {
        place = members.length;
        places.set(key, place);
        members.push([...this.#members[this.groupOf[row]], covered[row]]);
      }
      this.groupOf[row] = place;
    }
    this.#members = members;
    this.#sums = this.#summed(members.length);
  }

  #summed(groups: number): Float64Array[] {
    const { classes, values, weights } = this.#target;
    const sums = Array.from({ length: groups }, () => new Float64Array(Math.max(2, classes)));
    this.groupOf.forEach((group, row) => {
      if (classes > 0) sums[group][values[row]] += weights[row];
      else {
        sums[group][0] += weights[row];
        sums[group][1] += weights[row] * values[row];
      }
    });
    return sums;
  }

  /**
   * Weights of the start and of all rules together, by log loss or squared error with a ridge on the rules' (fully corrective
   * boosting). weights: [outputs x (1 + rules)], the start of the search for them; ridge: in rows.
   */
  async refit(weights: Float64Array, ridge: number, pace: Pace): Promise<Float64Array> {
    const options: MinimizeOptions = {
      maxIterations: 200,
      tolerance: 1e-5 * this.groupOf.length,
      work: this.#members.length * weights.length,
    };
    return (await minimize((at, gradient) => this.#loss(at, gradient, ridge), weights, options, pace)).x;
  }

  /** [groups x outputs] scores under these weights. */
  scores(weights: Float64Array): Float64Array {
    const { outputs } = this.#target;
    const width = weights.length / outputs;
    const scores = new Float64Array(this.#members.length * outputs);
    this.#members.forEach((holding, group) => {
      for (let k = 0; k < outputs; k++) {
        let score = weights[k * width];
        for (let rule = 0; rule < holding.length; rule++) if (holding[rule]) score += weights[k * width + 1 + rule];
        scores[group * outputs + k] = score;
      }
    });
    return scores;
  }

  #loss(at: Float64Array, gradient: Float64Array, ridge: number): number {
    const { outputs, classes } = this.#target;
    const width = at.length / outputs;
    const scores = this.scores(at);
    const expected = new Float64Array(Math.max(1, classes));
    gradient.fill(0);
    let loss = 0;
    this.#members.forEach((holding, group) => {
      const sums = this.#sums[group];
      predicted(scores, group * outputs, classes, expected);
      const total = classes > 0 ? sums.reduce((a, b) => a + b, 0) : sums[0];
      if (classes === 0) loss += 0.5 * sums[0] * expected[0] ** 2 - sums[1] * expected[0];
      else
        sums.forEach((sum, k) => {
          if (sum > 0) loss -= sum * Math.log(Math.max(Number.MIN_VALUE, expected[k]));
        });
      for (let k = 0; k < outputs; k++) {
        const own = outputs === 1 && classes === 2 ? 1 : k;
        const slope = classes === 0 ? total * expected[0] - sums[1] : total * expected[own] - sums[own];
        gradient[k * width] += slope;
        for (let rule = 0; rule < holding.length; rule++) if (holding[rule]) gradient[k * width + 1 + rule] += slope;
      }
    });
    for (let k = 0; k < outputs; k++) {
      for (let i = 0; i < width; i++) {
        // A start of its own has none, but with several classes something must hold their common level.
        const own = i > 0 ? ridge : classes > 2 ? 1e-3 : 0;
        loss += 0.5 * own * at[k * width + i] ** 2;
        gradient[k * width + i] += own * at[k * width + i];
      }
    }
    return loss;
  }
}
