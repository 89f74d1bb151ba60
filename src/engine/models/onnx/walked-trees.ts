import type { Table } from '../../data/table.ts';
import { logistic } from '../../numerics/logistic.ts';
import { softmax } from '../../numerics/softmax.ts';
import { createRandom } from '../../random.ts';
import type { TreeEnsemble, Trees } from '../tree-ensemble.ts';
import { TreeWalk } from '../tree-walk.ts';
import type { OutsideModel, Signature } from './outside-model.ts';

/** Rows that are asked of both; of so many of them some numbers are missing. */
const [probedRows, rowsWithGaps] = [128, 16];

export type Predict = (rows: Table) => Float64Array;

/**
 * An outside model's trees walked down here, which is several times faster than onnxruntime on WebAssembly; undefined where that does not
 * give what onnxruntime gives for rows on, just below and just above the trees' own thresholds, but for the rounding of its sums of 32 bits.
 */
export async function walkedTrees(
  ensemble: TreeEnsemble,
  signature: Signature,
  model: OutsideModel,
): Promise<Predict | undefined> {
  const trees = ensemble.trees();
  const walk = new TreeWalk(trees.nodes, trees.roots, ensemble.treeInputs().length, trees.value);
  const predict = (rows: Table): Float64Array => {
    const sums = startSums(trees.start, rows.rowCount);
    walk.add(ensemble.treeNumbers(rows), sums);
    return predictionsOf(sums, trees);
  };
  const probes = probeRows(ensemble, trees, signature);
  const theirs = await model.predict(signature, probes);
  const tolerance = Math.max(1e-6, 2 ** -22 * Math.sqrt(trees.roots.length));
  const agrees = predict(probes).every(
    (value, i) => Math.abs(value - theirs[i]) <= tolerance * Math.max(1, Math.abs(theirs[i])),
  );
  return agrees ? predict : undefined;
}

function startSums(start: Float64Array, rows: number): Float64Array {
  const sums = new Float64Array(rows * start.length);
  for (let row = 0; row < rows; row++) sums.set(start, row * start.length);
  return sums;
}

/** [rows x classes] probabilities or [rows] values of the scores of each row, in place where they are no log odds of two classes. */
function predictionsOf(sums: Float64Array, { scale, start }: Trees): Float64Array {
  if (scale === 'predictions') return sums;
  if (scale === 'log values') return sums.map(Math.exp);
  const width = start.length;
  if (width > 1) {
    for (let base = 0; base < sums.length; base += width) softmax(sums, base, width);
    return sums;
  }
  const values = new Float64Array(2 * sums.length);
  sums.forEach((odds, row) => {
    values[2 * row + 1] = logistic(odds);
    values[2 * row] = 1 - values[2 * row + 1];
  });
  return values;
}

/** Rows whose numbers are thresholds, or beside them. */
function probeRows(ensemble: TreeEnsemble, { nodes }: Trees, { inputs }: Signature): Table {
  const random = createRandom(1);
  const canMiss = inputs.kind === 'matrix' && inputs.type.startsWith('float');
  const cuts: number[][] = ensemble.treeInputs().map(() => []);
  nodes.input.forEach((input, node) => {
    if (input >= 0) cuts[input].push(nodes.threshold[node]);
  });
  const number = (known: readonly number[], row: number): number => {
    if (canMiss && row < rowsWithGaps && random.uniform() < 0.5) return Number.NaN;
    if (known.length === 0) return random.normal();
    const cut = known[random.integer(known.length)];
    const beside = cut + (random.integer(3) - 1) * Math.max(1e-6 * Math.abs(cut), 1e-30);
    return canMiss ? beside : Math.round(beside);
  };
  const columns = ensemble.treeInputs().map(({ name }, j) => ({
    kind: 'numeric' as const,
    name,
    type: 'number' as const,
    values: Float64Array.from({ length: probedRows }, (_, row) => number(cuts[j], row)),
  }));
  return { rowCount: probedRows, columns };
}
