import type { BinnedRows } from '../../data/encoders/bin-encoder.ts';
import { inSet, type TreeNodes } from '../trees/tree-nodes.ts';

/** Trees of all rounds, `outputs` a round, each with a value a node. */
export interface TreeEnsemble {
  readonly nodes: TreeNodes;
  readonly roots: Uint32Array;
  /** Raw score that a leaf adds; 0 at splits. [nodes] */
  readonly value: Float64Array;
  readonly start: Float64Array;
}

/** The scores before the first tree. [outputs x rows] */
export function startScores(start: Float64Array, rows: number): Float64Array {
  const scores = new Float64Array(rows * start.length);
  start.forEach((value, k) => {
    scores.fill(value, k * rows, (k + 1) * rows);
  });
  return scores;
}

const wordsPerNode = 4;

/**
 * Trees laid out to be run through: a node's four words lie together. They are its column; its rule; the left and the right child. A
 * rule of a threshold says how far a bin is turned (so that a missing one, 0, comes last or first) and which bins then lie below; a
 * negative one is where the set of levels begins, below -1.
 */
export class TreeRunner {
  readonly #words: Int32Array;
  readonly #sets: Uint32Array;
  readonly #value: ArrayLike<number>;
  readonly #first: number;

  /** The nodes from `first` to `end`, whole trees; value: what each of all nodes adds. */
  constructor(nodes: TreeNodes, value: ArrayLike<number>, first = 0, end = nodes.feature.length) {
    this.#first = first;
    this.#value = value;
    this.#sets = nodes.sets;
    this.#words = new Int32Array(wordsPerNode * (end - first));
    for (let node = first, at = 0; node < end; node++, at += wordsPerNode) {
      this.#words[at] = nodes.feature[node];
      if (nodes.feature[node] < 0) continue;
      this.#words[at + 1] = nodes.set[node] >= 0 ? -1 - nodes.set[node] : thresholdRule(nodes, node);
      this.#words[at + 2] = nodes.left[node] - first;
      this.#words[at + 3] = nodes.right[node] - first;
    }
  }

  /** What the tree adds for a row, whose bins begin at `base`. */
  valueAt(root: number, bins: Uint8Array, base: number): number {
    const words = this.#words;
    let at = wordsPerNode * (root - this.#first);
    for (let feature = words[at]; feature >= 0; feature = words[at]) {
      const bin = bins[base + feature];
      const rule = words[at + 1];
      const goesLeft = rule >= 0 ? ((bin + (rule >>> 16)) & 255) < (rule & 0xffff) : inSet(this.#sets, -1 - rule, bin);
      at = wordsPerNode * (goesLeft ? words[at + 2] : words[at + 3]);
    }
    return this.#value[this.#first + at / wordsPerNode];
  }

  /** scores[from + row] += the tree's value for the row, for rows begin .. end - 1. */
  add(
    root: number,
    { bins, columns }: BinnedRows,
    begin: number,
    end: number,
    scores: Float64Array,
    from: number,
  ): void {
    for (let row = begin, base = begin * columns; row < end; row++, base += columns) {
      scores[from + row] += this.valueAt(root, bins, base);
    }
  }
}

/** Missing right: bins are turned by 255, so that 0 comes last. */
const thresholdRule = ({ threshold, missingLeft }: TreeNodes, node: number): number =>
  missingLeft[node] === 1 ? threshold[node] + 1 : (255 << 16) | threshold[node];

/** Bins that stay in the cache while tree after tree runs over them. */
const blockBytes = 16_384;

/** Raw scores of binned rows. [outputs x rows] */
export function ensembleScores({ roots, start }: TreeEnsemble, runner: TreeRunner, data: BinnedRows): Float64Array {
  const { rows, columns } = data;
  const scores = startScores(start, rows);
  const block = Math.max(64, Math.floor(blockBytes / Math.max(1, columns)));
  for (let begin = 0; begin < rows; begin += block) {
    const end = Math.min(rows, begin + block);
    for (let i = 0; i < roots.length; i++) {
      runner.add(roots[i], data, begin, end, scores, (i % start.length) * rows);
    }
  }
  return scores;
}
