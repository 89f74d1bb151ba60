import assert from 'node:assert/strict';
import { test } from 'node:test';
import { successiveHalvingPruner } from '../../../../src/engine/search/pruners/successive-halving.ts';
import { createStudy } from '../../../../src/engine/search/study.ts';
import { decide, trialOf } from './conformance.ts';

const pruner = successiveHalvingPruner();
const at = (values: readonly number[]) => values.map((value, number) => trialOf(number, [value]));

test('among those that reached a rung the best third goes on', () => {
  const others = at([1, 2, 3, 4, 5]);
  assert.equal(decide(pruner, others, [1.5]), undefined);
  assert.equal(
    decide(pruner, others, [2.5])?.words,
    'At step 1 it ranks 3 of 6; successive halving lets the best 2 go on (one in 3).',
  );
  assert.equal(decide(pruner, at([5]), [1]), undefined);
  assert.notEqual(decide(pruner, at([1]), [5]), undefined);
});

test('rungs lie at grace x reduction^k, and nothing is stopped between', () => {
  const others = [trialOf(0, [1, 1, 1, 1, 1, 1, 1, 1, 1])];
  const stops = Array.from({ length: 9 }, (_, k) =>
    decide(
      pruner,
      others,
      Array.from({ length: k + 1 }, () => 5),
    ),
  );
  assert.deepEqual(
    stops.map((words) => words !== undefined),
    [true, false, true, false, false, false, false, false, true],
  );
  const late = successiveHalvingPruner({ grace: 4, reduction: 2 });
  assert.equal(decide(late, others, [5, 5, 5]), undefined);
  assert.notEqual(decide(late, others, [5, 5, 5, 5]), undefined);
});

test('a report that jumps over rungs is judged at each of them', () => {
  const others = [trialOf(0, [9, 1, 1, 1])];
  const jumped = { intermediate: [{ step: 4, value: 5 }] };
  // It beats the other at rung 1 (9) and loses at rung 3 (1).
  assert.match(decide(pruner, others, [], jumped)?.words ?? '', /^At step 3 it ranks 2 of 2/);
});

test('on a study whose first steps tell the truth it keeps the best and spends a fraction', async () => {
  const study = createStudy({ space: { x: { float: [0, 1] } }, sampler: 'random', pruner: 'successive-halving' });
  let steps = 0;
  await study.optimize(
    ({ params }, { report }) => {
      for (let step = 1; step <= 27; step++) {
        steps++;
        if (report(step, Number(params.x) + 1 / step) === 'prune') break;
      }
      return Number(params.x);
    },
    { trials: 81 },
  );
  assert.ok(steps < (81 * 27) / 3, `${steps} steps`);
  const lowest = Math.min(...study.trials.map(({ params }) => Number(params.x)));
  assert.equal(study.best?.params.x, lowest);
});
