import { type BinnedColumn, binCount, missingBin } from '../../data/encoders/bin-encoder.ts';
import type { Pace } from '../pace.ts';
import type { ColumnBins } from '../trees/column-bins.ts';
import { type Condition, holdingBins, merged } from './rule.ts';

export interface RuleLimits {
  readonly maxConditions: number;
  /** Weight of the rows that a rule must hold for, and of those that it must not hold for. */
  readonly minRows: number;
  /** Added to a rule's own curvature, as the ridge of its weight. */
  readonly ridge: number;
}

/** What rules are judged by at a stage of the boosting; all row-major. */
export interface Stage {
  /** Numbers a row: gradients (one an output), curvature, weight, then the products of curvature and each basis vector. */
  readonly width: number;
  /** [rows x width] */
  readonly values: Float64Array;
  readonly outputs: number;
}

export interface FoundRule {
  readonly conditions: readonly Condition[];
  /** Twice the loss that the rule is expected to save, with all weights fitted again: its score statistic (Rao 1948). */
  readonly score: number;
}

interface Candidate {
  readonly condition: Condition;
  readonly score: number;
}

/** A further condition must raise a rule's score by this factor, or the shorter rule is better to read. */
const worthwhile = 1.1;
/** Rules are grown from this many first conditions: those of two columns, and their opposites. */
const starts = 4;
/** Further conditions are looked for in so many columns, those of the best first conditions. */
const mostColumns = 256;
/** Elementary steps between two looks for messages. */
const stretch = 5e5;
/** Share of a rule's curvature that the rules before cannot express. */
const leastNew = 0.01;
/** Levels that one condition names at most. */
const mostLevels = 5;
const levelSmoothing = 10;

/**
 * Finds the rule that lowers the loss most once all weights are fitted again, condition by condition: the squared gradient
 * over the curvature of what the rules before cannot express (orthogonal gradient boosting, Yang et al. 2024, section 3, here
 * with the curvature of the loss in the inner product).
 */
export class RuleSearch {
  readonly #data: ColumnBins;
  readonly #columns: readonly BinnedColumn[];
  readonly #limits: RuleLimits;
  readonly #pace: Pace;
  /** Of the column at hand; as long as the longest so far. */
  #sums = new Float64Array();

  constructor(data: ColumnBins, columns: readonly BinnedColumn[], limits: RuleLimits, pace: Pace) {
    this.#data = data;
    this.#columns = columns;
    this.#limits = limits;
    this.#pace = pace;
  }

