import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ExplainedSurrogate,
  type ModelledChoice,
  surrogateReason,
} from '../../../../src/engine/search/acquisition/surrogate-reason.ts';
import { observationsOf } from '../../../../src/engine/search/observations.ts';
import { createStudy } from '../../../../src/engine/search/study.ts';
import type { SpaceDescription } from '../../../../src/engine/space/description.ts';
import { encode } from '../../../../src/engine/space/encoding.ts';
import type { Direction } from '../../../../src/shared/metrics.ts';
import type { Params } from '../../../../src/shared/space.ts';

const space: SpaceDescription = {
  kind: { choice: ['a', 'b'] },
  x: { float: [0, 10] },
  depth: { int: [1, 5], when: { kind: 'b' } },
};

/** Trials with these configurations and values, and a choice made from a model of them. */
function choice(
  direction: Direction,
  trials: readonly (readonly [Params, number])[],
  surrogate: Partial<ExplainedSurrogate>,
  taken: Params,
  rest: Partial<ModelledChoice> = {},
): ModelledChoice {
  const study = createStudy({ space, direction, sampler: 'random', clock: () => 0 });
  for (const [params] of trials) study.enqueue(params, 'given');
  for (const [, value] of trials) study.tell(study.ask(), value);
  const model: ExplainedSurrogate = {
    name: 'plane',
    noise: 0,
    // 10 x + 5 for kind b + depth; the deviation is x.
    predict: (points) => ({
      mean: Float64Array.from(points, ([kind, x, depth]) => 100 * x + (kind > 0.5 ? 5 : 0) + (depth || 0)),
      deviation: Float64Array.from(points, ([, x]) => 10 * x),
    }),
    ...surrogate,
  };
  return {
    sampler: 'plane',
    study,
    observations: observationsOf(study),
    surrogate: model,
    acquisitionName: 'expected improvement',
    taken: { point: encode(study.space, taken), score: 0.25 },
    others: [{ point: encode(study.space, { kind: 'a', x: 9 }), score: 0.125 }],
    ...rest,
  };
}

const trials = [
  [{ kind: 'a', x: 5 }, 3],
  [{ kind: 'b', x: 2, depth: 4 }, 1],
  [{ kind: 'a', x: 8 }, 8],
  [{ kind: 'a', x: 1 }, 4],
] as const;

test('the prediction is that of the model with 90 % of observations, noise counted, in the unit of the objective', () => {
  const { prediction } = surrogateReason(choice('minimize', trials, { noise: 3 }, { kind: 'a', x: 4 }));
  const reach = 1.6448536 * Math.hypot(4, 3);
  assert.equal(prediction?.value, 40);
  assert.ok(Math.abs(prediction.low - (40 - reach)) < 1e-5 && Math.abs(prediction.high - (40 + reach)) < 1e-5);
});

test('where more is better, prediction and contributions are turned', () => {
  const { prediction, parameters } = surrogateReason(choice('maximize', trials, {}, { kind: 'a', x: 4 }));
  assert.equal(prediction?.value, -40);
  assert.ok(prediction.low < -40 && prediction.high > -40);
  // The best is now trial 2, at x = 8: its loss is foretold 40 higher.
  assert.equal(parameters?.find(({ name }) => name === 'x')?.exploit, 40);
});

test('each parameter is compared with the value of the best trial there, and takes what that opens from it too', () => {
  const { parameters } = surrogateReason(choice('minimize', trials, {}, { kind: 'a', x: 4 }));
  // Best: kind b, x 2, depth 4. With kind b: 5 and depth's own place on the cube more. With x 2: 20 less, 2 surer.
  const [kind, x] = parameters ?? [];
  assert.ok(Math.abs(kind.exploit - 5.7) < 1e-9 && Math.abs(kind.explore) < 1e-9);
  assert.ok(Math.abs(x.exploit + 20) < 1e-9 && Math.abs(x.explore - 2) < 1e-9);
  assert.deepEqual(
    parameters?.map(({ name }) => name),
    ['kind', 'x'],
  );
});

test('it exploits where the model expects no worse than at the best trial, else it explores', () => {
  assert.equal(surrogateReason(choice('minimize', trials, {}, { kind: 'a', x: 1.9 })).phase, 'exploit');
  assert.equal(surrogateReason(choice('minimize', trials, {}, { kind: 'a', x: 6 })).phase, 'explore');
});

test('trials speak with their weight times how much better than the average they were, the loudest first', () => {
  const weights = () => Float64Array.of(0.3, 0.2, 0.5, 0.001);
  const { spokeFor, spokeAgainst, words } = surrogateReason(
    choice('minimize', trials, { weights }, { kind: 'a', x: 4 }),
  );
  assert.deepEqual(spokeFor, [1, 0]);
  assert.deepEqual(spokeAgainst, [2]);
  assert.match(words, /trials 1 and 0 spoke for it, trial 2 against it\.$/);
});

test('a weight below nought turns what a trial says; running trials at the end have no voice', () => {
  const weights = () => Float64Array.of(0, -1, 0, 0, 7);
  const { spokeFor, spokeAgainst } = surrogateReason(choice('minimize', trials, { weights }, { kind: 'a', x: 4 }));
  assert.deepEqual([spokeFor, spokeAgainst], [[], [1]]);
});

test('a model of scaled losses is heard in the unit of the losses', () => {
  const scaled = choice('minimize', trials, {}, { kind: 'a', x: 4 }, { toLoss: (value) => Math.exp(value / 10) });
  const { prediction } = surrogateReason(scaled);
  assert.equal(prediction?.value, Math.exp(4));
  assert.ok(Math.abs(Math.log(prediction.high) + Math.log(prediction.low) - 8) < 1e-9);
});

test('what the model is and how well it fits is said; a fit that is not known is left out', () => {
  const fit = { fit: 0.5, fitName: 'leave-one-out R2' };
  const known = surrogateReason(choice('minimize', trials, fit, { kind: 'a', x: 4 }));
  assert.deepEqual(known.surrogate, { name: 'plane', trials: 4, ...fit });
  const unknown = surrogateReason(choice('minimize', trials, { fit: Number.NaN, fitName: 'R2' }, { kind: 'a', x: 4 }));
  assert.deepEqual(unknown.surrogate, { name: 'plane', trials: 4 });
  assert.equal(known.acquisition, 0.25);
  assert.deepEqual(known.rejected, [{ params: { kind: 'a', x: 9 }, acquisition: 0.125 }]);
});

test('the largest numbers there are stay numbers', () => {
  const huge = {
    predict: (points: readonly Float64Array[]) => ({
      mean: new Float64Array(points.length).fill(1.7e308),
      deviation: new Float64Array(points.length).fill(1e308),
    }),
  };
  const why = surrogateReason(
    choice('maximize', [[{ kind: 'a', x: 5 }, -1.7e308], ...trials], huge, { kind: 'a', x: 4 }),
  );
  assert.deepEqual(JSON.parse(JSON.stringify(why)), why);
});
