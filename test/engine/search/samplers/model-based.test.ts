import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lowerConfidenceBound } from '../../../../src/engine/search/acquisition/confidence-bound.ts';
import type { ExplainedSurrogate } from '../../../../src/engine/search/acquisition/surrogate-reason.ts';
import {
  type ModelBasedOptions,
  modelBasedSampler,
  standardScale,
} from '../../../../src/engine/search/samplers/model-based.ts';
import { smacSampler } from '../../../../src/engine/search/samplers/smac.ts';
import { vaeBoSampler } from '../../../../src/engine/search/samplers/vae-bo.ts';
import { createStudy, type Study } from '../../../../src/engine/search/study.ts';
import type { Trial } from '../../../../src/shared/trial.ts';

const space = { x: { float: [0, 1] } } as const;

/** A model that knows that the loss is the distance from 0.7, and what it was fitted on. */
function knowing(rest: Partial<ModelBasedOptions<ExplainedSurrogate>> = {}) {
  const fitted: { points: readonly Float64Array[]; losses: Float64Array }[] = [];
  const sampler = modelBasedSampler({
    name: 'knowing',
    startTrials: () => 3,
    scale: standardScale,
    fit(_study, points, losses) {
      fitted.push({ points, losses });
      return {
        name: 'truth',
        noise: 0,
        predict: (asked) => ({
          mean: Float64Array.from(asked, ([x]) => Math.abs(x - 0.7)),
          deviation: new Float64Array(asked.length).fill(0.1),
        }),
      };
    },
    acquisition: lowerConfidenceBound(1),
    search: { draws: 64, starts: 2 },
    ...rest,
  });
  return { sampler, fitted };
}

const answered = (study: Study, values: readonly number[]) => {
  for (const value of values) study.tell(study.ask(), value);
};

test('after the start the configuration with the best acquisition is suggested', () => {
  const study = createStudy({ space, sampler: knowing().sampler });
  answered(study, [3, 1, 2, 0]);
  assert.deepEqual(study.trials.map(({ why }) => why.phase).slice(0, 3), ['start-up', 'start-up', 'start-up']);
  assert.ok(Math.abs(Number(study.trials[3].params.x) - 0.7) < 0.01);
  assert.equal(study.trials[3].why.surrogate?.trials, 3);
});

test('an infeasible trial counts as the worst, a running one as what the model expects of it', () => {
  const { sampler, fitted } = knowing();
  const study = createStudy({ space, sampler });
  answered(study, [3, 1]);
  study.tell(study.ask(), { values: [-5], constraints: [1] });
  const running = study.ask();
  study.ask();
  const [alone, , together] = fitted;
  assert.equal(alone.losses[2], alone.losses[0]);
  assert.equal(together.points.length, 4);
  assert.equal(together.losses[3], Math.abs(Number(running.params.x) - 0.7));
});

test('the share that is drawn at random is drawn, and says so', () => {
  const study = createStudy({ space, sampler: knowing({ randomShare: 0.5 }).sampler });
  answered(
    study,
    Array.from({ length: 83 }, (_, i) => i),
  );
  const drawn = study.trials.filter(({ why }) => why.words.startsWith('Drawn at random, as 50 %')).length;
  assert.ok(drawn > 25 && drawn < 55, `${drawn} of 80`);
});

test('smac begins with at most a quarter of the trials to come, and halves the mean loss in a conditional space', () => {
  const study = createStudy({
    space: { kind: { choice: ['a', 'b'] }, x: { float: [0, 10] }, depth: { int: [1, 9], when: { kind: 'b' } } },
    sampler: smacSampler({ challengers: 500 }),
    expected: { trials: 40 },
  });
  for (let i = 0; i < 40; i++) {
    const trial = study.ask();
    const { kind, x, depth } = trial.params;
    study.tell(trial, (Number(x) - 3) ** 2 + (kind === 'b' ? Math.abs(Number(depth) - 6) : 5));
  }
  assert.equal(study.trials.filter(({ why }) => why.phase === 'start-up').length, 10);
  assert.equal(study.best?.params.kind, 'b');
  const mean = (trials: readonly Trial[]) => trials.reduce((sum, { values }) => sum + values![0], 0) / trials.length;
  const start = mean(study.trials.filter(({ why }) => why.phase === 'start-up'));
  const modelled = mean(study.trials.filter(({ why }) => why.surrogate));
  assert.ok(modelled < start / 2, `${start} at the start, ${modelled} by the model`);
});

test('vae-bo suggests valid configurations of a conditional space, and finds its bowl', () => {
  const study = createStudy({
    space: { kind: { choice: ['a', 'b'] }, x: { float: [0, 10] }, depth: { int: [1, 9], when: { kind: 'b' } } },
    sampler: vaeBoSampler(),
    expected: { trials: 40 },
  });
  for (let i = 0; i < 40; i++) {
    const trial = study.ask();
    const { kind, x, depth } = trial.params;
    study.tell(trial, (Number(x) - 3) ** 2 + (kind === 'b' ? Math.abs(Number(depth) - 6) : 5));
  }
  assert.ok(study.best?.values && study.best.values[0] < 0.1, String(study.best?.values));
});
