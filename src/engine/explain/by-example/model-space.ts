import type { ModelSpaceKind } from '../../../shared/results/examples.ts';
import { type Table, takeRows } from '../../data/table.ts';
import type { Prediction, Predictor } from '../../models/predictor.ts';
import { isTreeEnsemble, numberGoesLeft, type TreeEnsemble, type Trees } from '../../models/tree-ensemble.ts';
import type { CountedPredictor } from '../counted-predictor.ts';

/** How far rows are from one row as the model sees them. */
export interface ModelDistances {
  readonly space: ModelSpaceKind;
  /** [rows] 0 to 1 */
  readonly distances: Float64Array;
}

/** Rows whose numbers are laid out at a time. */
const block = 5000;

/**
 * Distances in the model's own space. Of trees: the share of them in which two rows end in different leaves (Breiman 2002, proximities). Of
 * other models: Hellinger's distance of the probabilities, or how far the values are apart as a share of their range.
 * @param turn lets an abort arrive
 */
export async function modelDistances(
  predictor: Predictor,
  counted: CountedPredictor,
  row: Table,
  rows: Table,
  turn: () => Promise<void>,
): Promise<ModelDistances> {
  const parts: Table[] = [];
  for (let from = 0; from < rows.rowCount; from += block)
    parts.push(
      takeRows(
        rows,
        [...Array(Math.min(block, rows.rowCount - from)).keys()].map((i) => from + i),
      ),
    );
  if (isTreeEnsemble(predictor)) {
    const trees = predictor.trees();
    const own = leavesOf(trees, predictor.treeNumbers(row), 0);
    const distances: number[] = [];
    for (const part of parts) {
      await turn();
      for (const distance of leafDistances(predictor, trees, part, own)) distances.push(distance);
    }
    return { space: 'leaves', distances: Float64Array.from(distances) };
  }
  const own = await counted.predict(row);
  const predictions: Prediction[] = [];
  for (const part of parts) predictions.push(await counted.predict(part));
  return { space: 'predictions', distances: predictionDistances(own, predictions) };
}

/** [trees] the leaf of each that a row ends in. base: where its numbers begin */
function leavesOf({ nodes, roots }: Trees, numbers: Float64Array, base: number): Uint32Array {
  return roots.map((root) => {
    let node = root;
    while (nodes.input[node] >= 0)
      node = numberGoesLeft(nodes, node, numbers[base + nodes.input[node]]) ? nodes.left[node] : nodes.right[node];
    return node;
  });
}

function leafDistances(model: TreeEnsemble, trees: Trees, rows: Table, own: Uint32Array): number[] {
  const numbers = model.treeNumbers(rows);
  const width = numbers.length / rows.rowCount;
  return Array.from({ length: rows.rowCount }, (_, row) => {
    let apart = 0;
    leavesOf(trees, numbers, row * width).forEach((leaf, tree) => {
      if (leaf !== own[tree]) apart++;
    });
    return apart / Math.max(1, own.length);
  });
}

function predictionDistances(own: Prediction, predictions: readonly Prediction[]): Float64Array {
  if (own.kind === 'probabilities') {
    const { classCount } = own;
    return Float64Array.from(
      predictions.flatMap(({ values }) =>
        Array.from({ length: values.length / classCount }, (_, row) => {
          let square = 0;
          for (let k = 0; k < classCount; k++)
            square += (Math.sqrt(values[row * classCount + k]) - Math.sqrt(own.values[k])) ** 2;
          return Math.sqrt(square / 2);
        }),
      ),
    );
  }
  const values = predictions.flatMap((prediction) => [...prediction.values]);
  const [low, high] = values.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  return Float64Array.from(values, (value) =>
    high > low ? Math.min(1, Math.abs(value - own.values[0]) / (high - low)) : 0,
  );
}
