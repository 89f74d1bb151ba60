import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FitCosts } from '../../../src/engine/run/fit-costs.ts';
import { learnerNamed } from '../../../src/engine/run/learners.ts';
import type { PreparedStudy } from '../../../src/engine/run/prepare-study.ts';
import { TimePlan } from '../../../src/engine/run/time-plan.ts';
import type { Trial } from '../../../src/shared/trial.ts';
import { toy } from '../learners/toy-data.ts';

const { info } = toy('binary');
const study = (validation: { folds: number } | { holdout: number }) =>
  ({
    data: { development: { validation } },
    record: { data: info },
    study: {},
    spent: { seconds: 0 },
  }) as unknown as PreparedStudy;
const trialOf = (learner: string, params: Record<string, number> = {}): Trial => ({
  number: 1,
  state: 'running',
  params: {
    learner,
    ...Object.fromEntries(Object.entries(params).map(([name, value]) => [`${learner}.${name}`, value])),
  },
  why: { sampler: 'random', words: '', phase: 'explore' },
  intermediate: [],
  attributes: {},
});

describe('what fits take', () => {
  it('is not known before a learner has been fitted, and then follows its work', async () => {
    const costs = new FitCosts(info);
    const double = {
      ...(await learnerNamed('tree')),
      work: (_: unknown, params: object) => 100 * Number('twice' in params ? 2 : 1),
    };
    assert.equal(costs.expected(double, {}), undefined);
    costs.observe(double, {}, 3);
    assert.ok(Math.abs(costs.expected(double, {})! - 3) < 1e-9);
    assert.ok(Math.abs(costs.expected(double, { twice: 1 })! - 6) < 1e-9);
    assert.equal(costs.expected(await learnerNamed('logistic'), {}), undefined);
  });

  it('is the geometric mean of what fits took', async () => {
    const costs = new FitCosts(info);
    const tree = await learnerNamed('constant');
    for (const seconds of [1, 4]) costs.observe(tree, {}, seconds);
    assert.ok(Math.abs(costs.expected(tree, {})! - 2) < 1e-9);
  });
});

describe('the plan of a time budget', () => {
  it('is none where time does not limit the run', async () => {
    assert.equal(await TimePlan.of(study({ folds: 5 }), undefined, []), null);
  });

  it('refuses a trial that would not end in time, and says why', async () => {
    const plan = (await TimePlan.of(study({ folds: 5 }), 60, []))!;
    const trial = trialOf('constant');
    assert.equal(plan.refusal(trial, 30), undefined, 'an unknown time fits while much is left');
    assert.match(plan.refusal(trial, 2)!, /^Not begun: how long its first trial takes nobody knows, and only 2 s/);
    plan.observe(trial, 10, 5);
    assert.equal(plan.refusal(trial, 13), undefined);
    assert.match(
      plan.refusal(trial, 12)!,
      /^Not begun: its fits would take about 10 s, and 12 s of the search are left/,
    );
  });

  it('keeps time for the longest refit, on all rows instead of four folds of five, but never most of the budget', async () => {
    const plan = (await TimePlan.of(study({ folds: 5 }), 60, []))!;
    const nothing = plan.reserve([], 1);
    plan.observe(trialOf('constant'), 10, 5);
    assert.ok(Math.abs(plan.reserve([trialOf('constant')], 1) - nothing - 2.5) < 1e-9);
    assert.ok(plan.reserve([], 500) > nothing, 'many trials take longer to report and to tidy up');
    plan.observe(trialOf('constant'), 1e4, 5);
    assert.equal(plan.reserve([trialOf('constant')], 1), 18);
  });

  it('has no time for a refit that would end well after the budget; a trial on part of the rows takes that part', async () => {
    const half = { ...study({ folds: 5 }), study: { resource: { max: 1 } } } as unknown as PreparedStudy;
    const plan = (await TimePlan.of(half, 60, []))!;
    const trial = trialOf('constant');
    assert.ok(plan.hasTimeToRefit(trial));
    plan.observe({ ...trial, fidelity: 0.5 }, 100, 5);
    assert.match(plan.refusal({ ...trial, fidelity: 0.5 }, 60)!, /would take about 1 min 40 s/);
    assert.equal(plan.refusal({ ...trial, fidelity: 0.1 }, 60), undefined);
    assert.ok(plan.hasTimeToRefit(trial));
    plan.observe(trial, 1e4, 5);
    assert.ok(!plan.hasTimeToRefit(trial));
  });

  it('learns from the trials of an earlier run', async () => {
    const earlier = [
      {
        trial: { ...trialOf('constant'), state: 'complete' as const },
        outcome: { learner: 'constant', metrics: { fit_time: 4 }, foldMetrics: [] },
      },
    ];
    const plan = (await TimePlan.of(study({ holdout: 0.2 }), 60, earlier))!;
    assert.ok(Math.abs(plan.refitSeconds(trialOf('constant'))! - 4) < 1e-9);
  });
});
