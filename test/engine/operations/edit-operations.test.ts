import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Engine, UserError } from '../../../src/engine/index.ts';
import { readBundle } from '../../../src/engine/models/bundle.ts';
import type { ModelEdit } from '../../../src/shared/model-edit.ts';
import type { AdditiveTerms } from '../../../src/shared/results/additive-terms.ts';
import { editedModelWords } from '../../../src/shared/results/model-editing.ts';
import { readExperiment, smallProject } from '../run/experiments.ts';

const yaml = `learners: [ebm, forest]
space: {ebm: {bags: {value: 2}, max_rounds: {value: 100}, interactions: {value: 1}}, forest: {trees: {value: 10}}}
search: {workers: 1, seed: 1}
budget: {trials: 3}
explain: none
robustness: none`;
const edits: ModelEdit[] = [
  { kind: 'monotone', column: 'x', direction: 'up' },
  { kind: 'drop', columns: ['y'] },
];

describe('editing a model of a study', () => {
  const engine = new Engine();
  const { folder, file } = smallProject(yaml, 300);
  const trial = { of: (_: string) => -1 };
  const refuses = (call: Promise<unknown>, code: string, message: RegExp, advice: RegExp) =>
    assert.rejects(call, (error: unknown) => {
      assert.ok(error instanceof UserError, String(error));
      assert.equal(error.code, code);
      assert.match(error.message, message);
      assert.match(error.advice ?? '', advice);
      return true;
    });
  before(async () => {
    const text = readFileSync(file, 'utf8').replace('target: answer', 'target: answer, sensitive: [colour]');
    await engine.call('run.start', { experiment: readExperiment(text, file) });
    const { run, message } = await engine.call('run.wait', { file });
    assert.equal(run, 'finished', message);
    const { trials } = await engine.call('trials.list', { file });
    trial.of = (learner) => trials.find((one) => one.learner === learner)?.number ?? -1;
  });
  after(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  it('a preview tells what can be edited and what edits change, and keeps nothing', async () => {
    const bare = await engine.call('edit.preview', { file });
    assert.equal(bare.model, `trial ${trial.of('ebm')} (ebm)`);
    assert.equal(bare.effect, null);
    assert.ok(bare.targets.kind === 'graphs');
    assert.deepEqual(bare.targets.terms.flatMap(({ columns }) => (columns.length === 1 ? columns : [])).sort(), [
      'colour',
      'x',
      'y',
    ]);
    const { effect, steps } = await engine.call('edit.preview', { file, edits });
    assert.ok(effect && effect.touched > 0 && effect.flipped !== undefined);
    assert.equal(effect.metric, 'log_loss');
    assert.deepEqual([effect.part, effect.rows], ['validation parts of 3 folds', 240]);
    assert.equal(effect.fairness[0].column, 'colour');
    assert.equal(steps.length, 2);
    assert.deepEqual((await engine.call('edit.list', { file })).edits, []);
    assert.ok(!readdirSync(join(folder, '.vitrine/models')).some((name) => name.includes('edit')));
  });

  it('a kept one is listed, judged once on the test part, predicts, is explained and exported, and can be undone', async () => {
    const note = 'x cannot matter the other way round';
    const first = await engine.call('edit.save', { file, edits, note });
    assert.equal(first.number, 1);
    assert.equal(first.fitted, 'all rows');
    assert.ok(first.test && first.test.rows === 60);
    assert.equal(first.testLooks, 1);
    assert.match(
      editedModelWords(first),
      /^Edit 1 of trial \d+: x never falls everywhere; y is dropped\.\nNote: x cannot/,
    );
    const kept = await readBundle(join(folder, '.vitrine/models', '1-edit-1-final'));
    assert.deepEqual(kept.edits?.edits, edits);
    assert.equal(kept.edits?.note, note);
    assert.equal(kept.edits?.originalHash, first.originalHash);
    assert.equal(kept.promises, undefined, 'what was promised of the original is not promised of it');

    const [data, output] = [join(folder, 'data.csv'), join(folder, 'out.csv')];
    const predicted = await engine.call('trial.predict', { file, trial: 'edit-1', data, output });
    assert.match(predicted.model, /^edit 1 of trial \d+ \(ebm\)$/);
    const { results } = await engine.call('trial.explain', { file, trial: 'edit-1', kind: 'additive-terms' });
    const [graphs] = results;
    assert.ok(graphs.kind === 'additive-terms');
    const { terms } = graphs as AdditiveTerms;
    assert.deepEqual(terms.flatMap(({ axes }) => (axes.length === 1 ? [axes[0].column] : [])).sort(), ['colour', 'x']);
    const onnx = await engine.call('trial.export', { file, trial: 'edit-1', output: join(folder, 'edited.onnx') });
    assert.ok(onnx.bytes > 0);

    const second = await engine.call('edit.save', { file, edits: [edits[1]] });
    assert.equal(second.testLooks, 2);
    assert.match(editedModelWords(second), /the 2nd edited model of this study that is judged there/);
    assert.deepEqual(
      (await engine.call('edit.list', { file })).edits.map(({ number }) => number),
      [1, 2],
    );
    await engine.call('edit.remove', { file, edit: 'edit-2' });
    assert.ok(!existsSync(join(folder, '.vitrine/models', '1-edit-2-final')));
    assert.deepEqual(
      (await engine.call('edit.list', { file })).edits.map(({ number }) => number),
      [1],
    );
    await refuses(
      engine.call('trial.predict', { file, trial: 'edit-2', data, output }),
      'no-edit',
      /no edited model edit-2/,
      /There are edit-1\./,
    );
    const third = await engine.call('edit.save', { file, edits });
    assert.equal(third.number, 3, 'a number is not given twice');
    assert.equal(third.testLooks, 3, 'what was undone had been judged all the same');
  });

  it('what cannot be edited is refused, and it is said what can be', async () => {
    await refuses(
      engine.call('edit.preview', { file, trial: trial.of('forest'), edits }),
      'not-editable',
      /\(forest\) cannot be edited/,
      new RegExp(`trial ${trial.of('ebm')} \\(ebm\\)`),
    );
    await refuses(
      engine.call('edit.preview', { file, edits: [{ kind: 'drop', columns: ['colours'] }] }),
      'edit-unknown',
      /no graph of "colours"/,
      /Did you mean "colour"\?/,
    );
    await refuses(engine.call('edit.save', { file, edits: [] }), 'bad-input', /edits/, /./);
  });
});
