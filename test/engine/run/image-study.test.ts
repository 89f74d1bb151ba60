import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { Engine } from '../../../src/engine/index.ts';
import { createRandom } from '../../../src/engine/random.ts';
import type { Experiment } from '../../../src/shared/experiment/experiment.ts';
import { explanationsOf } from '../../../src/shared/results/explanation.ts';
import { drawShapes, place } from '../data/images/drawn-images.ts';
import { readExperiment } from './experiments.ts';

const yaml = `data: { path: shapes, target: class, split: { validation: { holdout: 0.3 } } }
learners: [cnn, tree]
space: { cnn: { filters: { value: 8 }, stages: { value: 2 }, blocks: { value: 0 }, learning_rate: { value: 0.01 } } }
search: { workers: 1, pruner: none }
budget: { trials: 3 }
robustness: none
`;

it('a folder of images is searched, explained, saved and predicted; the next study says what has changed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-image-study-'));
  drawShapes(join(folder, 'shapes'), 60, 12, createRandom(1));
  place(join(folder, 'shapes', 'circle', 'broken.png'), 'no image');
  const file = join(folder, 'shapes.vitrine.yaml');
  writeFileSync(file, yaml);
  const engine = new Engine();
  const experiment = readExperiment(readFileSync(file, 'utf8'), file);
  const run = async (change: Partial<Experiment> = {}) => {
    await engine.call('run.start', { experiment: { ...experiment, ...change } });
    return engine.call('run.wait', { file });
  };
  try {
    const first = await run();
    assert.match(first.notes.join(' '), /"circle\/broken.png" is neither PNG nor JPEG/);
    const { trials } = await engine.call('trials.list', { file, limit: 10 });
    assert.deepEqual([...new Set(trials.map(({ state, message }) => message ?? state))], ['complete']);
    const best = trials[first.best ?? 0];
    assert.equal(best.learner, 'cnn');
    const { explanations } = await engine.call('trial.show', { file, trial: best.number });
    assert.deepEqual(
      explanationsOf(explanations, 'permutation-importance')[0]?.columns.flatMap(({ columns }) => columns),
      ['image'],
    );
    const output = join(folder, 'predictions.csv');
    writeFileSync(join(folder, 'new.csv'), 'image\nshapes/circle/0.png\nshapes/square/0.png\ngone.png\n');
    const predicted = await engine.call('trial.predict', {
      file,
      trial: 'best',
      data: join(folder, 'new.csv'),
      output,
    });
    assert.equal(predicted.rows, 3);
    assert.match(predicted.notes.join(' '), /"gone.png" is not there/);

    assert.deepEqual((await engine.call('experiment.check', { experiment })).notes.length, first.notes.length);
    rmSync(join(folder, 'shapes', 'circle', '1.png'));
    const change = 'The data have changed since the last study: 1 row fewer (121 to 120)';
    assert.ok((await engine.call('experiment.check', { experiment })).notes[0].startsWith(change));
    const second = await run({ learners: ['tree'], space: {} });
    assert.ok(second.notes[0].startsWith(change), second.notes[0]);
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true });
  }
});
