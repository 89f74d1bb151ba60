import { type BinnedColumn, binCount } from '../../data/encoders/bin-encoder.ts';
import { binRows, memberships } from '../../models/onnx/bin-rows.ts';
import type { Value } from '../../models/onnx/graph-builder.ts';
import type { GraphRows } from '../../models/onnx/graph-rows.ts';
import type { AttributeValue } from '../../models/onnx/onnx-messages.ts';
import { type CutOfInput, TreeAttributes } from '../../models/onnx/tree-attributes.ts';
import { inSet, type TreeNodes } from './tree-nodes.ts';

/** What the leaves of one tree add: to the outputs from `first` on, `width` numbers, those of node n at `value[n x width]`. */
export interface LeafValues {
  readonly value: ArrayLike<number>;
  readonly width: number;
  /** The first output of the i-th tree. */
  readonly first: (tree: number) => number;
  readonly outputs: number;
}

/**
 * The sums of all trees' leaves, [rows x outputs] float, as one TreeEnsembleRegressor. It looks at bins, which are small whole numbers and
 * so the same in every precision: each numeric column once with the missing bin first and once with it last, and for each split by levels
 * whether the row's level is in its set.
 */
export function treeSums(
  rows: GraphRows,
  columns: readonly BinnedColumn[],
  nodes: TreeNodes,
  roots: ArrayLike<number>,
  leaves: LeafValues,
): Value {
  const { graph } = rows;
  const layout = layoutOf(nodes, columns);
  const bins = binRows(rows, columns);
  const parts = columns.flatMap((column, c): Value[] => {
    const sets = layout.sets[c];
    const own =
      sets.length > 0
        ? [memberships(rows, column, bins[c], sets.length, (set, bin) => inSet(nodes.sets, sets[set], bin))]
        : [];
    if (!layout.isCut[c]) return own;
    const last = graph.where(graph.isGreater(bins[c], 0), bins[c], binCount(column));
    return [graph.cast(bins[c], 'float'), graph.cast(last, 'float'), ...own];
  });
  const inputs =
    parts.length > 0 ? graph.concat(parts) : graph.repeated(graph.row([0], 'float'), 1, rows.columns[0].value);
  // Sums are made in the precision of the inputs.
  return graph.learnedNode(
    'TreeEnsembleRegressor',
    graph.cast(inputs, 'double'),
    attributesOf(nodes, roots, leaves, layout),
    'float',
  );
}

/** Where the inputs of the operator are that a split may ask for. */
interface Layout {
  /** Whether some split cuts this column's bins in two; its two inputs are then at `first`. */
  readonly isCut: readonly boolean[];
  readonly first: readonly number[];
  /** Places in `nodes.sets` of each column's sets, whose inputs follow. */
  readonly sets: readonly (readonly number[])[];
  /** The input of each set, by its place in `nodes.sets`. */
  readonly inputOfSet: ReadonlyMap<number, number>;
}

function layoutOf({ feature, set }: TreeNodes, columns: readonly BinnedColumn[]): Layout {
  const isCut = columns.map(() => false);
  const sets = columns.map((): number[] => []);
  feature.forEach((column, node) => {
    if (column < 0) return;
    if (set[node] >= 0) sets[column].push(set[node]);
    else isCut[column] = true;
  });
  const first: number[] = [];
  const inputOfSet = new Map<number, number>();
  let next = 0;
  for (const [c, own] of sets.entries()) {
    first.push(next);
    next += isCut[c] ? 2 : 0;
    for (const place of own) inputOfSet.set(place, next++);
  }
  return { isCut, first, sets, inputOfSet };
}

function attributesOf(
  nodes: TreeNodes,
  roots: ArrayLike<number>,
  { value, width, first, outputs }: LeafValues,
  layout: Layout,
): Record<string, AttributeValue> {
  const trees = new TreeAttributes();
  for (let tree = 0; tree < roots.length; tree++) {
    const waiting = [roots[tree]];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      const id = node - roots[tree];
      if (nodes.feature[node] >= 0) {
        trees.split(tree, id, cutAt(nodes, node, roots[tree], layout));
        waiting.push(nodes.right[node], nodes.left[node]);
        continue;
      }
      trees.leaf(tree, id);
      for (let k = 0; k < width; k++) trees.add(tree, id, first(tree) + k, value[node * width + k]);
    }
  }
  return trees.finish(outputs);
}

/** A row in the set of a split, whose input is 1, goes left; one of a bin up to the threshold, too. */
function cutAt(
  { feature, threshold, missingLeft, set, left, right }: TreeNodes,
  node: number,
  root: number,
  { first, inputOfSet }: Layout,
): CutOfInput {
  const [toLeft, toRight] = [left[node] - root, right[node] - root];
  const input = inputOfSet.get(set[node]);
  if (input !== undefined) return { input, cut: 0.5, yes: toRight, no: toLeft };
  const side = missingLeft[node] ? 0 : 1;
  return { input: first[feature[node]] + side, cut: threshold[node] + 0.5, yes: toLeft, no: toRight };
}
