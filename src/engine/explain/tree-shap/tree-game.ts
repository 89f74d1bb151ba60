import { numberGoesLeft, type Trees } from '../../models/tree-ensemble.ts';

/** Who the players are: the raw columns that the trees ask for. */
export interface TreePlayers {
  readonly columns: readonly string[];
  /** [nodes] the player that decides a split, -1 of a leaf. */
  readonly player: Int32Array;
}

/** What a tree pays to a coalition of columns of one row, and what each column's Shapley value of that is. */
export interface TreeGame {
  /** Adds the Shapley values of one tree's score. numbers: [rows x inputs]; into: [rows x players] */
  add(tree: number, score: number, numbers: Float64Array, inputs: number, into: Float64Array): void;
  /** What the tree pays to nobody. */
  expected(tree: number, score: number): number;
  /** Elementary steps of `add` for one row, about. */
  work(tree: number): number;
}

export function treePlayers({ nodes }: Trees, columnOfInput: readonly string[]): TreePlayers {
  const columns = [...new Set(columnOfInput)];
  const playerOf = columnOfInput.map((column) => columns.indexOf(column));
  return { columns, player: nodes.input.map((input) => (input < 0 ? -1 : playerOf[input])) };
}

export const playerCount = (player: Int32Array): number => player.reduce((most, one) => Math.max(most, one), -1) + 1;

/** The node after the last one of a tree. */
export const endOf = ({ roots, nodes }: Trees, tree: number): number =>
  tree + 1 < roots.length ? roots[tree + 1] : nodes.input.length;

/** What a leaf adds to a score; 0 where its tree adds to another one. */
export function leafValue({ value, scoreOf, start }: Trees, tree: number, score: number, leaf: number): number {
  if (scoreOf) return scoreOf[tree] === score ? value[leaf] : 0;
  return value[leaf * start.length + score];
}

/** [nodes] how many of these rows reach each node. numbers: [rows x inputs] */
export function countedCover({ nodes, roots }: Trees, numbers: Float64Array, inputs: number): Float64Array {
  const cover = new Float64Array(nodes.input.length);
  for (let base = 0; base < numbers.length; base += inputs) {
    for (const root of roots) {
      let node = root;
      cover[node]++;
      while (nodes.input[node] >= 0) {
        node = numberGoesLeft(nodes, node, numbers[base + nodes.input[node]]) ? nodes.left[node] : nodes.right[node];
        cover[node]++;
      }
    }
  }
  return cover;
}
