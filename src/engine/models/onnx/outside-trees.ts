import { columnNamed, type Table } from '../../data/table.ts';
import type { TreeEnsemble, TreeNodesOfInputs, Trees } from '../tree-ensemble.ts';
import { numberAt, wrongModel } from './outside-inputs.ts';
import type { Signature } from './outside-model.ts';
import { type TreeOperator, treeOperator } from './tree-operator.ts';

/** Larger models are not looked into. */
const mostBytes = 64 * 2 ** 20;

/**
 * The trees of an outside model whose graph is one operator on trees over one matrix of numbers, and whose sums are its predictions or their
 * log odds; undefined of any other. The format does not say how many rows took which way.
 */
export function outsideTrees(model: Uint8Array, { inputs, output }: Signature): TreeEnsemble | undefined {
  if (inputs.kind !== 'matrix' || model.length > mostBytes) return undefined;
  const operator = readable(model);
  if (!operator || operator.input !== inputs.name || !operator.outputs.includes(output.name)) return undefined;
  const sums = sumsOf(operator, output);
  const isKnown = operator.texts('nodes_modes').every((mode) => Object.hasOwn(cutOf, mode));
  if (!sums || !isKnown) return undefined;
  const is32 = inputs.type === 'float32' || operator.isCast;
  const { columns } = inputs;
  let trees: Trees | undefined;
  return {
    treeInputs: () => columns.map((name) => ({ name, column: name })),
    trees() {
      trees ??= treesOf(operator, sums, shapeOf(operator, is32));
      return trees;
    },
    treeNumbers: (rows) => matrixOf(rows, columns, is32),
  };
}

/** What is no model at all is said where it is opened. */
function readable(model: Uint8Array): TreeOperator | undefined {
  try {
    return treeOperator(model);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Which of the operator's sums are scores, and what the scores are. */
interface Sums {
  readonly scale: Trees['scale'];
  /** [scores] places of the operator's outputs. */
  readonly places: readonly number[];
  /** The operator gives one sum, of the second of two classes: its log odds, or its probability. */
  readonly isSingle: boolean;
}

function sumsOf(operator: TreeOperator, output: Signature['output']): Sums | undefined {
  const [transform = 'NONE'] = operator.texts('post_transform');
  if (output.kind === 'values') {
    const isOne = !operator.isClassifier && (operator.numbers('n_targets')[0] ?? 1) === 1;
    return isOne && transform === 'NONE' ? { scale: 'predictions', places: [0], isSingle: false } : undefined;
  }
  if (!operator.isClassifier || output.kind !== 'probabilities') return undefined;
  const { places } = output;
  const isSingle = new Set(operator.numbers('class_ids')).size === 1 && places.length === 2;
  if (isSingle && transform === 'NONE') return { scale: 'predictions', places, isSingle };
  if (isSingle)
    return transform === 'LOGISTIC' && isInOrder(places) ? { scale: 'log odds', places: [0], isSingle } : undefined;
  if (transform === 'NONE') return { scale: 'predictions', places, isSingle };
  return transform === 'SOFTMAX' && places.length > 2 ? { scale: 'log odds', places, isSingle } : undefined;
}

const isInOrder = (places: readonly number[]) => places.every((place, k) => place === k);

interface Shape {
  readonly nodes: TreeNodesOfInputs;
  readonly roots: Uint32Array;
  /** From the operator's position of a node to its new one. */
  readonly newPlace: Int32Array;
  /** The operator's position of a tree's node. */
  readonly placeOf: (tree: number, id: number) => number | undefined;
}

/** The nodes in order, children after their parents. Throws a UserError where they make no trees. */
function shapeOf(operator: TreeOperator, is32: boolean): Shape {
  const [treeIds, ids, features, cuts] = ['treeids', 'nodeids', 'featureids', 'values'].map((name) =>
    operator.numbers(`nodes_${name}`),
  );
  const modes = operator.texts('nodes_modes');
  const [yes, no, tracks] = ['truenodeids', 'falsenodeids', 'missing_value_tracks_true'].map((name) =>
    operator.numbers(`nodes_${name}`),
  );
  const count = ids.length;
  const tests = modes.map((mode) => cutOf[mode]);
  if (tests.length !== count) throw noTrees();
  const positions: (number | undefined)[][] = [];
  ids.forEach((id, i) => {
    positions[treeIds[i]] ??= [];
    positions[treeIds[i]][id] = i;
  });
  const placeOf = (tree: number, id: number) => positions[tree]?.[id];
  const isLeaf = (i: number) => tests[i] === 'leaf';
  const children = new Set<number>();
  for (let i = 0; i < count; i++) {
    if (isLeaf(i)) continue;
    for (const id of [yes[i], no[i]]) children.add(placeOf(treeIds[i], id) ?? -1);
  }
  if (children.has(-1)) throw noTrees();
  const newPlace = new Int32Array(count).fill(-1);
  const order: number[] = [];
  const roots: number[] = [];
  for (let root = 0; root < count; root++) {
    if (children.has(root)) continue;
    roots.push(order.length);
    const waiting = [root];
    for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
      if (newPlace[i] >= 0) throw noTrees();
      newPlace[i] = order.length;
      order.push(i);
      if (!isLeaf(i)) waiting.push(placeOf(treeIds[i], no[i])!, placeOf(treeIds[i], yes[i])!);
    }
  }
  if (order.length < count) throw noTrees();
  const child = (i: number, isYes: boolean) => (isLeaf(i) ? 0 : newPlace[placeOf(treeIds[i], isYes ? yes[i] : no[i])!]);
  const isTurned = (i: number) => modes[i] === 'BRANCH_GT' || modes[i] === 'BRANCH_GTE';
  const nodes = {
    input: Int32Array.from(order, (i) => (isLeaf(i) ? -1 : features[i])),
    threshold: Float64Array.from(order, (i) => (tests[i] === 'below' ? nextBelow(cuts[i], is32) : (cuts[i] ?? 0))),
    missingLeft: Uint8Array.from(order, (i) => ((tracks[i] ?? 0) === (isTurned(i) ? 0 : 1) ? 1 : 0)),
    set: new Int32Array(count).fill(-1),
    sets: new Uint32Array(0),
    left: Int32Array.from(order, (i) => child(i, !isTurned(i))),
    right: Int32Array.from(order, (i) => child(i, isTurned(i))),
  };
  return { nodes, roots: Uint32Array.from(roots), newPlace, placeOf };
}

const noTrees = () =>
  wrongModel(
    "the nodes of the model's operator on trees make no trees.",
    'Choose an explanation that does not look into it.',
  );

/** What goes left, or to the right where the test is turned round: numbers up to the cut, or below it. */
const cutOf: Readonly<Record<string, 'leaf' | 'up to' | 'below'>> = {
  LEAF: 'leaf',
  BRANCH_LEQ: 'up to',
  BRANCH_GT: 'up to',
  BRANCH_LT: 'below',
  BRANCH_GTE: 'below',
};

/** The largest number of 32 or 64 bits below this one. */
function nextBelow(value: number, is32: boolean): number {
  const view = new DataView(new ArrayBuffer(8));
  if (value === 0) return is32 ? -(2 ** -149) : -Number.MIN_VALUE;
  const step = value > 0 ? -1 : 1;
  if (is32) {
    view.setFloat32(0, value);
    view.setInt32(0, view.getInt32(0) + step);
    return view.getFloat32(0);
  }
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(step));
  return view.getFloat64(0);
}

