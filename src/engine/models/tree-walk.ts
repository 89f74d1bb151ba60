/** What a walk needs of nodes; children stand after their parents. All arrays are [nodes]. */
export interface WalkedNodes {
  /** Place among a row's numbers; -1 of a leaf. */
  readonly input: Int32Array;
  /** A row goes left where its number is at most this. */
  readonly threshold: ArrayLike<number>;
  /** Where a row goes whose number is NaN. */
  readonly missingLeft: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/** Rows that walk down the trees one after the other, so that their numbers stay in the nearest cache; a multiple of four. */
const blockRows = 256;

/**
 * Trees laid out for being walked down by many rows, as Asadi, Lin and de Vries (2014) have it: siblings lie side by side, so that a
 * comparison is an addition and no branch; a leaf leads to itself, so that four rows go down together and wait for each other at no test of
 * their own. What leaves add is added tree by tree, in their order, whatever the layout.
 */
export class TreeWalk {
  /** [nodes] of the walk's own order: the place of a number; 0 at a leaf. */
  readonly #input: Int32Array;
  /** Infinity at a leaf. */
  readonly #threshold: Float64Array;
  /** The left child, whose sibling is the next one; a leaf itself. */
  readonly #child: Int32Array;
  /** -1 at a leaf, else 0. */
  readonly #isLeaf: Int8Array;
  /** [nodes x width] */
  readonly #value: Float64Array;
  readonly #roots: Int32Array;
  readonly #inputs: number;
  readonly #width: number;
  /** Numbers stand twice in a row: with missing ones above all others, and below. */
  readonly #isDouble: boolean;

  /**
   * @param inputs numbers of a row
   * @param value [nodes x width] what a leaf adds
   */
  constructor(nodes: WalkedNodes, roots: ArrayLike<number>, inputs: number, value: ArrayLike<number>) {
    const count = nodes.input.length;
    this.#inputs = inputs;
    this.#width = count === 0 ? 0 : value.length / count;
    this.#isDouble = nodes.missingLeft.some((isLeft, node) => isLeft === 1 && nodes.input[node] >= 0);
    this.#input = new Int32Array(count);
    this.#threshold = new Float64Array(count);
    this.#child = new Int32Array(count);
    this.#isLeaf = new Int8Array(count);
    this.#value = new Float64Array(count * this.#width);
    this.#roots = new Int32Array(roots.length);
    let next = 0;
    for (let tree = 0; tree < roots.length; tree++) {
      this.#roots[tree] = next;
      next = this.#lay(nodes, value, roots[tree], next);
    }
  }

  /** Lays a tree breadth first from `place` on; the place after it. */
  #lay(nodes: WalkedNodes, value: ArrayLike<number>, root: number, place: number): number {
    const order = [root];
    for (let i = 0; i < order.length; i++) {
      const node = order[i];
      const at = place + i;
      for (let k = 0; k < this.#width; k++) this.#value[at * this.#width + k] = value[node * this.#width + k];
      const input = nodes.input[node];
      if (input < 0) {
        this.#isLeaf[at] = -1;
        this.#threshold[at] = Number.POSITIVE_INFINITY;
        this.#child[at] = at;
        continue;
      }
      this.#input[at] = input + (nodes.missingLeft[node] === 1 ? this.#inputs : 0);
      this.#threshold[at] = nodes.threshold[node];
      this.#child[at] = place + order.length;
      order.push(nodes.left[node], nodes.right[node]);
    }
    return place + order.length;
  }

  /**
   * Adds to each row what its leaves add.
   * @param numbers [rows x inputs] row-major, NaN where missing
   * @param sums [rows x width]
   */
  add(numbers: ArrayLike<number>, sums: Float64Array): void {
    const rows = numbers.length / this.#inputs;
    const wide = this.#inputs * (this.#isDouble ? 2 : 1);
    const block = new Float64Array(blockRows * wide);
    for (let from = 0; from < rows; from += blockRows) {
      const count = Math.min(blockRows, rows - from);
      this.#fill(block, wide, numbers, from, count);
      for (const root of this.#roots) this.#walk(root, block, wide, count, sums, from);
    }
  }

  #fill(block: Float64Array, wide: number, numbers: ArrayLike<number>, from: number, count: number): void {
    const inputs = this.#inputs;
    for (let row = 0; row < count; row++)
      for (let j = 0; j < inputs; j++) {
        const value = numbers[(from + row) * inputs + j];
        const isMissing = Number.isNaN(value);
        block[row * wide + j] = isMissing ? Number.POSITIVE_INFINITY : value;
        if (this.#isDouble) block[row * wide + inputs + j] = isMissing ? Number.NEGATIVE_INFINITY : value;
      }
  }

  /** One tree, four rows at a time; of the last few some walk along that nobody asked for. */
  #walk(root: number, block: Float64Array, wide: number, count: number, sums: Float64Array, from: number): void {
    const [input, threshold, child, isLeaf] = [this.#input, this.#threshold, this.#child, this.#isLeaf];
    for (let row = 0; row < count; row += 4) {
      const base = row * wide;
      const [b, c, d] = [base + wide, base + 2 * wide, base + 3 * wide];
      let [p, q, r, s] = [root, root, root, root];
      while ((isLeaf[p] & isLeaf[q] & isLeaf[r] & isLeaf[s]) === 0) {
        p = child[p] + +(block[base + input[p]] > threshold[p]);
        q = child[q] + +(block[b + input[q]] > threshold[q]);
        r = child[r] + +(block[c + input[r]] > threshold[r]);
        s = child[s] + +(block[d + input[s]] > threshold[s]);
      }
      this.#take(p, sums, from + row);
      if (row + 1 < count) this.#take(q, sums, from + row + 1);
      if (row + 2 < count) this.#take(r, sums, from + row + 2);
      if (row + 3 < count) this.#take(s, sums, from + row + 3);
    }
  }

  #take(leaf: number, sums: Float64Array, row: number): void {
    const width = this.#width;
    for (let k = 0; k < width; k++) sums[row * width + k] += this.#value[leaf * width + k];
  }
}
