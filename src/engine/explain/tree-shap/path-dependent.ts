import { numberGoesLeft, type Trees } from '../../models/tree-ensemble.ts';
import { gaussLegendre, type Quadrature } from '../../numerics/gauss-legendre.ts';
import { endOf, leafValue, playerCount, type TreeGame } from './tree-game.ts';

interface PathQuadrature extends Quadrature {
  /** [points] 1 / (1 - t) */
  readonly absentInverses: Float64Array;
}

function pathQuadrature(points: number): PathQuadrature {
  const quadrature = gaussLegendre(points);
  return { ...quadrature, absentInverses: quadrature.nodes.map((t) => 1 / (1 - t)) };
}

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
  /** [nodes] share of the parent's rows that go on to this node. */
  readonly #edgeShare: Float64Array;
  /** [nodes] where the last edge above with the same column ends, -1 where there is none. */
  readonly #before: Int32Array;
  /** [trees] */
  readonly #quadratures: (PathQuadrature | undefined)[] = [];
  /** By their number of points. */
  readonly #known = new Map<number, PathQuadrature>();
  readonly #cover: Float64Array;
  /** [players] the last edge on the way down, -1 before and after. */
  readonly #lastEdges: Int32Array;
  /** Scratch of one tree: [nodes x points] and [nodes] whether the row follows the edge and those of the same column above. */
  #products = new Float64Array(0);
  #factors = new Float64Array(0);
  #inverses = new Float64Array(0);
  #follows = new Uint8Array(0);

  /** cover: [nodes] rows that reached each. */
  constructor(trees: Trees, player: Int32Array, cover: Float64Array) {
    this.#trees = trees;
    this.#player = player;
    this.#share = new Float64Array(player.length);
    this.#edgeShare = new Float64Array(player.length);
    this.#before = new Int32Array(player.length).fill(-1);
    this.#cover = cover;
    this.#lastEdges = new Int32Array(playerCount(player)).fill(-1);
  }

  /** Of a tree, which is learnt when it is first asked for: a large forest takes seconds. */
  #quadratureOf(tree: number): PathQuadrature {
    const learnt = this.#quadratures[tree];
    if (learnt) return learnt;
    const points = Math.max(1, Math.ceil(this.#learnPaths(tree) / 2));
    const quadrature = this.#known.get(points) ?? pathQuadrature(points);
    this.#known.set(points, quadrature);
    this.#quadratures[tree] = quadrature;
    return quadrature;
  }

  /** Shares and edges before of one tree; returns the most columns on a path. */
  #learnPaths(tree: number): number {
    const { nodes, roots } = this.#trees;
    const [cover, lastEdges] = [this.#cover, this.#lastEdges];
    let most = 0;
    const visit = (node: number, columns: number): void => {
      most = Math.max(most, columns);
      const player = this.#player[node];
      if (player < 0) return;
      const before = lastEdges[player];
      const sum = cover[nodes.left[node]] + cover[nodes.right[node]];
      for (const child of [nodes.left[node], nodes.right[node]]) {
        this.#before[child] = before;
        this.#edgeShare[child] = sum > 0 ? cover[child] / sum : 0.5;
        this.#share[child] = (before < 0 ? 1 : this.#share[before]) * this.#edgeShare[child];
        lastEdges[player] = child;
        visit(child, columns + (before < 0 ? 1 : 0));
      }
      lastEdges[player] = before;
    };
    visit(roots[tree], 0);
    return most;
  }

  work(tree: number): number {
    return (endOf(this.#trees, tree) - this.#trees.roots[tree]) * (4 + this.#quadratureOf(tree).nodes.length);
  }

  expected(tree: number, score: number): number {
    this.#quadratureOf(tree);
    const { nodes, roots } = this.#trees;
    const visit = (node: number): number => {
      if (nodes.input[node] < 0) return leafValue(this.#trees, tree, score, node);
      return (
        this.#edgeShare[nodes.left[node]] * visit(nodes.left[node]) +
        this.#edgeShare[nodes.right[node]] * visit(nodes.right[node])
      );
    };
    return visit(roots[tree]);
  }

  add(tree: number, score: number, numbers: Float64Array, inputs: number, into: Float64Array): void {
    if (inputs === 0 || (this.#trees.scoreOf && this.#trees.scoreOf[tree] !== score)) return;
    const points = this.#quadratureOf(tree).nodes.length;
    const size = endOf(this.#trees, tree) - this.#trees.roots[tree];
    if (this.#products.length < size * points) {
      this.#products = new Float64Array(size * points);
      this.#factors = new Float64Array(size * points);
      this.#inverses = new Float64Array(size * points);
    }
    if (this.#follows.length < size) this.#follows = new Uint8Array(size);
    this.#writeFactors(tree);
    const rows = numbers.length / inputs;
    for (let row = 0; row < rows; row++) {
      this.#multiplyDown(tree, score, numbers, row * inputs);
      this.#addUp(tree, into, (row * into.length) / rows);
    }
  }

  /** `t + (1 - t) share` of every node, the factor of a column whose way to here the row follows, and its inverse. */
  #writeFactors(tree: number): void {
    const { nodes: t } = this.#quadratureOf(tree);
    const root = this.#trees.roots[tree];
    const end = endOf(this.#trees, tree);
    for (let node = root, at = 0; node < end; node++) {
      const share = this.#share[node];
      for (let q = 0; q < t.length; q++, at++) {
        this.#factors[at] = t[q] + share * (1 - t[q]);
        this.#inverses[at] = 1 / this.#factors[at];
      }
    }
  }

  /** Leaves `value x weight x product` at the leaves. */
  #multiplyDown(tree: number, score: number, numbers: Float64Array, base: number): void {
    const { nodes, roots } = this.#trees;
    const { input, left, right } = nodes;
    const { nodes: t, weights } = this.#quadratureOf(tree);
    const [products, follows, before, shares] = [this.#products, this.#follows, this.#before, this.#share];
    const [factors, inverses] = [this.#factors, this.#inverses];
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
      const last = before[left[node]];
      if (last >= 0 && follows[last - root] === 0) {
        this.#shareOut(from, left[node] - root, right[node] - root, root, points);
        continue;
      }
      const goesLeft = numberGoesLeft(nodes, node, numbers[base + input[node]]);
      const own = goesLeft ? left[node] : right[node];
      const other = goesLeft ? right[node] : left[node];
      const otherShare = shares[other];
      const to = (own - root) * points;
      const toOther = (other - root) * points;
      const atLast = (last - root) * points;
      follows[own - root] = 1;
      follows[other - root] = 0;
      for (let q = 0; q < points; q++) {
        // The factor of the edge before makes room for this one's.
        const product = last < 0 ? products[from + q] : products[from + q] * inverses[atLast + q];
        products[to + q] = product * factors[to + q];
        products[toOther + q] = product * otherShare * (1 - t[q]);
      }
    }
  }

  /** Where the row has left the way of this column already: the children have the parent's products by their shares. */
  #shareOut(from: number, left: number, right: number, root: number, points: number): void {
    const products = this.#products;
    const leftShare = this.#edgeShare[root + left];
    const rightShare = this.#edgeShare[root + right];
    this.#follows[left] = 0;
    this.#follows[right] = 0;
    for (let q = 0; q < points; q++) {
      const product = products[from + q];
      products[left * points + q] = product * leftShare;
      products[right * points + q] = product * rightShare;
    }
  }

  /**
   * Adds what the leaves below each edge say of its column: (o - r) / (t o + (1 - t) r) times their sum, less the same for the edge before,
   * whose factor does not stand in these leaves' products. Where the row has left the column's way before, both are the same.
   */
  #addUp(tree: number, into: Float64Array, first: number): void {
    const { nodes, roots } = this.#trees;
    const { input, left, right } = nodes;
    const { absentInverses } = this.#quadratureOf(tree);
    const [products, follows, before, shares] = [this.#products, this.#follows, this.#before, this.#share];
    const inverses = this.#inverses;
    const points = absentInverses.length;
    const root = roots[tree];
    for (let node = endOf(this.#trees, tree) - 1; node >= root; node--) {
      if (input[node] < 0) continue;
      const to = (node - root) * points;
      const last = before[left[node]];
      if (last >= 0 && follows[last - root] === 0) {
        const one = (left[node] - root) * points;
        const two = (right[node] - root) * points;
        for (let q = 0; q < points; q++) products[to + q] = products[one + q] + products[two + q];
        continue;
      }
      const isLeft = follows[left[node] - root] === 1;
      const own = isLeft ? left[node] : right[node];
      const from = (own - root) * points;
      const fromOther = ((isLeft ? right[node] : left[node]) - root) * points;
      const atLast = (last - root) * points;
      let joined = 0;
      let parted = 0;
      let saidBefore = 0;
      for (let q = 0; q < points; q++) {
        const sum = products[from + q] + products[fromOther + q];
        joined += products[from + q] * inverses[from + q];
        parted += products[fromOther + q] * absentInverses[q];
        if (last >= 0) saidBefore += sum * inverses[atLast + q];
        products[to + q] = sum;
      }
      const lastShare = last < 0 ? 1 : shares[last];
      into[first + this.#player[node]] += (1 - shares[own]) * joined - parted - (1 - lastShare) * saidBefore;
    }
  }
}
