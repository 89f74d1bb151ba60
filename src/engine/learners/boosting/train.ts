import type { Target } from '../../data/dataset.ts';
import type { BinnedColumn, BinnedRows } from '../../data/encoders/bin-encoder.ts';
import type { Random } from '../../random.ts';
import type { Pace } from '../pace.ts';
import { TreeNodesBuilder } from '../trees/tree-nodes.ts';
import { type GrownLeaf, type GrowOptions, LeafWiseGrower } from './grow.ts';
import type { BoostingLoss } from './losses/loss.ts';
import { RowSample, sampleColumns } from './sampling.ts';
import { startScores, type TreeEnsemble, TreeRunner } from './tree-scores.ts';

export interface TrainOptions extends GrowOptions {
  readonly learningRate: number;
  readonly maxRounds: number;
  /** Rounds without a better validation loss after which training stops. */
  readonly patience: number;
  /** Share of the rows that each round sees, drawn without replacement. */
  readonly rowSample: number;
  /** Share of the columns that each tree may split. */
  readonly columnSample: number;
}

export interface ValidationRows {
  readonly data: BinnedRows;
  readonly target: Target;
  /** Called with the loss after some rounds; 'prune' ends the training. */
  report(round: number, loss: number): Promise<'continue' | 'prune'>;
}

/**
 * Rounds from one report to the next: ten, fewer where a round sums more than a million bins, so that a long training
 * can be stopped soon. Follows from the data alone: trials on the same rows report at the same rounds.
 */
const roundsPerReport = ({ rows, columns }: BinnedRows, trees: number): number =>
  Math.max(1, Math.min(10, Math.floor(1e7 / Math.max(1, rows * columns * trees))));

/**
 * Gradient boosting with second-order leaf values (Friedman 2001; Chen and Guestrin 2016). With validation rows it stops
 * early and keeps the best round; without, it runs `maxRounds`.
 */
export async function trainBoosting(
  data: BinnedRows,
  columns: readonly BinnedColumn[],
  loss: BoostingLoss,
  options: TrainOptions,
  random: Random,
  pace: Pace,
  validation?: ValidationRows,
): Promise<{ ensemble: TreeEnsemble; rounds: number }> {
  await pace.after(data.rows * data.columns);
  const rounds = new Rounds(data, columns, loss, options, random, pace);
  await pace.after(data.rows * data.columns);
  const stretch = roundsPerReport(data, loss.outputs);
  let best = { round: 0, loss: Number.POSITIVE_INFINITY, size: 0 };
  const scores = validation && startScores(loss.start, validation.data.rows);
  if (validation && scores) best.loss = loss.measure(scores, validation.target);
  for (let round = 1; round <= options.maxRounds; round++) {
    const trees = await rounds.next();
    if (!validation || !scores) {
      best = { round, loss: Number.NaN, size: rounds.nodes.size };
      continue;
    }
    rounds.addTo(scores, validation.data, trees);
    const reached = loss.measure(scores, validation.target);
    if (reached < best.loss) best = { round, loss: reached, size: rounds.nodes.size };
    if (round % stretch === 0) {
      const compared = loss.compare?.(scores, validation.target) ?? reached;
      if ((await validation.report(round, compared)) === 'prune') break;
    }
    if (round - best.round >= options.patience) break;
  }
  return { ensemble: rounds.ensemble(best.round, best.size), rounds: best.round };
}

/** The state that one round hands to the next. */
class Rounds {
  readonly nodes = new TreeNodesBuilder();
  readonly #loss: BoostingLoss;
  readonly #data: BinnedRows;
  readonly #options: TrainOptions;
  readonly #random: Random;
  readonly #pace: Pace;
  readonly #grower: LeafWiseGrower;
  readonly #sample: RowSample;
  readonly #roots: number[] = [];
  /** [nodes] */
  readonly #values: number[] = [];
  readonly #scores: Float64Array;

  constructor(
    data: BinnedRows,
    columns: readonly BinnedColumn[],
    loss: BoostingLoss,
    options: TrainOptions,
    random: Random,
    pace: Pace,
  ) {
    this.#loss = loss;
    this.#data = data;
    this.#options = options;
    this.#random = random;
    this.#pace = pace;
    this.#grower = new LeafWiseGrower(data, columns, loss.outputs, options, pace);
    this.#scores = startScores(loss.start, data.rows);
    this.#sample = new RowSample(data.rows);
    this.#sample.draw(1, random);
  }

  /** Grows the trees of one round and moves the training scores; returns their roots. */
  async next(): Promise<number[]> {
    const { gradient, hessian } = this.#grower.memory;
    this.#loss.derive(this.#scores, gradient.view, hessian.view);
    if (this.#options.rowSample < 1) this.#sample.draw(this.#options.rowSample, this.#random);
    const roots: number[] = [];
    for (let output = 0; output < this.#loss.outputs; output++) roots.push(await this.#growOne(output));
    return roots;
  }

  async #growOne(output: number): Promise<number> {
    const { rows, columns, bins } = this.#data;
    const { inside, insideCount, outside, outsideCount } = this.#sample;
    const root = this.nodes.size;
    const features = sampleColumns(columns, this.#options.columnSample, this.#random);
    this.#grower.memory.order.view.set(inside.subarray(0, insideCount));
    const leaves = await this.#grower.grow(this.nodes, insideCount, output, features, this.#random);
    while (this.#values.length < this.nodes.size) this.#values.push(0);
    for (const leaf of leaves) this.#addLeaf(leaf, output * rows);
    this.#roots.push(root);
    const runner = this.#runnerFrom(root);
    for (let i = 0; i < outsideCount; i++) {
      const row = outside[i];
      this.#scores[output * rows + row] += runner.valueAt(root, bins, row * columns);
    }
    await this.#pace.after(20 * rows);
    return root;
  }

  /** Moves the scores of the leaf's rows, which begin at `from`, by its value. */
  #addLeaf({ node, begin, end, value, limits }: GrownLeaf, from: number): void {
    const rows = this.#grower.memory.order.view.subarray(begin, end);
    const renewed = this.#loss.renew?.(rows, this.#scores) ?? value;
    const step = this.#options.learningRate * Math.min(limits.high, Math.max(limits.low, renewed));
    this.#values[node] = step;
    for (let i = 0; i < rows.length; i++) this.#scores[from + rows[i]] += step;
  }

  /** Adds these trees' values to the scores of other rows. */
  addTo(scores: Float64Array, data: BinnedRows, roots: readonly number[]): void {
    const runner = this.#runnerFrom(roots[0]);
    roots.forEach((root, k) => {
      runner.add(root, data, 0, data.rows, scores, k * data.rows);
    });
  }

  #runnerFrom(first: number): TreeRunner {
    return new TreeRunner(this.nodes.nodes, this.#values, first, this.nodes.size);
  }

  /** The trees of the first rounds, which take `size` nodes. */
  ensemble(rounds: number, size: number): TreeEnsemble {
    return {
      nodes: this.nodes.finish(size),
      roots: Uint32Array.from(this.#roots.slice(0, rounds * this.#loss.outputs)),
      value: Float64Array.from(this.#values.slice(0, size)),
      start: this.#loss.start,
    };
  }
}
