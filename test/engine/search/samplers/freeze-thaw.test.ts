import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainingCurves } from '../../../../src/engine/search/samplers/freeze-thaw/curves.ts';
import { freezeThawSampler } from '../../../../src/engine/search/samplers/freeze-thaw.ts';
import { createStudy, type Study } from '../../../../src/engine/search/study.ts';
import type { Trial } from '../../../../src/shared/trial.ts';

const resource = { name: 'epochs', min: 1, max: 27 };
const space = { x: { float: [0, 1] }, y: { float: [0, 1] } } as const;
/** A loss that falls to its end as 1 / epochs. */
const loss = ({ params, fidelity = 27 }: Trial, epochs = fidelity) =>
  (Number(params.x) - 0.3) ** 2 + (Number(params.y) - 0.6) ** 2 + 0.3 / epochs;

function run(count: number, seed = 1): Study {
  const study = createStudy({ space, sampler: freezeThawSampler(), resource, seed });
  for (let i = 0; i < count; i++) {
    const trial = study.ask();
    study.tell(trial, loss(trial));
  }
  return study;
}

test('a curve is put together from the trials that continue one another, in shares of the resource', () => {
  const study = run(60);
  const curves = trainingCurves(study, resource);
  const continued = study.trials.filter(({ continues }) => continues !== undefined).length;
  assert.equal(curves.length, 60 - continued);
  for (const { latest, steps, losses, paused } of curves) {
    assert.deepEqual(
      [...steps],
      [...steps].toSorted((a, b) => a - b),
    );
    assert.equal(steps.at(-1), Number(latest.fidelity) / 27);
    assert.ok(steps.every((step, i) => losses[i] === loss(latest, step * 27)));
    assert.equal(paused, latest.fidelity !== 27);
  }
  assert.ok(curves.some(({ steps }) => steps.length === 4));
});

test('what a trial reports is part of its curve where its steps count the resource', () => {
  const reported = (steps: readonly number[]) => {
    const study = createStudy({ space, sampler: freezeThawSampler(), resource });
    const trial = study.ask();
    for (const step of steps) study.report(trial, step, 5);
    study.tell(trial, 4);
    return [...trainingCurves(study, resource)[0].steps].map((step) => Number((step * 27).toFixed(6)));
  };
  assert.deepEqual(reported([0.5, 1]), [0.5, 1]);
  assert.deepEqual(reported([10, 20]), [1]);
});

test('it thaws good trainings, with the configuration of the frozen one, and finds a good end', () => {
  for (const seed of [1, 2]) {
    const { trials, best } = run(50, seed);
    const thawed = trials.filter(({ continues }) => continues !== undefined);
    assert.ok(thawed.length >= 5);
    for (const { continues, params } of thawed) assert.deepEqual(trials[Number(continues)].params, params);
    const frozen = trials.filter(({ fidelity }) => fidelity === 1).map((trial) => loss(trial, 27));
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    assert.ok(mean(thawed.map((trial) => loss(trial, 27))) < mean(frozen));
    assert.equal(best?.fidelity, 27);
    assert.ok(loss(best as Trial) < 0.08, String(loss(best as Trial)));
  }
});

test('what it foresees of the next value is mostly so', () => {
  const foreseen = run(60).trials.filter(({ why }) => why.prediction);
  const inside = foreseen.filter(({ why, values }) => {
    const { low, high } = why.prediction as { low: number; high: number };
    return Number(values?.[0]) >= low && Number(values?.[0]) <= high;
  });
  assert.ok(inside.length > 0.75 * foreseen.length, `${inside.length} of ${foreseen.length}`);
});
