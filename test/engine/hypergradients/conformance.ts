import assert from 'node:assert/strict';
import type { Tuner, TuningSettings } from '../../../src/engine/hypergradients/tuner.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { problemOf } from './problems.ts';

const problem = problemOf({ inputs: 12, hidden: [6] });
const settings: TuningSettings = { descent: { steps: 60, rate: 0.5, momentum: 0.9 }, gradients: 6000 };
const strong = Float64Array.from(problem.hyperparameters, () => Math.log(0.1));

export interface TunerCheck {
  readonly name: string;
  check(tuner: Tuner): Promise<void>;
}

/** A contract that every tuner keeps; rejects where this one does not. */
export const tunerChecks: readonly TunerCheck[] = [
  {
    name: 'from penalties that are far too strong it comes down to a much smaller validation loss',
    async check(tuner) {
      const { validationLoss, trace } = await tuner.tune(problem, { ...settings, start: strong }, createRandom(1));
      assert.ok(validationLoss < 0.75 * trace[0].validationLoss, `${trace[0].validationLoss} -> ${validationLoss}`);
    },
  },
  {
    name: 'inputs that are noise end with stronger penalties than those that decide',
    async check(tuner) {
      const { lambda } = await tuner.tune(problem, settings, createRandom(1));
      const noise = lambda.subarray(2, 12).reduce((sum, value) => sum + value, 0) / 10;
      assert.ok((lambda[0] + lambda[1]) / 2 < noise, `${lambda}`);
    },
  },
  {
    name: 'its best loss is that of the weights it returns',
    async check(tuner) {
      const { w, validationLoss } = await tuner.tune(problem, settings, createRandom(1));
      const again = problem.validationGradient(w, new Float64Array(w.length));
      assert.ok(Math.abs(again - validationLoss) < 1e-12);
    },
  },
  {
    name: 'it spends at most what it may, and says how much',
    async check(tuner) {
      for (const gradients of [500, 3000]) {
        const tuned = await tuner.tune(problem, { ...settings, gradients }, createRandom(1));
        assert.ok(tuned.gradients <= gradients && tuned.gradients > gradients / 2, `${tuned.gradients}`);
      }
    },
  },
  {
    name: 'hyperparameters stay within their bounds',
    async check(tuner) {
      const { lambda } = await tuner.tune(problem, { ...settings, start: strong }, createRandom(1));
      for (const [i, { low, high }] of problem.hyperparameters.entries())
        assert.ok(lambda[i] >= low && lambda[i] <= high);
    },
  },
  {
    name: 'the same seed gives the same numbers',
    async check(tuner) {
      const [one, same] = await Promise.all([1, 1].map((seed) => tuner.tune(problem, settings, createRandom(seed))));
      assert.deepEqual(one, same);
    },
  },
  {
    name: 'a training that diverges leaves finite hyperparameters',
    async check(tuner) {
      const wild = { ...settings, descent: { steps: 60, rate: 1e6, momentum: 0.9 } };
      const { lambda } = await tuner.tune(problem, wild, createRandom(1));
      assert.ok(lambda.every(Number.isFinite));
    },
  },
  {
    name: 'the signal ends it',
    async check(tuner) {
      await assert.rejects(tuner.tune(problem, { ...settings, signal: AbortSignal.abort() }, createRandom(1)), {
        name: 'AbortError',
      });
    },
  },
];
