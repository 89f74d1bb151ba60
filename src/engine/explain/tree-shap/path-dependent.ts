import { numberGoesLeft, type Trees } from '../../models/tree-ensemble.ts';
import { gaussLegendre, type Quadrature } from '../../numerics/gauss-legendre.ts';
import { endOf, leafValue, playerCount, type TreeGame } from './tree-game.ts';

/**
 * Path-dependent TreeSHAP (Lundberg et al. 2020, algorithm 2): at a split by a column that is not in the coalition both ways are
 * followed, in proportion to the training rows that took them.
 *
 * In linear time (as Yu et al. 2022), by the multilinear extension (Owen 1972): where every column joins with probability t, a leaf is
 * worth its value times the product of t o + (1 - t) r over the columns of its path, o = 1 where the row follows all their splits and r
 * the share of rows that do. A column's Shapley value is the integral over t of the product of the others, times o - r: a
 * polynomial, so that Gauss-Legendre quadrature with half as many points as columns is exact. All factors are positive: nothing cancels.
 * One pass down multiplies, one pass up adds up.
 */
export class PathDependent implements TreeGame {
  readonly #trees: Trees;
  readonly #player: Int32Array;
  /** [nodes] share of rows that follow all splits of the edge's column, from the root to this node. */
  readonly #share: Float64Array;
  /** [nodes] where the last edge above with the same column ends, -1 where there is none. */
  readonly #before: Int32Array;
  /** [trees] */
  readonly #quadratures: readonly Quadrature[];
  /** Scratch of one tree: [nodes x points] and [nodes] whether the row follows the edge and those of the same column above. */
  #products = new Float64Array(0);
  #follows = new Uint8Array(0);

  /** cover: [nodes] rows that reached each. */
  constructor(trees: Trees, player: Int32Array, cover: Float64Array) {
    this.#trees = trees;
    this.#player = player;
    this.#share = new Float64Array(player.length);
    this.#before = new Int32Array(player.length).fill(-1);
    const known = new Map<number, Quadrature>();
    const lastEdges = new Int32Array(playerCount(player)).fill(-1);
    this.#quadratures = Array.from(trees.roots, (_, tree) => {
      const points = Math.max(1, Math.ceil(this.#learnPaths(tree, cover, lastEdges) / 2));
      if (!known.has(points)) known.set(points, gaussLegendre(points));
      return known.get(points)!;
    });
  }

