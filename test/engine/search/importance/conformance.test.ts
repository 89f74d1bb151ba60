import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Importance } from '../../../../src/engine/search/importance/importance.ts';
import { pedAnova } from '../../../../src/engine/search/importance/ped-anova.ts';
import { importances } from '../../../../src/engine/search/importance/registry.ts';
import type { HyperparameterImportance } from '../../../../src/shared/results/hyperparameter-importance.ts';
import { importanceMethods } from '../../../../src/shared/results/hyperparameter-importance.ts';
import { type ImportanceCheck, importanceChecks } from './conformance.ts';

test('every method has its implementation, by its own name', () => {
  assert.deepEqual(Object.keys(importances), [...importanceMethods]);
  for (const [name, importance] of Object.entries(importances)) assert.equal(importance.name, name);
});

for (const importance of Object.values(importances)) {
  describe(`importance by ${importance.name}`, () => {
    for (const { name, check } of importanceChecks) test(name, () => check(importance));
  });
}

const good = pedAnova({ resamples: 20 });
/** PED-ANOVA with its answer changed. */
const changed = (change: (result: HyperparameterImportance) => Partial<HyperparameterImportance>): Importance => ({
  ...good,
  compute(study, options, random) {
    const result = good.compute(study, options, random);
    return { ...result, ...change(result) };
  },
});
const equalShares = changed(({ parameters }) => ({
  parameters: parameters.map((parameter) => ({
    ...parameter,
    importance: 1 / parameters.length,
    interval: { low: 0, high: 1 },
  })),
}));
/** PED-ANOVA asked something else. */
const asking = (
  ask: (...asked: Parameters<Importance['compute']>) => Parameters<Importance['compute']>,
): Importance => ({
  ...good,
  compute: (...asked) => good.compute(...ask(...asked)),
});
let calls = 0;

/** For each contract a way that breaks it, so that a check which cannot fail is found. */
const breakers: Readonly<Record<string, Importance>> = {
  'names parameters': changed(({ parameters }) => ({ parameters: parameters.toReversed() })),
  'shares lie': changed(({ parameters }) => ({
    parameters: parameters.map((p) => ({ ...p, importance: p.importance * 2 })),
  })),
  'of all parameters only': equalShares,
  'a parameter with a single value': equalShares,
  'a parameter that exists only sometimes': equalShares,
  'trials that failed': changed(() => ({ trials: ++calls })),
  'trials from an older space': changed(() => ({ trials: ++calls })),
  'huge, tiny': changed(({ parameters }) => ({
    parameters: parameters.map((p) => ({ ...p, importance: Number.NaN })),
  })),
  'three trials': changed(() => ({ warnings: [] })),
  'the same seed': changed(() => ({ trials: ++calls })),
  'what is to be maximised': asking((study, options, random) => [
    { ...study, directions: study.directions.map(() => 'minimize' as const) },
    options,
    random,
  ]),
  'of several objectives': asking((study, options, random) => [study, { ...options, objective: 0 }, random]),
  'forbidden combinations': asking((study, options, random) => {
    if (study.space.forbidden) throw new Error('cannot do with them');
    return [study, options, random];
  }),
};

describe('each check of importance', () => {
  for (const check of importanceChecks) {
    test(`finds one that breaks: ${check.name}`, () => assert.throws(() => check.check(breakerOf(check))));
  }
  test('lets the plain one pass', () => {
    for (const { check } of importanceChecks) check(good);
  });
});

function breakerOf({ name }: ImportanceCheck): Importance {
  const found = Object.entries(breakers).find(([start]) => name.startsWith(start));
  assert.ok(found, `nothing breaks: ${name}`);
  return found[1];
}
