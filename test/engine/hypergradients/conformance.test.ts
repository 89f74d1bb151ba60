import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tuners } from '../../../src/engine/hypergradients/registry.ts';
import { middle, type Tuned, type Tuner } from '../../../src/engine/hypergradients/tuner.ts';
import { tunerChecks } from './conformance.ts';

for (const [name, tuner] of Object.entries(tuners)) {
  describe(`the ${name} tuner`, () => {
    test('has the name that the registry knows it by', () => assert.equal(tuner.name, name));
    for (const { name: contract, check } of tunerChecks) test(contract, () => check(tuner));
  });
}

let calls = 0;
/** Moves nothing, spends nothing, breaks its bounds, differs from call to call and hears no signal. */
const bad: Tuner = {
  name: 'bad',
  async tune(problem, { start }): Promise<Tuned> {
    const lambda = start?.slice() ?? middle(problem.hyperparameters);
    lambda[0] = problem.hyperparameters[0].high + 1 + calls++;
    lambda[2] = Number.NaN;
    const w = new Float64Array(problem.weightCount);
    return { lambda, w, validationLoss: 5, gradients: 0, trace: [{ gradients: 0, validationLoss: 5 }] };
  },
};

describe('each check of tuners', () => {
  for (const { name, check } of tunerChecks) {
    test(`finds a tuner that breaks: ${name}`, () => assert.rejects(check(bad)));
  }
});
