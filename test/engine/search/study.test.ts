import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Journal } from '../../../src/engine/search/journal.ts';
import type { Sampler } from '../../../src/engine/search/sampler.ts';
import { randomSampler } from '../../../src/engine/search/samplers/random.ts';
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
    /auto chose random, because all 6/,
  );
  assert.match(study({ sampler: 'auto', pruner: 'auto', expected: { trials: 100, steps: 5 } }).words, /gp.*median/);
  assert.match(study({ pruner: 'auto', expected: { steps: 100 } }).words, /successive-halving/);
  assert.match(
    study({ pruner: 'auto', directions: ['minimize', 'minimize'], expected: { steps: 100 } }).words,
    /dominance/,
  );
  assert.match(study({ sampler: 'auto', expected: { trials: 8, workers: 8 } }).words, /sobol.*8 workers/);
});

test('a single objective may be given by its direction, and a trial be told by itself with a plain value', () => {
  const s = study({ direction: 'maximize' });
  s.tell(s.ask(), 1);
  s.tell(s.ask(), [3]);
  s.tell(s.ask().number, { values: [2] });
  assert.deepEqual(s.directions, ['maximize']);
  assert.equal(s.best?.number, 1);
  assert.deepEqual(study().directions, ['minimize']);
  assert.throws(() => study({ direction: 'maximize', directions: ['minimize'] }), { code: 'study-directions' });
});

test('told nothing, or what is no result, is refused and leaves the trial running', () => {
  const s = study();
  const trial = s.ask();
  for (const told of [undefined, null, '1', {}, { values: 1 }] as unknown as number[])
    assert.throws(() => s.tell(trial, told), { code: 'trial-values' });
  assert.equal(s.trials[0].state, 'running');
});

test('best is the earliest of equals in order of numbers, not of answers', () => {
  const s = study();
  const [first, second] = [s.ask(), s.ask()];
  s.tell(second, 1);
  assert.equal(s.best?.number, 1);
  s.tell(first, 1);
  assert.equal(s.best?.number, 0);
  s.annotate(0, { note: 'kept' });
  assert.equal(s.best?.attributes.note, 'kept');
});

test('a stopped study gives running trials back and refuses everything after; made again of its trials it goes on', () => {
  const s = study();
  s.tell(s.ask(), 1);
  const running = s.ask();
  assert.equal(s.stopped, undefined);
  s.stop('Good enough.');
  assert.equal(s.stopped, 'Good enough.');
  assert.deepEqual(
    s.trials.map(({ state }) => state),
    ['complete', 'waiting'],
  );
  for (const refused of [() => s.ask(), () => s.tell(running, 1), () => s.report(1, 1, 1)])
    assert.throws(refused, { code: 'study-stopped', message: /Good enough/ });
  const again = study({ trials: s.trials });
  assert.deepEqual(again.ask().params, running.params);
});

test('of several waiting trials the lowest number is asked for first, also after one was given back', () => {
  const s = study();
  for (let i = 0; i < 4; i++) s.enqueue({ x: i / 4 }, 'mine');
  assert.deepEqual([s.ask().number, s.ask().number], [0, 1]);
  s.requeue(1, 'again');
  s.requeue(0, 'again');
  assert.deepEqual([s.ask().number, s.ask().number, s.ask().number], [0, 1, 2]);
});

test('what the pruner saw is kept with the trial, and forgotten when it runs again', () => {
  const s = study({ pruner: 'successive-halving' });
  const [good, bad] = [s.ask(), s.ask()];
  s.report(good, 1, 0.1);
  const answer = s.report(bad, 1, 0.9);
  const { stopped } = s.trials[1];
  assert.deepEqual(answer, { prune: stopped?.words });
  assert.deepEqual(
    [stopped?.pruner, stopped?.step, stopped?.value, stopped?.threshold, stopped?.compared],
    ['successive-halving', 1, 0.9, 0.1, [0]],
  );
  s.requeue(1, 'The worker died.');
  assert.equal(s.trials[1].stopped, undefined);
});

const epochs = { name: 'epochs', min: 1, max: 9 } as const;
/** Gives each configuration 1 epoch, then 9. */
const rising: Sampler = {
  ...randomSampler,
  name: 'rising',
  sharesResource: true,
  sampleRelative(view, number) {
    const before = view.trials[number - 1];
    const words = { sampler: 'rising', words: 'One epoch, then nine.' } as const;
    return number % 2 === 0
      ? { params: { n: 1 + number / 2 }, why: { ...words, phase: 'explore' }, fidelity: 1 }
      : { params: before.params, why: { ...words, phase: 'promote' }, fidelity: 9, continues: number - 1 };
  },
};

test('a sampler that shares a resource out needs one that makes sense', () => {
  assert.throws(() => study({ sampler: rising }), { code: 'study-resource', message: /"rising"/ });
  for (const wrong of [{ min: 0 }, { min: 10 }, { max: Number.POSITIVE_INFINITY }])
    assert.throws(() => study({ resource: { ...epochs, ...wrong } }), { code: 'study-resource' });
});

test('a configuration is tried by fidelity, and only the highest fidelity of a feasible trial ranks', () => {
  const s = study({ space: { n: { int: [1, 2] } }, sampler: rising, resource: epochs });
  const low = s.ask();
  assert.deepEqual([low.fidelity, low.continues], [1, undefined]);
  assert.ok(s.tried(low.params, 1));
  assert.ok(!s.tried(low.params));
  s.tell(low, 0.1);
  assert.equal(s.best?.number, 0);
  const high = s.ask();
  assert.deepEqual([high.fidelity, high.continues], [9, 0]);
  assert.ok(s.tried(high.params) && s.tried(high.params, 9));
  s.tell(high, 0.5);
  assert.equal(s.best?.number, 1, 'a whole trial ranks before a partial one that looked better');
  s.tell(s.ask(), 0.01);
  assert.equal(s.best?.number, 1);
  assert.deepEqual(
    s.paretoFront.map(({ number }) => number),
    [1],
  );
  assert.equal(s.exhausted, undefined, 'the second configuration was not tried at the whole resource');
  s.tell(s.ask(), 0.4);
  assert.equal(s.best?.number, 3);
  assert.match(s.exhausted ?? '', /All 2 configurations/);
  const resumed = study({ space: { n: { int: [1, 2] } }, sampler: rising, resource: epochs, trials: s.trials });
  assert.equal(resumed.best?.number, 3);
  assert.equal(resumed.exhausted, s.exhausted);
});

test('forbidden combinations are not counted among the configurations, not enqueued and not asked for', async () => {
  const s = study({ space: small, forbidden: [{ kind: 'a', n: [1, 2, 3, 4] }] });
  assert.ok(s.tried({ kind: 'a', n: 2 }));
  assert.throws(() => s.enqueue({ kind: 'a', n: 1 }, ''), { code: 'configuration-forbidden' });
  const stopped = await s.optimize(() => 1);
  assert.equal(stopped.words, 'All 2 configurations of the space have been tried.');
  assert.deepEqual(s.trials.map(({ params }) => configurationKey(params)).sort(), [
    '[["kind","a"],["n",5]]',
    '[["kind","b"]]',
  ]);
});

test('what is left out of an enqueued configuration is not completed to a forbidden one', () => {
  for (let seed = 0; seed < 20; seed++) {
    const s = study({ space: small, forbidden: [{ kind: 'a', n: [1, 2, 3, 4] }], seed });
    s.enqueue({ kind: 'a' }, 'mine');
    assert.deepEqual(s.ask().params, { kind: 'a', n: 5 });
  }
});
