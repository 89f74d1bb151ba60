import { type BinnedColumn, binCount } from '../../data/encoders/bin-encoder.ts';
import { binRows, memberships } from '../../models/onnx/bin-rows.ts';
import type { Value } from '../../models/onnx/graph-builder.ts';
import type { GraphRows } from '../../models/onnx/graph-rows.ts';
import type { AttributeValue } from '../../models/onnx/onnx-messages.ts';
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
  let next = 0;
  for (const [c, own] of sets.entries()) {
    first.push(next);
    next += (isCut[c] ? 2 : 0) + own.length;
  }
  return { isCut, first, sets };
}

function attributesOf(
  nodes: TreeNodes,
  roots: ArrayLike<number>,
  { value, width, first, outputs }: LeafValues,
  layout: Layout,
): Record<string, AttributeValue> {
  const all = {
    tree: [] as number[],
    id: [] as number[],
    input: [] as number[],
    cut: [] as number[],
    mode: [] as string[],
    yes: [] as number[],
    no: [] as number[],
  };
  const target = { tree: [] as number[], id: [] as number[], output: [] as number[], weight: [] as number[] };
  const placeOfSet = new Map(
    layout.sets.flatMap((own, c) =>
      own.map((set, i) => [set, layout.first[c] + (layout.isCut[c] ? 2 : 0) + i] as const),
    ),
  );
  for (let tree = 0; tree < roots.length; tree++) {
    const waiting = [roots[tree]];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      const column = nodes.feature[node];
      all.tree.push(tree);
      all.id.push(node - roots[tree]);
      if (column < 0) {
        all.mode.push('LEAF');
        for (const list of [all.input, all.cut, all.yes, all.no]) list.push(0);
        for (let k = 0; k < width; k++) {
          target.tree.push(tree);
          target.id.push(node - roots[tree]);
          target.output.push(first(tree) + k);
          target.weight.push(value[node * width + k]);
        }
        continue;
      }
      const isSet = nodes.set[node] >= 0;
      const [left, right] = [nodes.left[node], nodes.right[node]];
      waiting.push(right, left);
      all.mode.push('BRANCH_LEQ');
      all.input.push(
        isSet ? placeOfSet.get(nodes.set[node])! : layout.first[column] + (nodes.missingLeft[node] ? 0 : 1),
      );
      all.cut.push(isSet ? 0.5 : nodes.threshold[node] + 0.5);
      // A row in the set, 1, goes left.
      all.yes.push((isSet ? right : left) - roots[tree]);
      all.no.push((isSet ? left : right) - roots[tree]);
    }
  }
  const integers = (values: readonly number[]): AttributeValue => ({ kind: 'integers', values });
  const doubles = (values: readonly number[]): AttributeValue => ({
    kind: 'tensor',
    tensor: { type: 'double', shape: [values.length], values },
  });
  return {
    n_targets: { kind: 'integer', value: outputs },
    nodes_treeids: integers(all.tree),
    nodes_nodeids: integers(all.id),
    nodes_featureids: integers(all.input),
    nodes_values_as_tensor: doubles(all.cut),
    nodes_modes: { kind: 'texts', values: all.mode },
    nodes_truenodeids: integers(all.yes),
    nodes_falsenodeids: integers(all.no),
    target_treeids: integers(target.tree),
    target_nodeids: integers(target.id),
    target_ids: integers(target.output),
    target_weights_as_tensor: doubles(target.weight),
  };
}