  /** The best rule, or undefined where none is possible. */
  async best(stage: Stage): Promise<FoundRule | undefined> {
    const all = Uint32Array.from({ length: this.#data.rows }, (_, row) => row);
    const every = this.#columns.map((_, column) => column);
    const firsts = (await this.#candidates(stage, all, every)).sort((a, b) => b.score - a.score);
    const promising = [...new Set(firsts.map(({ condition }) => condition.column))].slice(0, mostColumns);
    let best: FoundRule | undefined;
    for (const first of firsts.slice(0, starts)) {
      const rule = await this.#grown(stage, all, first, promising);
      if (rule.score > (best?.score ?? 0)) best = rule;
    }
    return best;
  }

  async #grown(stage: Stage, all: Uint32Array, first: Candidate, columns: readonly number[]): Promise<FoundRule> {
    let conditions = [first.condition];
    let { score } = first;
    let rows = this.#covered(all, first.condition);
    while (conditions.length < this.#limits.maxConditions) {
      const next = (await this.#candidates(stage, rows, columns)).reduce(better, undefined);
      if (!next || next.score < worthwhile * score) break;
      const longer = merged([...conditions, next.condition]);
      conditions = longer;
      score = next.score;
      rows = this.#covered(rows, next.condition);
    }
    return { conditions, score };
  }

  #covered(rows: Uint32Array, condition: Condition): Uint32Array {
    const inside = holdingBins(condition);
    const base = condition.column * this.#data.rows;
    return rows.filter((row) => inside[this.#data.bins[base + row]] === 1);
  }

  /** The best condition of every column, and the best of the opposite kind, over the rows that a rule covers so far. */
  async #candidates(stage: Stage, rows: Uint32Array, columns: readonly number[]): Promise<Candidate[]> {
    const { width, values } = stage;
    const gathered = new Float64Array(rows.length * width);
    for (let i = 0; i < rows.length; i++) {
      const from = rows[i] * width;
      for (let k = 0; k < width; k++) gathered[i * width + k] = values[from + k];
    }
    const found: Candidate[] = [];
    let work = 0;
    for (const column of columns) {
      const sums = this.#binSums(column, rows, gathered, width);
      found.push(...new ConditionScan(this.#columns[column], column, sums, stage, this.#limits).best());
      work += rows.length * (width + 2) + sums.length;
      if (work < stretch) continue;
      await this.#pace.after(work);
      work = 0;
    }
    await this.#pace.after(work);
    return found;
  }

  /** [bins x width] */
  #binSums(column: number, rows: Uint32Array, gathered: Float64Array, width: number): Float64Array {
    const length = binCount(this.#columns[column]) * width;
    if (this.#sums.length < length) this.#sums = new Float64Array(length);
    const sums = this.#sums.subarray(0, length).fill(0);
    const { bins } = this.#data;
    const base = column * this.#data.rows;
    for (let i = 0, from = 0; i < rows.length; i++, from += width) {
      const at = bins[base + rows[i]] * width;
      for (let k = 0; k < width; k++) sums[at + k] += gathered[from + k];
    }
    return sums;
  }
}

const better = (best: Candidate | undefined, next: Candidate): Candidate =>
  best && best.score >= next.score ? best : next;

/** Scores the conditions on one column by its bins' sums. */
class ConditionScan {
  readonly #column: BinnedColumn;
  readonly #index: number;
  readonly #sums: Float64Array;
  readonly #stage: Stage;
  readonly #limits: RuleLimits;
  readonly #bins: number;
  readonly #total: Float64Array;
  readonly #inside: Float64Array;
  /** Of conditions that name a side, '<=' or 'is', and of their opposites, '>' or 'is not': as first ones both are worth the same, but not with a second. */
  readonly #best: [Candidate?, Candidate?] = [];

  constructor(column: BinnedColumn, index: number, sums: Float64Array, stage: Stage, limits: RuleLimits) {
    this.#column = column;
    this.#index = index;
    this.#sums = sums;
    this.#stage = stage;
    this.#limits = limits;
    this.#bins = sums.length / stage.width;
    this.#total = new Float64Array(stage.width);
    for (let bin = 0; bin < this.#bins; bin++) this.#add(this.#total, bin);
    this.#inside = new Float64Array(stage.width);
  }

  best(): Candidate[] {
    if (this.#column.kind === 'numeric') this.#scanNumbers();
    else this.#scanLevels();
    return this.#best.filter((candidate) => candidate !== undefined);
  }

  #scanNumbers(): void {
    const column = this.#index;
    const last = this.#bins - 1;
    const inside = this.#inside.fill(0);
    for (let bin = 1; bin < last; bin++) {
      this.#add(inside, bin);
      this.#consider({ kind: 'between', column, from: 1, to: bin });
    }
    inside.fill(0);
    for (let bin = last; bin > 1; bin--) {
      this.#add(inside, bin);
      this.#consider({ kind: 'between', column, from: bin, to: last });
    }
    this.#considerAmong([missingBin]);
  }

  #scanLevels(): void {
    const { width, outputs } = this.#stage;
    const weightOf = (bin: number) => this.#sums[bin * width + outputs + 1];
    const occupied = Array.from({ length: this.#bins }, (_, bin) => bin).filter((bin) => weightOf(bin) > 0);
    for (const bin of occupied) this.#considerAmong([bin]);
    for (let output = 0; output < outputs; output++) {
      const slope = (bin: number) => this.#sums[bin * width + output] / (weightOf(bin) + levelSmoothing);
      const order = occupied.toSorted((a, b) => slope(a) - slope(b) || a - b);
      for (const ends of [order, order.toReversed()])
        for (let count = 2; count <= Math.min(mostLevels, occupied.length - 1); count++)
          this.#considerAmong(ends.slice(0, count));
    }
  }

  #considerAmong(bins: readonly number[]): void {
    const column = this.#index;
    const inside = this.#inside.fill(0);
    for (const bin of bins) this.#add(inside, bin);
    this.#consider({ kind: 'among', column, bins: bins.toSorted((a, b) => a - b) });
    for (let k = 0; k < inside.length; k++) inside[k] = this.#total[k] - inside[k];
    this.#consider({ kind: 'not', column, bins: bins.toSorted((a, b) => a - b) });
  }

  #add(to: Float64Array, bin: number): void {
    const at = bin * to.length;
    for (let k = 0; k < to.length; k++) to[k] += this.#sums[at + k];
  }

  /** `#inside`: sums over the rows for which the condition and all before it hold. */
  #consider(condition: Condition): void {
    const { outputs, width } = this.#stage;
    const inside = this.#inside;
    const weight = inside[outputs + 1];
    // Rows that this condition takes away must count as well, or it says nothing.
    if (weight < this.#limits.minRows || this.#total[outputs + 1] - weight < 0.5) return;
    let slopes = 0;
    for (let k = 0; k < outputs; k++) slopes += inside[k] ** 2;
    let curvature = inside[outputs];
    for (let k = outputs + 2; k < width; k++) curvature -= inside[k] ** 2;
    if (curvature < leastNew * inside[outputs]) return;
    const score = slopes / (curvature + this.#limits.ridge);
    const side = condition.kind === 'not' || (condition.kind === 'between' && condition.from > 1) ? 1 : 0;
    if (score > (this.#best[side]?.score ?? 0)) this.#best[side] = { condition, score };
  }
}
