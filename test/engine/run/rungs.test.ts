import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rungs } from '../../../src/engine/run/rungs.ts';
import { createStudy, Study } from '../../../src/engine/search/study.ts';

const space = { x: { float: [0, 1] } } as const;
const resource = { name: 'share of the rows', min: 0.1, max: 1, whole: false };
const firsts = Array.from({ length: 12 }, (_, i) => ({ params: { x: i / 12 }, words: `number ${i}` }));

/** Climbs with x as the loss, asking what is waiting alone; the shares that were asked for with what had them. */
function climbed(study: Study, rungs: Rungs): [number, number[]][] {
  const seen = new Map<number, number[]>();
  for (;;) {
    rungs.takeTurn(study);
    if (!study.trials.some(({ state }) => state === 'waiting')) return [...seen];
    const { number, fidelity = 0, params } = study.ask();
    seen.set(fidelity, [...(seen.get(fidelity) ?? []), Math.round(12 * Number(params.x))]);
    study.tell(number, params.x === 1 / 12 ? { failed: 'as it happens' } : { values: [Number(params.x)] });
  }
}

test('the better third of each rung goes on with more rows, at least three, and the best get all', () => {
  const study = createStudy({ space, resource, sampler: 'random' });
  const rungs = new Rungs(0.1);
  rungs.begin(study, firsts);
  const [first, second, third] = climbed(study, rungs);
  assert.deepEqual(first, [0.1, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]]);
  assert.deepEqual(second, [0.25, [0, 2, 3, 4]]);
  assert.deepEqual(third, [1, [0, 2, 3]]);
});

test('a promoted trial says where it comes from, and names the one it continues', () => {
  const study = createStudy({ space, resource, sampler: 'random' });
  const rungs = new Rungs(0.1);
  rungs.begin(study, firsts);
  climbed(study, rungs);
  const promoted = study.trials.find(({ fidelity }) => fidelity === 0.25)!;
  assert.equal(promoted.continues, 0);
  assert.equal(promoted.why.phase, 'promote');
  assert.equal(promoted.why.words, 'Number 1 of 11 on 10 % of the rows: goes on with 25 %.');
});

test('what was recorded is climbed on from', () => {
  const study = createStudy({ space, resource, sampler: 'random' });
  const rungs = new Rungs(0.1);
  rungs.begin(study, firsts);
  for (let i = 0; i < 12; i++) study.tell(study.ask().number, { values: [i] });
  const again = new Study({ space, resource, sampler: 'random', trials: study.trials });
  new Rungs(0.1).takeTurn(again);
  assert.deepEqual(
    again.trials.filter(({ state }) => state === 'waiting').map(({ continues }) => continues),
    [0, 1, 2, 3],
  );
});

test('a rung that goes on is waited for', () => {
  const study = createStudy({ space, resource, sampler: 'random' });
  const rungs = new Rungs(0.1);
  rungs.begin(study, firsts);
  const running = study.ask();
  for (let i = 1; i < 12; i++) study.tell(study.ask().number, { values: [i] });
  rungs.takeTurn(study);
  assert.equal(study.trials.length, 12);
  study.tell(running.number, { values: [0] });
  rungs.takeTurn(study);
  assert.equal(study.trials.length, 16);
});