function treesOf(
  operator: TreeOperator,
  { scale, places, isSingle }: Sums,
  { nodes, roots, newPlace, placeOf }: Shape,
): Trees {
  const kind = operator.isClassifier ? 'class' : 'target';
  const [treeIds, ids, sumIds, weights] = ['treeids', 'nodeids', 'ids', 'weights'].map((name) =>
    operator.numbers(`${kind}_${name}`),
  );
  const share = operator.texts('aggregate_function')[0] === 'AVERAGE' ? 1 / roots.length : 1;
  const scoreOf = new Map(places.map((place, score) => [place, score]));
  const width = places.length;
  const value = new Float64Array(nodes.input.length * width);
  const bases = operator.numbers('base_values');
  const start = Float64Array.from(places, (place) => bases[place] ?? 0);
  // A probability of the second class is one of the first class, too: what it gains the other loses.
  const isPair = isSingle && width === 2;
  if (isPair) start.set(places.map((place) => (place === 1 ? (bases[0] ?? 0) : 1 - (bases[0] ?? 0))));
  weights.forEach((weight, i) => {
    const place = placeOf(treeIds[i], ids[i]);
    if (place === undefined) return;
    const at = newPlace[place] * width;
    const score = isSingle ? 0 : scoreOf.get(sumIds[i]);
    if (isPair) for (const [k, own] of places.entries()) value[at + k] += (own === 1 ? weight : -weight) * share;
    else if (score !== undefined) value[at + score] += weight * share;
  });
  return { scale, start, nodes, roots, value };
}

/** [rows x columns], in the precision in which the model sees them. */
function matrixOf(rows: Table, columns: readonly string[], is32: boolean): Float64Array {
  const numbers = new Float64Array(rows.rowCount * columns.length);
  columns.forEach((name, j) => {
    const column = columnNamed(rows, name);
    for (let row = 0, at = j; row < rows.rowCount; row++, at += columns.length) {
      const value = numberAt(column, row);
      numbers[at] = is32 ? Math.fround(value) : value;
    }
  });
  return numbers;
}
