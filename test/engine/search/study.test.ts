import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Journal } from '../../../src/engine/search/journal.ts';
import { createStudy } from '../../../src/engine/search/study.ts';
import { configurationKey } from '../../../src/engine/space/configuration.ts';
import type { Trial } from '../../../src/shared/trial.ts';

const x = { x: { float: [0, 1] } } as const;
const small = { kind: { choice: ['a', 'b'] }, n: { int: [1, 5], when: { kind: 'a' } } } as const;
const study = (options: Partial<Parameters<typeof createStudy>[0]> = {}) =>
  createStudy({ space: x, sampler: 'random', clock: () => 0, ...options });

test('ask, report and tell take a trial from running to complete', () => {
  const s = study();
  const trial = s.ask();
  assert.equal(trial.state, 'running');
  assert.equal(s.report(0, 1, 0.5), 'continue');
  const told = s.tell(0, { values: [0.25] });
  assert.equal(told.state, 'complete');
  assert.deepEqual(told.intermediate, [{ step: 1, value: 0.5 }]);
  assert.equal(s.best?.number, 0);
});

test('best follows the direction, skips failed, pruned and infeasible trials, and keeps the earliest of equals', () => {
  const s = study({ directions: ['maximize'] });
  const results = [
    { values: [1] },
    { values: [3], constraints: [0.1] },
    { values: [2], constraints: [-1] },
    { values: [2] },
    { failed: 'no' },
    { pruned: 'slow' },
  ];
  for (const result of results) s.tell(s.ask().number, result);
  assert.equal(s.best?.number, 2);
  assert.equal(study().best, undefined);
});

test('the Pareto front of several objectives respects their directions', () => {
  const s = study({ directions: ['minimize', 'maximize'] });
  for (const values of [
    [1, 1],
    [2, 2],
    [2, 1],
    [1, 0],
    [3, 2.5],
  ])
    s.tell(s.ask().number, { values });
  assert.deepEqual(
    s.paretoFront.map(({ number }) => number),
    [0, 1, 4],
  );
});

test('misuse is refused with a code', () => {
  const s = study();
  assert.throws(() => s.tell(0, { values: [1] }), { code: 'trial-unknown' });
  const { number } = s.ask();
  assert.throws(() => s.tell(number, { values: [1, 2] }), { code: 'trial-values' });
  s.report(number, 2, 1);
  assert.throws(() => s.report(number, 2, 1), { code: 'trial-step' });
  s.tell(number, { values: [1] });
  assert.throws(() => s.tell(number, { values: [1] }), { code: 'trial-not-running', message: /it is complete/ });
  assert.throws(() => s.report(number, 3, 1), { code: 'trial-not-running' });
  assert.throws(() => s.requeue(number, ''), { code: 'trial-not-running' });
  s.enqueue({ x: 0.5 }, 'mine');
  assert.throws(() => s.tell(1, { values: [1] }), { code: 'trial-not-running', advice: /ask/ });
  assert.throws(() => study({ directions: [] }), { code: 'study-directions' });
  assert.throws(() => study({ trials: [{ ...s.trials[0], number: 4 }] }), { code: 'study-trials' });
});

test('values that are not real numbers make a failed trial that says so', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    const s = study();
    const told = s.tell(s.ask().number, { values: [value] });
    assert.equal(told.state, 'failed');
    assert.match(told.message ?? '', new RegExp(`got ${value}`));
    assert.equal(s.best, undefined);
    assert.deepEqual(JSON.parse(JSON.stringify(told)), told);
  }
  const s = study();
  assert.equal(s.tell(s.ask().number, { values: [1], constraints: [Number.NaN] }).state, 'failed');
});

test('an intermediate NaN ends the trial, in words, unless nothing is to be pruned', () => {
  const median = study({ pruner: 'median' });
  median.ask();
  assert.deepEqual(median.report(0, 1, Number.NaN), { prune: 'The value at step 1 is NaN: the trial has diverged.' });
  const none = study({ pruner: 'none' });
  none.ask();
  assert.equal(none.report(0, 1, Number.POSITIVE_INFINITY), 'continue');
  assert.match(String(none.trials[0].attributes.diverged), /Infinity/);
  assert.deepEqual(none.trials[0].intermediate, []);
});

test('a finite space is searched without repeats and then said to be exhausted', async () => {
  for (const sampler of ['random', 'tpe'] as const) {
    const s = study({ space: small, sampler });
    const stopped = await s.optimize(({ params }) => Number(params.n ?? 0));
    assert.equal(stopped.reason, 'exhausted');
    assert.equal(new Set(s.trials.map(({ params }) => configurationKey(params))).size, 6);
    assert.equal(s.trials.length, 6);
    assert.match(s.exhausted ?? '', /All 6 configurations/);
    assert.throws(() => s.ask(), { code: 'study-exhausted' });
  }
});

test('a wide finite space with little left is still searched to its end', async () => {
  const s = study({ space: { n: { int: [1, 700] } } });
  assert.equal((await s.optimize(() => 1)).reason, 'exhausted');
  assert.equal(new Set(s.trials.map(({ params }) => params.n)).size, 700);
});

test('a branch with a single configuration is not tried again although the space is infinite', async () => {
  const s = study({ space: { kind: { choice: ['a', 'b'] }, x: { float: [0, 1], when: { kind: 'b' } } } });
  await s.optimize(() => 1, { trials: 40 });
  assert.equal(s.trials.filter(({ params }) => params.kind === 'a').length, 1);
});

