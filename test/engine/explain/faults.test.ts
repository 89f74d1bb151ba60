import { describe, it } from 'node:test';
import { explainers } from '../../../src/engine/explain/registry.ts';
import { faultChecks } from './faults.ts';
import { fixtures, suited } from './fixtures.ts';

for (const explainer of explainers)
  describe(`${explainer.kind}, with a model or data at fault`, () => {
    // The one of several classes: most can go wrong with it.
    const fixture = fixtures[1];
    for (const [promise, check] of Object.entries(faultChecks))
      it(promise, async () => check(explainer, await suited(explainer, fixture)));
  });
