import { type Dataset, takeDataset } from '../../src/engine/data/dataset.ts';
import { Asking } from '../../src/engine/explain/decomposition/asking.ts';
import { predictedNumbers } from '../../src/engine/explain/decomposition/explained-numbers.ts';
import { partialDependence, partialGrid } from '../../src/engine/explain/decomposition/partial-dependence.ts';
import { kernelShap } from '../../src/engine/explain/kernel-shap.ts';
import { localSurrogate } from '../../src/engine/explain/local-surrogate.ts';
import { permutationImportance } from '../../src/engine/explain/permutation-importance.ts';
import { gameOf } from '../../src/engine/explain/tree-shap/game-of.ts';
import type { Model } from '../../src/engine/models/model.ts';
import { isTreeEnsemble } from '../../src/engine/models/tree-ensemble.ts';
import { createRandom } from '../../src/engine/random.ts';

/** How much is asked; the peer gets the same. */
export interface Work {
  readonly rows: number;
  readonly background: number;
  /** Coalitions, samples, shuffles of a column or points of an axis. */
  readonly samples: number;
}

export type Technique = (model: Model, data: Dataset, work: Work) => Promise<void>;

const { signal } = new AbortController();
const silent = () => {};

/** As the engine explains many rows. */
const rowsAtOnce = 32;

/** Both variants as the engine's own loops run them. */
const treeShap =
  (variant: 'path-dependent' | 'interventional'): Technique =>
  async (model, data, { rows, background }) => {
    if (!isTreeEnsemble(model)) throw new Error('the imported forest has no trees');
    const trees = model.trees();
    const first = takeDataset(data, [...Array(background).keys()]).features;
    const train = variant === 'interventional' ? first : data.features;
    const { game, players } = gameOf(model, trees, { variant, background }, train, createRandom(1));
    const numbers = model.treeNumbers(takeDataset(data, [...Array(rows).keys()]).features);
    const inputs = model.treeInputs().length;
    for (let row = 0; row < rows; row += rowsAtOnce) {
      const block = numbers.subarray(row * inputs, Math.min(rows, row + rowsAtOnce) * inputs);
      const into = new Float64Array((block.length / inputs) * players.columns.length);
      for (let tree = 0; tree < trees.roots.length; tree++) game.add(tree, 0, block, inputs, into);
    }
  };

export const techniques: Readonly<Record<string, { readonly work: Work; readonly ours: Technique }>> = {
  'tree-shap path-dependent': { work: { rows: 200, background: 100, samples: 0 }, ours: treeShap('path-dependent') },
  'tree-shap interventional': { work: { rows: 50, background: 100, samples: 0 }, ours: treeShap('interventional') },
  'kernel-shap': {
    work: { rows: 3, background: 50, samples: 1000 },
    async ours(model, data, { rows, background, samples }) {
      const train = takeDataset(data, [...Array(background).keys()]);
      const parts = { train, evaluation: data, part: 'test' as const };
      for (let row = 0; row < rows; row++)
        await kernelShap.explain(model, parts, { seed: 1, row, background, samples }, silent, signal);
    },
  },
  // Ours holds a fifth of its samples out, the peer is given as many.
  lime: {
    work: { rows: 5, background: 0, samples: 6000 },
    async ours(model, data, { rows, samples }) {
      const parts = { train: data, evaluation: data, part: 'test' as const };
      for (let row = 0; row < rows; row++)
        await localSurrogate.explain(model, parts, { seed: 1, row, samples: (samples * 5) / 6 }, silent, signal);
    },
  },
  // Ours measures intervals besides; columns are not grouped, so that both ask as often.
  'permutation importance': {
    work: { rows: 1000, background: 0, samples: 5 },
    async ours(model, data, { rows, samples }) {
      const evaluation = takeDataset(data, [...Array(rows).keys()]);
      const parts = { train: evaluation, evaluation, part: 'test' as const };
      const options = { seed: 1, rowCap: rows, repeats: samples, correlation: 1 };
      await permutationImportance.explain(model, parts, options, silent, signal);
    },
  },
  // Of every column, with a line a row.
  'partial dependence': {
    work: { rows: 200, background: 0, samples: 50 },
    async ours(model, data, { rows, samples }) {
      const base = takeDataset(data, [...Array(rows).keys()]).features;
      const asking = new Asking(predictedNumbers(model, data.info), () => false);
      for (const column of base.columns) {
        if (column.kind !== 'numeric') continue;
        const values = partialGrid(column.values.toSorted(), samples);
        await partialDependence(asking, base, [{ ...column, values }], values.length, rows);
      }
    },
  },
};
