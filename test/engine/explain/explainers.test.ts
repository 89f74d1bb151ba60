import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import type { Explainer, ExplainOptions } from '../../../src/engine/explain/explainer.ts';
import { permutationImportance } from '../../../src/engine/explain/permutation-importance.ts';
import { explainers } from '../../../src/engine/explain/registry.ts';
import type { PermutationImportance } from '../../../src/shared/results/permutation-importance.ts';
import { explainerChecks } from './conformance.ts';
import { fixtures, suited } from './fixtures.ts';

for (const explainer of explainers)
  describe(`explainer ${explainer.kind}`, () => {
    for (const fixture of fixtures)
      for (const [promise, check] of Object.entries(explainerChecks))
        it(`${promise} (${fixture.title})`, async () => check(explainer, await suited(explainer, fixture)));
  });

/** An explainer that breaks one promise. */
function broken(change: Partial<Explainer<ExplainOptions, PermutationImportance>>): typeof permutationImportance {
  return { ...permutationImportance, ...change };
}

const good = permutationImportance.explain;

const badExplainers: Readonly<Record<string, typeof permutationImportance>> = {
  'the same seed gives the same result': broken({
    explain: (model, data, options, progress, signal) =>
      good(model, data, { ...options, seed: Math.floor(performance.now() * 1000) }, progress, signal),
  }),
  'survives JSON unchanged': broken({
    explain: async (...given) => ({ ...(await good(...given)), baseline: Number.NaN }),
  }),
  'names its kind, question, seed and data': broken({ question: 'what did it cost' }),
  'counts what it cost': broken({
    explain: async (model, ...given) => {
      await model.predict(given[0].evaluation.features);
      return good(model, ...given);
    },
  }),
  'progress rises from 0 to 1': broken({
    explain: (model, data, options, progress, signal) =>
      good(model, data, options, (share) => progress(1 - share), signal),
  }),
  'stops on the signal': broken({
    explain: (model, data, options, progress) => good(model, data, options, progress, new AbortController().signal),
  }),
  'leaves its inputs as they are': broken({
    explain: async (model, data, ...given) => {
      const result = await good(model, data, ...given);
      const column = data.evaluation.features.columns[0];
      if (column.kind === 'numeric') column.values[0] += 1;
      return result;
    },
  }),
  'takes its own usual options, and says what each is': broken({
    options: z.strictObject({ repeats: z.int().min(1).default(0).describe('Shuffles of each column.') }),
  }),
  'refuses an option that there is not, or of another type': broken({
    explain: (model, data, { seed }, ...given) => good(model, data, { seed }, ...given),
  }),
  'says of a cohort what it would of a part that holds only its rows': broken({
    inPart: (result) => ({ ...result, baseline: result.baseline + 1000 }),
  }),
  'refuses an empty part': broken({
    explain: (model, data, ...given) => good(model, { ...data, evaluation: data.train }, ...given),
  }),
};

describe('the explainer checks', () => {
  for (const [promise, check] of Object.entries(explainerChecks))
    it(`catch an explainer for which this is false: ${promise}`, async () => {
      await assert.rejects(check(badExplainers[promise], structuredCloneOfData(0)), assert.AssertionError);
    });
});

/** A fixture that a bad explainer may spoil. */
function structuredCloneOfData(index: number) {
  const fixture = fixtures[index];
  return { ...fixture, data: structuredClone(fixture.data) };
}
