import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Engine } from '../../../src/engine/index.ts';
import { readModel } from '../../../src/engine/run/saved-model.ts';
import { readExperiment, smallProject } from './experiments.ts';

describe('what if, by the engine', () => {
  const { folder, file } = smallProject(`learners: [logistic, tree]
search: { workers: 1, seed: 2 }
budget: { trials: 4 }
explain: auto
robustness: none`);
  const engine = new Engine();
  before(async () => {
    await engine.call('run.start', { experiment: readExperiment(readFileSync(file, 'utf8'), file) });
    await engine.call('run.wait', { file });
  });
  after(() => engine.close());
  const coded = (code: string) => (error: unknown) => (error as { code?: string }).code === code;

  it('predicts as the model on the disk does, again and again, for every model that can be chosen', async () => {
    const changes = { x: 0.25, colour: 'blue' };
    const light = { file, row: 2, explain: 'none', flips: false } as const;
    const typical = await engine.call('trial.whatIf', { ...light, trial: 1, row: null, changes, form: true });
    const [x, y, colour] = ['x', 'y', 'colour'].map((name) => typical.form!.columns.find((one) => one.name === name)!);
    assert.deepEqual([x.type, y.type, colour.levels?.length], ['number', 'number', 2]);
    const model = await readModel(join(dirname(file), '.vitrine', 'models', '1-1-inspection'));
    const { values } = await model.predict({
      rowCount: 1,
      columns: [
        { kind: 'numeric', name: 'x', type: 'number', values: Float64Array.of(0.25) },
        { kind: 'numeric', name: 'y', type: 'number', values: Float64Array.of(Number(y.value)) },
        { kind: 'coded', name: 'colour', type: 'category', codes: Int32Array.of(0), levels: ['blue'] },
      ],
    });
    assert.deepEqual(typical.after.values, [...values]);
    const again = await engine.call('trial.whatIf', { ...light, trial: 1, row: null, changes });
    assert.deepEqual(again.after, typical.after);
    for (const trial of ['best', 'readable', 'ensemble'] as const) {
      const whole = await engine.call('trial.whatIf', { file, trial, row: 2, changes, sweep: 'x' });
      assert.equal(whole.edits.length > 0, true);
      assert.ok(whole.explanation && whole.sweep && whole.flips && whole.after.held, trial);
    }
  });

  it('orders the form by what was found to matter', async () => {
    const { form } = await engine.call('trial.whatIf', {
      file,
      trial: 'best',
      form: true,
      explain: 'none',
      flips: false,
    });
    assert.deepEqual([form?.byImportance, form?.columns[0].name], [true, 'x']);
  });

  it('tells the data after each step, of a trial and of the members of the ensemble', async () => {
    const { trials } = await engine.call('trials.list', { file, limit: 10 });
    const logistic = trials.find(({ learner }) => learner === 'logistic')!;
    const report = await engine.call('trial.steps', { file, trial: logistic.number, row: 3 });
    assert.equal(report.rowIndex, 3);
    assert.ok(report.shown.includes(3));
    const [{ steps }] = report.pipelines;
    assert.equal(steps.at(-1)?.name, 'inputs');
    assert.ok(steps.at(-1)!.trace!.cells.some(({ column }) => column === 'x'));
    const { pipelines } = await engine.call('trial.steps', { file, trial: 'ensemble' });
    assert.ok(pipelines.length > 0 && pipelines.every(({ trial }) => trial !== undefined));
  });

  it('refuses what it cannot do, in words', async () => {
    const input = { file, trial: 'best' as const };
    await assert.rejects(engine.call('trial.whatIf', { ...input, row: 1e5 }), coded('row-unknown'));
    await assert.rejects(engine.call('trial.steps', { ...input, row: 1e5 }), coded('row-unknown'));
    await assert.rejects(engine.call('trial.whatIf', { ...input, changes: { z: 1 } }), coded('column-unknown'));
    await assert.rejects(engine.call('trial.whatIf', { ...input, changes: { x: 'wide' } }), coded('cell-value'));
    await assert.rejects(engine.call('trial.whatIf', { ...input, trial: 99 }), coded('no-trial'));
  });

  it('is told on the command line', async () => {
    const { succeeds, vitrine } = await import('../../cli/command-line.ts');
    const [name] = file.split('/').slice(-1);
    const words = await succeeds(
      folder,
      'what-if',
      name,
      '--row',
      '2',
      '--set',
      'x=9',
      '--set',
      'colour=',
      '--no-flips',
    );
    assert.match(words, /row 2 of the validation part is predicted/);
    assert.match(words, /x = 9 is above what the training rows have/);
    const report = JSON.parse(await succeeds(folder, 'steps', name, '--trial', 'ensemble', '--format', 'json'));
    assert.equal(report.kind, 'steps');
    const { code, err } = await vitrine(folder, 'what-if', name, '--set', 'hue=red');
    assert.equal(code, 1);
    assert.match(err, /no column "hue"/);
  });
});
