import { numberGoesLeft, type Trees } from '../../models/tree-ensemble.ts';
import { leafValue, playerCount, type TreeGame } from './tree-game.ts';

/** The tree that is walked, the row's numbers from `base` on and the background row's from `other` on, and where the values go. */
interface Walk {
  readonly tree: number;
  readonly score: number;
  readonly numbers: Float64Array;
  readonly base: number;
  readonly other: number;
  readonly into: Float64Array;
}

/**
 * Interventional TreeSHAP (Lundberg et al. 2020, algorithm 3): columns that are not in the coalition take their values from background
 * rows, one after the other. Where the explained and the background row part, both ways are followed; a leaf that asks `a` columns of
 * the one and `b` of the other pays (a - 1)! b! / (a + b)! to each of the former and takes a! (b - 1)! / (a + b)! of each of the latter.
 */
export class Interventional implements TreeGame {
  readonly #trees: Trees;
  readonly #player: Int32Array;
  readonly #background: Float64Array;
  readonly #inputs: number;
  readonly #rows: number;
  /** [most + 1 squared] (a - 1)! b! / (a + b)! at a x (most + 1) + b; 0 where a is 0. */
  readonly #pays: Float64Array;
  readonly #stride: number;
  /** [players] whose values the way down took: nobody's yet, the explained row's (1) or the background row's (2). */
  readonly #taken: Uint8Array;
  #walk: Walk = { tree: 0, score: 0, numbers: new Float64Array(0), base: 0, other: 0, into: new Float64Array(0) };
  /** Sums over the leaves below, of what is paid to one column of the explained row and what is taken from one of the other's. */
  readonly #below = new Float64Array(2);

  /** background: [rows x inputs] */
  constructor(trees: Trees, player: Int32Array, background: Float64Array, inputs: number, rows: number) {
    this.#trees = trees;
    this.#player = player;
    this.#background = background;
    this.#inputs = inputs;
    this.#rows = rows;
    const players = playerCount(player);
    const most = Math.min(players, deepest(trees));
    this.#taken = new Uint8Array(players);
    this.#stride = most + 1;
    this.#pays = payments(most);
  }

  work(): number {
    return 40 * this.#rows;
  }

  expected(tree: number, score: number): number {
    const rows = this.#rows;
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += leafValue(this.#trees, tree, score, this.#leafOf(tree, row));
    return sum / rows;
  }

  #leafOf(tree: number, row: number): number {
    const { nodes, roots } = this.#trees;
    let node = roots[tree];
    while (nodes.input[node] >= 0) {
      const value = this.#background[row * this.#inputs + nodes.input[node]];
      node = numberGoesLeft(nodes, node, value) ? nodes.left[node] : nodes.right[node];
    }
    return node;
  }

  add(tree: number, score: number, numbers: Float64Array, inputs: number, into: Float64Array): void {
    if (inputs === 0 || (this.#trees.scoreOf && this.#trees.scoreOf[tree] !== score)) return;
    const players = (into.length * inputs) / numbers.length;
    for (let base = 0, first = 0; base < numbers.length; base += inputs, first += players)
      this.#addRow(tree, score, numbers, base, into.subarray(first, first + players));
  }

  #addRow(tree: number, score: number, numbers: Float64Array, base: number, into: Float64Array): void {
    const sums = new Float64Array(into.length);
    const rows = this.#rows;
    for (let row = 0; row < rows; row++) {
      this.#walk = { tree, score, numbers, base, other: row * this.#inputs, into: sums };
      this.#visit(this.#trees.roots[tree], 0, 0);
    }
    for (let player = 0; player < into.length; player++) into[player] += sums[player] / rows;
  }

  /** Follows a way that took `own` columns from the explained row and `others` from the background row. */
  #visit(from: number, own: number, others: number): void {
    const { nodes } = this.#trees;
    const { input, left, right } = nodes;
    const { numbers, base, other } = this.#walk;
    const [taken, background, below] = [this.#taken, this.#background, this.#below];
    let node = from;
    while (input[node] >= 0) {
      const isLeft = numberGoesLeft(nodes, node, numbers[base + input[node]]);
      const isOtherLeft = numberGoesLeft(nodes, node, background[other + input[node]]);
      const player = this.#player[node];
      const child = isLeft ? left[node] : right[node];
      if (isLeft === isOtherLeft || taken[player] === 1) {
        node = child;
        continue;
      }
      const otherChild = isOtherLeft ? left[node] : right[node];
      if (taken[player] === 2) {
        node = otherChild;
        continue;
      }
      taken[player] = 1;
      this.#visit(child, own + 1, others);
      const [paid, kept] = [below[0], below[1]];
      taken[player] = 2;
      this.#visit(otherChild, own, others + 1);
      taken[player] = 0;
      this.#walk.into[player] += paid - below[1];
      below[0] += paid;
      below[1] += kept;
      return;
    }
    const value = leafValue(this.#trees, this.#walk.tree, this.#walk.score, node);
    below[0] = value * this.#pays[own * this.#stride + others];
    below[1] = value * this.#pays[others * this.#stride + own];
  }
}

/** Splits on the longest way down. */
function deepest({ nodes }: Trees): number {
  const depth = new Uint32Array(nodes.input.length);
  let most = 0;
  // Children stand after their parents.
  nodes.input.forEach((input, node) => {
    most = Math.max(most, depth[node]);
    if (input < 0) return;
    depth[nodes.left[node]] = depth[node] + 1;
    depth[nodes.right[node]] = depth[node] + 1;
  });
  return most;
}

/** (a - 1)! b! / (a + b)! for all a and b up to `most`, from those with one column less. */
function payments(most: number): Float64Array {
  const stride = most + 1;
  const pays = new Float64Array(stride * stride);
  for (let a = 1; a <= most; a++) {
    pays[a * stride] = 1 / a;
    for (let b = 1; b <= most; b++) pays[a * stride + b] = (pays[a * stride + b - 1] * b) / (a + b);
  }
  return pays;
}