test('duplicates are suggested where they are allowed', async () => {
  const s = study({ space: small, duplicates: 'allow' });
  assert.equal((await s.optimize(() => 1, { trials: 20 })).reason, 'trials');
});

test('enqueued configurations come first, in order, with their reason; what is left out is sampled', () => {
  const s = study({ space: small });
  s.enqueue({ kind: 'b' }, 'A person asked for it.');
  s.enqueue({ kind: 'a' }, { sampler: 'defaults', phase: 'default', words: 'A good first try.' });
  const first = s.ask();
  assert.deepEqual(first.params, { kind: 'b' });
  assert.deepEqual(first.why, { sampler: 'enqueued', phase: 'enqueued', words: 'A person asked for it.' });
  const second = s.ask();
  assert.equal(second.params.kind, 'a');
  assert.ok(Number(second.params.n) >= 1);
  assert.equal(second.why.phase, 'default');
  assert.throws(() => s.enqueue({ n: 1 }, ''), { code: 'configuration-inactive' });
});

test('a requeued trial runs again with its number, configuration and reason', () => {
  const s = study();
  const before = s.ask();
  s.report(0, 1, 3);
  s.requeue(0, 'The worker died.');
  const again = s.ask();
  assert.equal(again.number, 0);
  assert.deepEqual([again.params, again.why], [before.params, before.why]);
  assert.deepEqual(again.intermediate, []);
  assert.deepEqual(again.attributes, { restarts: 1, requeued: 'The worker died.' });
});

test('the journal hears of every change before it counts; where it throws, nothing has changed', () => {
  const heard: string[] = [];
  let full = false;
  const journal: Journal = {
    record(trial: Trial, change) {
      if (full) throw new Error('disk full');
      heard.push(`${change} ${trial.number} ${trial.state}`);
    },
  };
  const s = study({ journal });
  s.enqueue({}, 'first');
  s.ask();
  s.report(0, 1, 1);
  s.annotate(0, { learner: 'tree' });
  full = true;
  assert.throws(() => s.tell(0, { values: [1] }), /disk full/);
  assert.equal(s.trials[0].state, 'running');
  assert.throws(() => s.ask(), /disk full/);
  assert.equal(s.trials.length, 1);
  full = false;
  s.tell(0, { values: [1] });
  assert.deepEqual(heard, [
    'enqueued 0 waiting',
    'started 0 running',
    'reported 0 running',
    'annotated 0 running',
    'ended 0 complete',
  ]);
  assert.equal(s.trials[0].attributes.learner, 'tree');
});

test('trials recorded in another space are kept and said to be outside', () => {
  const old = study();
  old.tell(old.ask().number, { values: [1] });
  const s = study({ space: { y: { int: [1, 3] } }, trials: old.trials, sampler: 'tpe' });
  assert.deepEqual(s.outside, [0]);
  assert.equal(s.best?.number, 0);
  assert.equal(s.ask().number, 1);
});

test('an objective that throws fails its trial and the search goes on', async () => {
  const s = study();
  await s.optimize(
    ({ number }) => {
      if (number === 1) throw new Error('out of memory');
      return number;
    },
    { trials: 3 },
  );
  assert.deepEqual(
    s.trials.map(({ state }) => state),
    ['complete', 'failed', 'complete'],
  );
  assert.equal(s.trials[1].message, 'out of memory');
});

test('a signal stops between trials, and leaves the one that it interrupts waiting', async () => {
  const s = study();
  const controller = new AbortController();
  const stopped = await s.optimize(
    ({ number }, { signal }) => {
      if (number === 2) controller.abort();
      signal.throwIfAborted();
      return 1;
    },
    { signal: controller.signal },
  );
  assert.equal(stopped.reason, 'aborted');
  assert.deepEqual(
    s.trials.map(({ state }) => state),
    ['complete', 'complete', 'waiting'],
  );
});

test('an objective that is told to prune ends as pruned, whatever it returns', async () => {
  const s = study({ pruner: 'successive-halving' });
  await s.optimize(
    ({ number }, { report }) => {
      for (let step = 1; step <= 9; step++) if (report(step, number) === 'prune') return Number.NaN;
      return number;
    },
    { trials: 4 },
  );
  assert.deepEqual(
    s.trials.map(({ state }) => state),
    ['complete', 'pruned', 'pruned', 'pruned'],
  );
  assert.match(s.trials[1].message ?? '', /step 1 it ranks 2 of 2/);
});

test('study.words say what auto chose and why', () => {
  assert.match(
    study({ sampler: 'auto', space: small, expected: { trials: 10 } }).words,
    /random, chosen because all 6/,
  );
  assert.match(study({ sampler: 'auto', pruner: 'auto', expected: { trials: 100, steps: 5 } }).words, /tpe.*median/);
  assert.match(study({ pruner: 'auto', expected: { steps: 100 } }).words, /successive-halving/);
  assert.match(study({ pruner: 'auto', directions: ['minimize', 'minimize'], expected: { steps: 100 } }).words, /none/);
  assert.match(study({ sampler: 'auto', expected: { trials: 8, workers: 8 } }).words, /random.*8 workers/);
});
