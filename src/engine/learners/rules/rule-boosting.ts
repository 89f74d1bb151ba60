import { type BinnedColumn, binCount } from '../../data/encoders/bin-encoder.ts';
import type { Pace } from '../pace.ts';
import type { ColumnBins } from '../trees/column-bins.ts';
import { type Condition, holdingBins, type Rule } from './rule.ts';
import { predicted, RowGroups, type RuleTarget } from './rule-loss.ts';
import { type RuleLimits, RuleSearch, type Stage } from './rule-search.ts';

export interface RuleSet {
  /** Score of each output where no rule holds. */
  readonly start: readonly number[];
  readonly rules: readonly Rule[];
}

/**
 * An additive set of rules, one after the other: the rule that promises most, then all weights fitted again (fully corrective
 * boosting of rules, Yang et al. 2024, algorithm 1). Ends early where the best rule is no better than the best of so many by chance.
 */
export async function boostRules(
  data: ColumnBins,
  columns: readonly BinnedColumn[],
  target: RuleTarget,
  mostRules: number,
  limits: RuleLimits,
  pace: Pace,
): Promise<RuleSet> {
  const { outputs } = target;
  const search = new RuleSearch(data, columns, limits, pace);
  const groups = new RowGroups(target);
  const found: (readonly Condition[])[] = [];
  const covered: Uint8Array[] = [];
  const least = leastScore(columns, outputs);
  let weights = await groups.refit(new Float64Array(outputs), limits.ridge, pace);
  while (found.length < mostRules) {
    const rule = await search.best(stageOf(target, groups, weights, covered));
    if (!rule || rule.score < least) break;
    const rows = coveredRows(data, rule.conditions);
    groups.part(rows);
    weights = await groups.refit(withOneMore(weights, outputs), limits.ridge, pace);
    found.push(rule.conditions);
    covered.push(rows);
  }
  const width = found.length + 1;
  const of = (i: number) => Array.from({ length: outputs }, (_, k) => weights[k * width + i]);
  return { start: of(0), rules: found.map((conditions, i) => ({ conditions, weights: of(i + 1) })) };
}

/** A score that the best of all first conditions reaches by chance about once in two: twice the logarithm of their number. */
function leastScore(columns: readonly BinnedColumn[], outputs: number): number {
  const conditions = columns.reduce((sum, column) => sum + 2 * binCount(column), 0);
  return 2 * Math.log(Math.max(2, conditions)) + outputs - 1;
}

/** The weights with a new rule's, 0, behind those of every output. */
function withOneMore(weights: Float64Array, outputs: number): Float64Array {
  const width = weights.length / outputs;
  const more = new Float64Array(outputs * (width + 1));
  for (let k = 0; k < outputs; k++) more.set(weights.subarray(k * width, (k + 1) * width), k * (width + 1));
  return more;
}

/** [rows] 1 where all conditions hold. */
export function coveredRows({ rows, bins }: ColumnBins, conditions: readonly Condition[]): Uint8Array {
  const covered = new Uint8Array(rows).fill(1);
  for (const condition of conditions) {
    const inside = holdingBins(condition);
    const base = condition.column * rows;
    for (let row = 0; row < rows; row++) covered[row] &= inside[bins[base + row]];
  }
  return covered;
}

/** Gradients and curvatures at these weights, and an orthonormal basis of the start and the rules so far. */
function stageOf(target: RuleTarget, groups: RowGroups, weights: Float64Array, covered: readonly Uint8Array[]): Stage {
  const { outputs, values: truth, weights: rowWeights } = target;
  const rows = truth.length;
  const width = outputs + 2 + covered.length + 1;
  const values = new Float64Array(rows * width);
  const expected = expectedOf(target, groups.scores(weights));
  const deviation = residualDeviation(target, groups, expected);
  for (let row = 0; row < rows; row++) {
    const at = row * width;
    const from = groups.groupOf[row] * outputs;
    let curvature = 0;
    for (let k = 0; k < outputs; k++) {
      const share = expected[from + k];
      const difference = (target.classes > 2 ? Number(truth[row] === k) : truth[row]) - share;
      values[at + k] = (rowWeights[row] * difference) / deviation;
      curvature += target.classes === 0 ? 1 : (share * (1 - share)) / outputs;
    }
    values[at + outputs] = rowWeights[row] * curvature;
    values[at + outputs + 1] = rowWeights[row];
  }
  addBasis(values, width, outputs, covered);
  return { width, values, outputs };
}

/** [groups x outputs] the value, the second class's probability, or each class's. */
function expectedOf({ classes, outputs }: RuleTarget, scores: Float64Array): Float64Array {
  const expected = new Float64Array(scores.length);
  const into = new Float64Array(Math.max(1, classes));
  for (let from = 0; from < scores.length; from += outputs) {
    predicted(scores, from, classes, into);
    if (classes === 2) expected[from] = into[1];
    else expected.set(into, from);
  }
  return expected;
}

/** 1 for classes, whose loss has a scale of its own. */
function residualDeviation(
  { classes, values, weights }: RuleTarget,
  { groupOf }: RowGroups,
  expected: Float64Array,
): number {
  if (classes > 0) return 1;
  let squares = 0;
  for (let row = 0; row < values.length; row++) squares += weights[row] * (values[row] - expected[groupOf[row]]) ** 2;
  return Math.max(1e-9, Math.sqrt(squares / values.length));
}

/** Gram and Schmidt, in the inner product of the curvature; writes curvature times basis behind the other numbers of each row. */
function addBasis(values: Float64Array, width: number, outputs: number, covered: readonly Uint8Array[]): void {
  const rows = values.length / width;
  const curvature = (row: number) => values[row * width + outputs];
  const basis: Float64Array[] = [];
  for (let j = 0; j <= covered.length; j++) {
    const vector = j === 0 ? new Float64Array(rows).fill(1) : Float64Array.from(covered[j - 1]);
    for (const other of basis) {
      let product = 0;
      for (let row = 0; row < rows; row++) product += curvature(row) * vector[row] * other[row];
      for (let row = 0; row < rows; row++) vector[row] -= product * other[row];
    }
    let squares = 0;
    for (let row = 0; row < rows; row++) squares += curvature(row) * vector[row] ** 2;
    // What the others express already adds nothing.
    const scale = squares > 1e-9 * rows ? 1 / Math.sqrt(squares) : 0;
    for (let row = 0; row < rows; row++) {
      vector[row] *= scale;
      values[row * width + outputs + 2 + j] = curvature(row) * vector[row];
    }
    basis.push(vector);
  }
}
