import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { it } from 'node:test';
import { Engine } from '../../../src/engine/index.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { explanationsOf } from '../../../src/shared/results/explanation.ts';
import { readExperiment } from './experiments.ts';

const words = ['kind', 'broken', 'late', 'quick', 'never', 'always', 'again', 'order', 'box', 'street'];

/** Dates, texts and towns of which only the texts and the towns tell the answer. */
function project(yaml: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-prepared-'));
  const random = createRandom(8);
  const lines = Array.from({ length: 240 }, () => {
    const tone = random.integer(2);
    const town = random.integer(60);
    const note = [words[tone], ...Array.from({ length: 5 }, () => words[2 + random.integer(8)])].join(' ');
    const day = new Date(1.6e12 + random.integer(1e11)).toISOString().slice(0, 10);
    const answer = tone + 0.4 * (town % 2) + 0.2 * random.normal() > 0.7 ? 'yes' : 'no';
    return `${day},town ${town},${(10 ** random.normal()).toFixed(4)},"${note} ${random.integer(1e6)}",${answer}`;
  });
  writeFileSync(join(folder, 'data.csv'), ['day,town,size,note,answer', ...lines].join('\n'));
  const file = join(folder, 'prepared.vitrine.yaml');
  const data =
    'data: { path: data.csv, target: answer, types: { town: category }, split: { validation: { folds: 3 } } }';
  writeFileSync(file, `${data}\n${yaml}\n`);
  return file;
}

it('a study prepares its data within folds, searches how, and its models are explained, attacked and saved whole', async () => {
  const file = project(
    `learners: [logistic]
space: { logistic: { encoding: { value: target }, dates: { choice: [parts, number] }, scaling: { choice: [native, power] } } }
search: { workers: 1, pruner: none }
budget: { trials: 7 }`,
  );
  const engine = new Engine();
  try {
    await engine.call('run.start', { experiment: readExperiment(readFileSync(file, 'utf8'), file) });
    const snapshot = await engine.call('run.wait', { file });
    const { trials } = await engine.call('trials.list', { file, limit: 100 });
    assert.deepEqual([...new Set(trials.map(({ state, message }) => message ?? state))], ['complete']);
    const fitted = trials.filter(({ learner }) => learner === 'logistic');
    for (const { params, model } of fitted) {
      assert.equal(params['logistic.encoding'], 'target');
      assert.match(model!.words, /texts.*, levels by their mean target/);
    }
    assert.equal(new Set(fitted.map(({ params }) => params['logistic.scaling'])).size, 2);
    const best = trials[snapshot.best ?? 0];
    assert.ok(Number(best.metrics.log_loss) < 0.45, `log loss ${best.metrics.log_loss}`);
    const { explanations, robustness } = await engine.call('trial.show', { file, trial: best.number });
    const [importance] = explanationsOf(explanations, 'permutation-importance');
    assert.deepEqual(importance?.columns.flatMap(({ columns }) => columns).sort(), ['day', 'note', 'size', 'town']);
    assert.ok(robustness);
    const folder = dirname(file);
    writeFileSync(join(folder, 'new.csv'), 'note,size,town,day\n,1e300,nowhere,1950-01-01\n"kind box",,town 3,\n');
    const output = join(folder, 'predictions.csv');
    const { rows } = await engine.call('trial.predict', { file, trial: 'best', data: join(folder, 'new.csv'), output });
    assert.equal(rows, 2);
    assert.match(readFileSync(output, 'utf8'), /(yes|no),0\.\d+,0\.\d+\n/);
  } finally {
    await engine.close();
  }
});
