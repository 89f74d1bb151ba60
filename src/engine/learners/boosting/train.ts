import type { Target } from '../../data/dataset.ts';
import type { BinnedColumn, BinnedRows } from '../../data/encoders/bin-encoder.ts';
import type { Random } from '../../random.ts';
import type { Pace } from '../pace.ts';
import { leafOf, type TreeNodes, TreeNodesBuilder } from '../trees/tree-nodes.ts';
import { type GrowOptions, LeafWiseGrower } from './grow.ts';
import { type BoostingLoss, lossFor } from './loss.ts';

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

/** Trees of all rounds, `outputs` a round, each with a value a node. */
export interface TreeEnsemble {
  readonly nodes: TreeNodes;
  readonly roots: Uint32Array;
  /** Raw score that a leaf adds; 0 at splits. [nodes] */
  readonly value: Float64Array;
  readonly start: Float64Array;
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
  target: Target,
  options: TrainOptions,
  random: Random,
  pace: Pace,
  validation?: ValidationRows,
): Promise<{ ensemble: TreeEnsemble; rounds: number }> {
  const rounds = new Rounds(data, columns, target, options, random);
  const stretch = roundsPerReport(data, rounds.loss.outputs);
  let best = { round: 0, loss: Number.POSITIVE_INFINITY, size: 0 };
  const scores = validation && startScores(rounds.loss.start, validation.data.rows);
  if (validation && scores) best.loss = rounds.loss.measure(scores, validation.target);
  for (let round = 1; round <= options.maxRounds; round++) {
    const trees = rounds.next();
    await pace.after(data.rows * (3 * data.columns + 30) * trees.length);
    if (!validation || !scores) {
      best = { round, loss: Number.NaN, size: rounds.nodes.size };
      continue;
    }
    rounds.addTo(scores, validation.data, trees);
    const loss = rounds.loss.measure(scores, validation.target);
    if (loss < best.loss) best = { round, loss, size: rounds.nodes.size };
    const due = round % stretch === 0;
    if (due && (await validation.report(round, loss)) === 'prune') break;
    if (round - best.round >= options.patience) break;
  }
  return { ensemble: rounds.ensemble(best.round, best.size), rounds: best.round };
}

function startScores(start: Float64Array, rows: number): Float64Array {
  const scores = new Float64Array(rows * start.length);
  start.forEach((value, k) => {
    scores.fill(value, k * rows, (k + 1) * rows);
  });
  return scores;
}

/** The state that one round hands to the next. */
class Rounds {
  readonly loss: BoostingLoss;
  readonly nodes = new TreeNodesBuilder();
  readonly #data: BinnedRows;
  readonly #options: TrainOptions;
  readonly #random: Random;
  readonly #grower: LeafWiseGrower;
  readonly #roots: number[] = [];
  readonly #values: number[] = [];
  readonly #scores: Float64Array;
  readonly #gradient: Float32Array;
  readonly #hessian: Float32Array;
  readonly #columnCount: number;

  constructor(
    data: BinnedRows,
    columns: readonly BinnedColumn[],
    target: Target,
    options: TrainOptions,
    random: Random,
  ) {
    this.loss = lossFor(target);
    this.#data = data;
    this.#options = options;
    this.#random = random;
    this.#columnCount = columns.length;
    this.#grower = new LeafWiseGrower(data, columns, options);
    this.#scores = startScores(this.loss.start, data.rows);
    this.#gradient = new Float32Array(this.#scores.length);
    this.#hessian = new Float32Array(this.#scores.length);
  }

  /** Grows the trees of one round and moves the training scores; returns their roots. */
  next(): number[] {
    this.loss.derive(this.#scores, this.#gradient, this.#hessian);
    const sample = sampleRows(this.#data.rows, this.#options.rowSample, this.#random);
    const { rows } = this.#data;
    return Array.from({ length: this.loss.outputs }, (_, k) => {
      const [from, to] = [k * rows, (k + 1) * rows];
      return this.#growOne(
        sample.inside.slice(),
        sample.outside,
        from,
        this.#gradient.subarray(from, to),
        this.#hessian.subarray(from, to),
      );
    });
  }

  #growOne(
    order: Uint32Array,
    outside: Uint32Array,
    from: number,
    gradient: Float32Array,
    hessian: Float32Array,
  ): number {
    const root = this.nodes.size;
    const features = sampleColumns(this.#columnCount, this.#options.columnSample, this.#random);
    const leaves = this.#grower.grow(this.nodes, order, features, gradient, hessian, this.#random);
    while (this.#values.length < this.nodes.size) this.#values.push(0);
    for (const leaf of leaves) {
      // Leaf value -G / (H + l2) (Chen and Guestrin 2016, equation 5), shrunk.
      const value = (-this.#options.learningRate * leaf.sums.g) / (leaf.sums.h + this.#options.l2 + 1e-12);
      this.#values[leaf.node] = value;
      for (let i = leaf.begin; i < leaf.end; i++) this.#scores[from + order[i]] += value;
    }
    this.#roots.push(root);
    const { bins, columns } = this.#data;
    for (const row of outside) {
      this.#scores[from + row] += this.#values[leafOf(this.nodes.nodes, root, bins, row * columns)];
    }
    return root;
  }

  /** Adds these trees' values to the scores of other rows. */
  addTo(scores: Float64Array, data: BinnedRows, roots: readonly number[]): void {
    roots.forEach((root, k) => {
      addTree(this.nodes.nodes, root, this.#values, data, scores, k * data.rows);
    });
  }

  /** The trees of the first rounds, which take `size` nodes. */
  ensemble(rounds: number, size: number): TreeEnsemble {
    return {
      nodes: this.nodes.finish(size),
      roots: Uint32Array.from(this.#roots.slice(0, rounds * this.loss.outputs)),
      value: Float64Array.from(this.#values.slice(0, size)),
      start: this.loss.start,
    };
  }
}

/** scores[from + row] += the tree's value for the row. */
function addTree(
  nodes: TreeNodes,
  root: number,
  value: ArrayLike<number>,
  data: BinnedRows,
  scores: Float64Array,
  from: number,
): void {
  const { bins, columns, rows } = data;
  for (let row = 0, base = 0; row < rows; row++, base += columns) {
    scores[from + row] += value[leafOf(nodes, root, bins, base)];
  }
}

/** Raw scores of binned rows. [outputs x rows] */
export function ensembleScores(ensemble: TreeEnsemble, data: BinnedRows): Float64Array {
  const { nodes, roots, value, start } = ensemble;
  const scores = startScores(start, data.rows);
  roots.forEach((root, i) => {
    addTree(nodes, root, value, data, scores, (i % start.length) * data.rows);
  });
  return scores;
}

/** Rows of one round, ascending, and those left out. Each row is in with the same chance; at least one is. */
function sampleRows(rows: number, share: number, random: Random): { inside: Uint32Array; outside: Uint32Array } {
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  if (share >= 1) return { inside: all, outside: new Uint32Array() };
  const lucky = random.integer(rows);
  const isIn = all.map((row) => (random.uniform() < share || row === lucky ? 1 : 0));
  return { inside: all.filter((row) => isIn[row] === 1), outside: all.filter((row) => isIn[row] === 0) };
}

/** Columns of one tree, ascending: a share of them, at least one. */
function sampleColumns(columns: number, share: number, random: Random): Int32Array {
  const count = Math.max(1, Math.round(columns * share));
  if (count >= columns) return Int32Array.from({ length: columns }, (_, column) => column);
  return Int32Array.from(random.permutation(columns).subarray(0, count)).sort();
}
