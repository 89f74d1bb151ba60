import assert from 'node:assert/strict';
import { type Dataset, takeDataset, takeTarget, targetLength } from '../../../../src/engine/data/dataset.ts';
import { withColumns } from '../../../../src/engine/data/table.ts';
import { isDifferentiable, type Prediction } from '../../../../src/engine/models/predictor.ts';
import { deviationOf, toyFor } from '../toys-for.ts';
import { type Check, fitted, loss } from './check.ts';

/** Models that are differentiable. */
export const inputGradient: readonly Check[] = [
  {
    name: 'an input gradient is the slope of the loss',
    async run(learner, task) {
      const data = toyFor(learner, task, { missing: 0.1 });
      const model = await fitted(learner, data);
      if (!isDifferentiable(model)) return;
      const one = takeDataset(data, [11]);
      const gradient = await model.inputGradient(one.features, one.target);
      const numbers = one.features.columns.filter((column) => column.kind === 'numeric');
      assert.deepEqual(
        gradient.columns,
        numbers.map(({ name }) => name),
      );
      for (const [j, column] of numbers.entries()) {
        if (Number.isNaN(column.values[0])) assert.equal(gradient.values[j], 0);
        else {
          const spread = deviationOf(data.features.columns.find(({ name }) => name === column.name));
          const at = async (step: number) => {
            const moved = withColumns(one.features, [{ ...column, values: column.values.map((v) => v + step) }]);
            return pointLoss(await model.predict(moved), one);
          };
          const step = spread * 1e-3;
          const slope = ((await at(step)) - (await at(-step))) / 2e-3;
          const given = gradient.values[j] * spread;
          assert.ok(
            Math.abs(slope - given) < 2e-2 * Math.max(0.05, Math.abs(slope)),
            `${column.name}: ${given}, not ${slope}`,
          );
        }
      }
      assert.equal(targetLength(takeTarget(data.target, [11])), 1);
    },
  },
];

/** Log loss, or squared error: what an input gradient is the gradient of. */
const pointLoss = (prediction: Prediction, data: Dataset) =>
  data.info.task === 'regression' ? loss(prediction, data) ** 2 : loss(prediction, data);
