import type { BinnedRows } from '../../data/encoders/bin-encoder.ts';
import type { Random } from '../../random.ts';
import { goesLeft, type TreeNodes } from './tree-nodes.ts';
import type { TreeTarget } from './tree-target.ts';

/** Rows that judge a shrinkage at most; more of them hardly move the choice. */
const judges = 2000;
/** Strengths worth trying (Agarwal et al. 2022; section 4); 0, no shrinkage, for values only: a class may be absent from a leaf. */
const strengths = [0.3, 1, 3, 10, 30, 100];
/** Probabilities of the judged rows are kept this far from 0. */
const leastProbability = 1e-6;

/**
 * Chooses a forest's shrinkage without refitting it: each row is judged by the trees that were grown without it (Breiman 2001,
 * section 3.1; for hierarchical shrinkage Agarwal et al. 2022, section 3).
 */
export class OutOfBag {
  readonly #data: BinnedRows;
  readonly #target: TreeTarget;
  readonly #rows: Uint32Array;
  readonly #strengths: readonly number[];
  /** [judging rows x strengths] sums over trees, and sums of squares: of the row's own class's probability, or of the value. */
  readonly #votes: Float64Array;
  readonly #squares: Float64Array;
  /** [strengths] one tree's answer for the row at hand. */
  readonly #answer: Float64Array;
  /** [judging rows] trees that were grown without the row. */
  readonly #trees: Uint32Array;

  constructor(data: BinnedRows, target: TreeTarget, random: Random) {
    this.#data = data;
    this.#target = target;
    this.#rows = random.permutation(data.rows).subarray(0, judges).sort();
    this.#strengths = target.outputs === 1 && target.values ? [0, ...strengths] : strengths;
    this.#votes = new Float64Array(this.#rows.length * this.#strengths.length);
    this.#squares = this.#votes.slice();
    this.#answer = new Float64Array(this.#strengths.length);
    this.#trees = new Uint32Array(this.#rows.length);
  }

  /** means: [nodes x outputs]; weights: [rows] that the tree was grown with. */
  add(nodes: TreeNodes, means: ArrayLike<number>, root: number, weights: ArrayLike<number>): void {
    for (let i = 0; i < this.#rows.length; i++) {
      if (weights[this.#rows[i]] > 0) continue;
      this.#trees[i]++;
      this.#descend(nodes, means, root, this.#rows[i]);
      for (let s = 0, at = i * this.#answer.length; s < this.#answer.length; s++, at++) {
        this.#votes[at] += this.#answer[s];
        this.#squares[at] += this.#answer[s] ** 2;
      }
    }
  }

  /** A tree's answer for one row under every strength: the root's mean, and on the way down each node's difference times rows / (rows + strength). */
  #descend(
    { feature, left, right, rows, ...rules }: TreeNodes,
    means: ArrayLike<number>,
    root: number,
    row: number,
  ): void {
    const { bins, columns } = this.#data;
    const { outputs } = this.#target;
    const answer = this.#answer;
    const own = this.#output(row);
    answer.fill(means[root * outputs + own]);
    let node = root;
    while (feature[node] >= 0) {
      const child = goesLeft(rules, node, bins[row * columns + feature[node]]) ? left[node] : right[node];
      const difference = means[child * outputs + own] - means[node * outputs + own];
      const weight = rows[node];
      if (difference !== 0)
        for (let s = 0; s < answer.length; s++) answer[s] += (difference * weight) / (weight + this.#strengths[s]);
      node = child;
    }
  }

  #output(row: number): number {
    const { outputs, codes, values } = this.#target;
    if (codes) return codes[row];
    return outputs === 2 && values ? values[row] : 0;
  }

  /**
   * The strength with which the whole forest's mean log loss or squared error would be least, or `otherwise` where no row
   * was left out of two trees. weights: [rows], what each counts.
   */
  bestStrength(forestTrees: number, weights: Float64Array | undefined, otherwise: number): number {
    const losses = new Float64Array(this.#strengths.length);
    let judged = 0;
    this.#rows.forEach((row, i) => {
      const trees = this.#trees[i];
      if (trees < 2) return;
      judged++;
      for (let s = 0, at = i * losses.length; s < losses.length; s++, at++) {
        const mean = this.#votes[at] / trees;
        const variance = Math.max(0, this.#squares[at] / trees - mean ** 2) * (trees / (trees - 1));
        // The forest's mean varies less than that of the few trees without this row.
        const spared = variance * (1 / trees - 1 / forestTrees);
        losses[s] += (weights?.[row] ?? 1) * this.#loss(row, mean, spared);
      }
    });
    return judged > 0 ? this.#strengths[losses.indexOf(Math.min(...losses))] : otherwise;
  }

  /** Of a mean vote, less what its variance adds (exact for squares, of second order for logarithms). */
  #loss(row: number, vote: number, spared: number): number {
    const { outputs, values } = this.#target;
    if (outputs === 1 && values) return (values[row] - vote) ** 2 - spared;
    const share = Math.max(leastProbability, vote);
    return -Math.log(share) - Math.min(0.5, spared / (2 * share ** 2));
  }
}