  /** Shares and edges before of one tree; returns the most columns on a path. lastEdges: [players], -1 before and after. */
  #learnPaths(tree: number, cover: Float64Array, lastEdges: Int32Array): number {
    const { nodes, roots } = this.#trees;
    let most = 0;
    const visit = (node: number, columns: number): void => {
      most = Math.max(most, columns);
      const player = this.#player[node];
      if (player < 0) return;
      const before = lastEdges[player];
      const sum = cover[nodes.left[node]] + cover[nodes.right[node]];
      for (const child of [nodes.left[node], nodes.right[node]]) {
        this.#before[child] = before;
        this.#share[child] = (before < 0 ? 1 : this.#share[before]) * (sum > 0 ? cover[child] / sum : 0.5);
        lastEdges[player] = child;
        visit(child, columns + (before < 0 ? 1 : 0));
      }
      lastEdges[player] = before;
    };
    visit(roots[tree], 0);
    return most;
  }

  work(tree: number): number {
    return (endOf(this.#trees, tree) - this.#trees.roots[tree]) * (4 + this.#quadratures[tree].nodes.length);
  }

  expected(tree: number, score: number): number {
    const { nodes, roots } = this.#trees;
    const visit = (node: number): number => {
      if (nodes.input[node] < 0) return leafValue(this.#trees, tree, score, node);
      return (
        this.#edgeShare(nodes.left[node]) * visit(nodes.left[node]) +
        this.#edgeShare(nodes.right[node]) * visit(nodes.right[node])
      );
    };
    return visit(roots[tree]);
  }

  #edgeShare(node: number): number {
    const before = this.#before[node];
    if (before < 0) return this.#share[node];
    return this.#share[before] > 0 ? this.#share[node] / this.#share[before] : 0;
  }

  add(tree: number, score: number, numbers: Float64Array, base: number, into: Float64Array): void {
    if (this.#trees.scoreOf && this.#trees.scoreOf[tree] !== score) return;
    const points = this.#quadratures[tree].nodes.length;
    const size = endOf(this.#trees, tree) - this.#trees.roots[tree];
    if (this.#products.length < size * points) this.#products = new Float64Array(size * points);
    if (this.#follows.length < size) this.#follows = new Uint8Array(size);
    this.#multiplyDown(tree, score, numbers, base);
    this.#addUp(tree, into);
  }

  /** Leaves `value x weight x product` at the leaves, and 0 at the splits. */
  #multiplyDown(tree: number, score: number, numbers: Float64Array, base: number): void {
    const { nodes, roots } = this.#trees;
    const { input, left, right } = nodes;
    const { nodes: t, weights } = this.#quadratures[tree];
    const [products, follows, before] = [this.#products, this.#follows, this.#before];
    const points = t.length;
    const root = roots[tree];
    const end = endOf(this.#trees, tree);
    products.fill(1, 0, points);
    // Children stand after their parents.
    for (let node = root, from = 0; node < end; node++, from += points) {
      if (input[node] < 0) {
        const value = leafValue(this.#trees, tree, score, node);
        for (let q = 0; q < points; q++) products[from + q] *= value * weights[q];
        continue;
      }
      const goesLeft = numberGoesLeft(nodes, node, numbers[base + input[node]]);
      const last = before[left[node]];
      const mayFollow = last < 0 || follows[last - root] === 1;
      this.#multiplyEdge(from, left[node] - root, root, last, mayFollow && goesLeft, mayFollow, t);
      this.#multiplyEdge(from, right[node] - root, root, last, mayFollow && !goesLeft, mayFollow, t);
      products.fill(0, from, from + points);
    }
  }

  /** The child's products are the parent's, with the column's factor renewed. */
  #multiplyEdge(
    from: number,
    child: number,
    root: number,
    last: number,
    isFollowed: boolean,
    mayFollow: boolean,
    t: Float64Array,
  ): void {
    const products = this.#products;
    const points = t.length;
    const to = child * points;
    const share = this.#share[root + child];
    this.#follows[child] = isFollowed ? 1 : 0;
    if (!mayFollow) {
      const factor = this.#edgeShare(root + child);
      for (let q = 0; q < points; q++) products[to + q] = products[from + q] * factor;
    } else if (last < 0) {
      const joined = isFollowed ? 1 : 0;
      for (let q = 0; q < points; q++) products[to + q] = products[from + q] * (joined * t[q] + share * (1 - t[q]));
    } else {
      const joined = isFollowed ? 1 : 0;
      const lastShare = this.#share[last];
      for (let q = 0; q < points; q++) {
        const absent = 1 - t[q];
        products[to + q] = (products[from + q] * (joined * t[q] + share * absent)) / (t[q] + lastShare * absent);
      }
    }
  }

  /**
   * Adds what the leaves below each edge say of its column: (o - r) / (t o + (1 - t) r) times their sum, less the same for the edge before,
   * whose factor does not stand in these leaves' products.
   */
  #addUp(tree: number, into: Float64Array): void {
    const { nodes, roots } = this.#trees;
    const { input, left, right } = nodes;
    const { nodes: t } = this.#quadratures[tree];
    const [products, follows, before, player] = [this.#products, this.#follows, this.#before, this.#player];
    const points = t.length;
    const root = roots[tree];
    for (let node = endOf(this.#trees, tree) - 1; node >= root; node--) {
      if (input[node] < 0) continue;
      const to = (node - root) * points;
      for (let side = 0; side < 2; side++) {
        const child = side === 0 ? left[node] : right[node];
        const from = (child - root) * points;
        const last = before[child];
        const mayFollow = last < 0 || follows[last - root] === 1;
        if (mayFollow) {
          let said = this.#saidBelow(from, t, follows[child - root] === 1, this.#share[child]);
          if (last >= 0) said -= this.#saidBelow(from, t, true, this.#share[last]);
          into[player[node]] += said;
        }
        for (let q = 0; q < points; q++) products[to + q] += products[from + q];
      }
    }
  }

  #saidBelow(from: number, t: Float64Array, isFollowed: boolean, share: number): number {
    const products = this.#products;
    let sum = 0;
    if (!isFollowed) for (let q = 0; q < t.length; q++) sum -= products[from + q] / (1 - t[q]);
    else {
      for (let q = 0; q < t.length; q++) sum += products[from + q] / (t[q] + share * (1 - t[q]));
      sum *= 1 - share;
    }
    return sum;
  }
}
