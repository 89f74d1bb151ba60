import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Journal } from '../../../src/engine/search/journal.ts';
import type { ObjectiveFunction } from '../../../src/engine/search/optimize.ts';
import { createStudy, type StudyOptions } from '../../../src/engine/search/study.ts';

const study = (options: Partial<StudyOptions> = {}) =>
  createStudy({ space: { x: { float: [0, 1] } }, sampler: 'random', clock: () => 0, ...options });

/** Objectives that are answered by hand: `answer[n]` ends trial n. */
function byHand() {
  const answer: ((value: number) => void)[] = [];
  const objective: ObjectiveFunction = ({ number }) => {
    const { promise, resolve } = Promise.withResolvers<number>();
    answer[number] = resolve;
    return promise;
  };
  return { answer, objective };
}
/** Lets everything that can go on without a timer go on. */
const settle = async () => {
  for (let i = 0; i < 50; i++) await Promise.resolve();
};

test('workers keep that many objectives going side by side, each starting the next as it ends', async () => {
  const s = study();
  const { answer, objective } = byHand();
  const over = s.optimize(objective, { trials: 5, workers: 3 });
  await settle();
  assert.deepEqual(
    s.trials.map(({ state }) => state),
    ['running', 'running', 'running'],
  );
  answer[1](0.1);
  await settle();
  assert.deepEqual(
    s.trials.map(({ state }) => state),
    ['running', 'complete', 'running', 'running'],
  );
  for (const number of [0, 2, 3]) answer[number](1);
  await settle();
  answer[4](1);
  assert.deepEqual(await over, { reason: 'trials', words: 'All 5 trial(s) have been run.' });
  assert.equal(s.trials.length, 5);
  assert.equal(s.best?.number, 1);
});

test('an objective that never ends fails its trial when its time is over; its late answer is ignored', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const s = study({ pruner: 'median' });
  const { answer, objective } = byHand();
  const signals: AbortSignal[] = [];
  const reports: ((step: number, value: number) => string)[] = [];
  const over = s.optimize(
    (trial, context) => {
      signals.push(context.signal);
      reports.push(context.report);
      return objective(trial, context);
    },
    { trials: 2, timeoutSeconds: 5 },
  );
  await settle();
  t.mock.timers.tick(4999);
  await settle();
  assert.equal(s.trials[0].state, 'running');
  t.mock.timers.tick(1);
  await settle();
  assert.equal(s.trials[0].state, 'failed');
  assert.equal(s.trials[0].message, 'It did not end within 5 s.');
  assert.ok(signals[0].aborted, 'its signal tells it that its time is over');
  assert.ok(!signals[1].aborted);
  answer[0](0.5);
  assert.equal(reports[0](1, 1), 'prune');
  await settle();
  assert.equal(s.trials[0].state, 'failed');
  answer[1](0.25);
  await over;
  assert.deepEqual(s.trials[1].values, [0.25]);
});

test('an objective that throws later, or throws what is no error, fails its trial with the words', async () => {
  const s = study();
  await s.optimize(
    async ({ number }) => {
      await settle();
      if (number === 0) throw new Error('out of memory');
      if (number === 1) throw 'just words';
      return 1;
    },
    { trials: 3, workers: 2 },
  );
  assert.deepEqual(
    s.trials.map(({ state, message }) => [state, message]),
    [
      ['failed', 'out of memory'],
      ['failed', 'just words'],
      ['complete', undefined],
    ],
  );
});

test('an objective without a number, or with too many, fails its trial and says what it gave', async () => {
  const s = study();
  // What a program without types may return.
  const answers = [undefined, null, 'good', [1, 2], { loss: 1 }, Number.NaN, 0.5] as unknown as number[];
  await s.optimize(({ number }) => answers[number], { trials: answers.length });
  assert.deepEqual(
    s.trials.map(({ state }) => state),
    ['failed', 'failed', 'failed', 'failed', 'failed', 'failed', 'complete'],
  );
  assert.match(s.trials[0].message ?? '', /needs a number.*got undefined/);
  assert.match(s.trials[2].message ?? '', /got "good"/);
  assert.match(s.trials[3].message ?? '', /2 for 1 objective/);
  assert.match(s.trials[5].message ?? '', /got NaN/);
});

test('an objective may return its constraints, or say how else it ended', async () => {
  const s = study();
  const answers = [{ values: [1], constraints: [0.5] }, { pruned: 'no hope' }, { values: [2], constraints: [0] }];
  await s.optimize(({ number }) => answers[number], { trials: 3 });
  assert.equal(s.best?.number, 2);
  assert.equal(s.trials[1].message, 'no hope');
});

test('a study that is stopped ends its workers and gives their trials back; late answers and reports are ignored', async () => {
  const s = study();
  const { answer, objective } = byHand();
  const reports: ((step: number, value: number) => string)[] = [];
  const over = s.optimize(
    (trial, context) => {
      reports.push(context.report);
      return objective(trial, context);
    },
    { workers: 2 },
  );
  await settle();
  s.stop('Good enough.');
  assert.equal(reports[0](1, 1), 'prune');
  answer[0](1);
  answer[1](1);
  assert.deepEqual(await over, { reason: 'stopped', words: 'Good enough.' });
  assert.deepEqual(
    s.trials.map(({ state }) => state),
    ['waiting', 'waiting'],
  );
});

test('workers share a finite space without repeats and end when it is exhausted', async () => {
  const s = study({ space: { n: { int: [1, 7] } }, sampler: 'tpe' });
  const stopped = await s.optimize(async ({ params }) => Number(params.n), { workers: 4 });
  assert.equal(stopped.reason, 'exhausted');
  assert.equal(new Set(s.trials.map(({ params }) => params.n)).size, 7);
});

test('a journal that throws ends the search with its error, after the trials that run', async () => {
  let full = false;
  const journal: Journal = {
    record() {
      if (full) throw new Error('disk full');
    },
  };
  const s = study({ journal });
  const { answer, objective } = byHand();
  const over = s.optimize(objective, { workers: 2 });
  await settle();
  full = true;
  answer[0](1);
  await settle();
  full = false;
  answer[1](2);
  await assert.rejects(over, /disk full/);
  assert.deepEqual(
    s.trials.map(({ state }) => state),
    ['running', 'complete'],
  );
});
