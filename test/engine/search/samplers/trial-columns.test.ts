import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trialColumn } from '../../../../src/engine/search/samplers/trial-columns.ts';
import { createStudy } from '../../../../src/engine/search/study.ts';

test('a column follows the study as trials are enqueued, asked for and ended', () => {
  const space = {
    x: { float: [0, 1] },
    kind: { choice: ['a', 'b'] },
    n: { int: [1, 9], log: true, when: { kind: 'a' } },
  } as const;
  const study = createStudy({ space, sampler: 'random', seed: 2 });
  const asked = new Set<number>();
  const expected = (name: string) =>
    study.trials.map(({ number, params }) => {
      const value = params[name];
      if (!asked.has(number) || value === undefined) return Number.NaN;
      return name === 'kind'
        ? ['a', 'b'].indexOf(String(value))
        : name === 'n'
          ? Math.log(Number(value))
          : Number(value);
    });
  const check = () => {
    for (const parameter of study.space.parameters)
      assert.deepEqual([...trialColumn(study.trials, parameter)], expected(parameter.name));
  };
  check();
  for (let i = 0; i < 100; i++) {
    if (i % 5 === 0) study.enqueue({ kind: i % 2 ? 'a' : 'b' }, 'mine');
    if (i % 7 === 0) study.enqueue({}, 'mine');
    check();
    const { number } = study.ask();
    asked.add(number);
    check();
    if (i % 11 === 3) study.requeue(number, 'again');
    else if (i % 4) study.tell(number, i % 3 ? i : { failed: 'no' });
    check();
  }
});

test('values that are not possible any more are not there', () => {
  const old = createStudy({ space: { kind: { choice: ['a', 'b'] } }, sampler: 'random', duplicates: 'allow' });
  for (let i = 0; i < 8; i++) old.tell(old.ask(), 1);
  const study = createStudy({ space: { kind: { choice: ['b', 'c'] } }, trials: old.trials });
  assert.deepEqual(
    [...trialColumn(study.trials, study.space.parameters[0])],
    old.trials.map(({ params }) => (params.kind === 'b' ? 0 : Number.NaN)),
  );
});
