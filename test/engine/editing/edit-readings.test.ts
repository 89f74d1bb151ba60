import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { editTargets } from '../../../src/engine/editing/edit-targets.ts';
import { asEditable, carriesOver, editedModel } from '../../../src/engine/editing/edited-model.ts';
import { isReadable } from '../../../src/engine/models/readable.ts';
import { loadModel } from '../../../src/engine/run/saved-model.ts';
import { UserError } from '../../../src/shared/faults.ts';
import type { ModelEdit } from '../../../src/shared/model-edit.ts';
import { assertSame } from '../models/onnx/assert-same.ts';
import { fitted, plantedClasses, plantedData } from './planted.ts';

const { signal } = new AbortController();
const values = plantedData(300, 1, 0);
const classes = plantedClasses(300, 1, 2);
const mean = (numbers: Float64Array) => numbers.reduce((a, b) => a + b) / numbers.length;

describe('editing what can be read', () => {
  for (const [name, data] of [
    ['ridge', values],
    ['elastic_net', values],
    ['logistic', classes],
  ] as const)
    it(`a weight of ${name} becomes 0, and its mean goes to the intercept`, async () => {
      const model = asEditable(await fitted(name, data), 'it');
      const targets = editTargets(model, data.features);
      assert.ok(targets.kind === 'weights');
      assert.ok(targets.weights.includes('x'));
      const { model: made, detail } = editedModel(model, [{ kind: 'drop', columns: ['color'] }], data.features);
      assert.match(detail, /^3 weights$/);
      const one = editedModel(model, [{ kind: 'zero', weight: 'color is "blue"' }], data.features);
      assert.equal(one.detail, '1 weight');
      assert.ok(isReadable(made));
      const reading = made.reading();
      assert.ok(reading.kind === 'weights');
      assert.equal(reading.terms.filter(({ weights }) => weights.every((weight) => weight === 0)).length >= 3, true);
      if (name !== 'logistic') {
        const [old, now] = [await model.predict(data.features), await made.predict(data.features)];
        assert.ok(Math.abs(mean(old.values) - mean(now.values)) < 1e-6);
      }
      assert.match((await made.weightErrors?.(data, signal))?.words ?? '', /were edited/);
      await assertSame(made, data.features);
      assert.deepEqual(
        (await (await loadModel(made.save(), 'it')).predict(data.features)).values,
        (await made.predict(data.features)).values,
      );
      assert.throws(
        () => editedModel(model, [{ kind: 'zero', weight: 'color is "blu"' }], data.features),
        (error) => error instanceof UserError && error.advice === 'Did you mean "color is "blue""?',
      );
    });

  for (const data of [values, classes])
    it(`a node of a tree becomes a leaf (${data.info.task})`, async () => {
      const model = asEditable(await fitted('tree', data), 'it');
      const targets = editTargets(model, data.features);
      assert.ok(targets.kind === 'tree');
      const [root, second] = targets.splits;
      assert.equal(root.rows, 300);
      const { model: made, detail } = editedModel(model, [{ kind: 'prune', node: second.node }], data.features);
      assert.equal(detail, `it asked for ${second.words} of ${second.rows} training rows`);
      assert.equal(made.facts.reading?.count, root.leaves - second.leaves + 1);
      await assertSame(made, data.features);
      const stump = editedModel(model, [{ kind: 'prune', node: 0 }], data.features).model;
      const predicted = (await stump.predict(data.features)).values;
      const width = data.info.classes?.length ?? 1;
      assert.ok(
        predicted.every((value, i) => value === predicted[i % width]),
        'the root alone predicts one thing',
      );
      const wrong = root.leaves * 2;
      assert.throws(() => editedModel(model, [{ kind: 'prune', node: wrong }], data.features), /no node/);
    });

  for (const data of [values, classes])
    it(`a rule is dropped, and its mean goes to the start (${data.info.task})`, async () => {
      const model = asEditable(await fitted('rules', data, { rules: 5 }), 'it');
      const edits: ModelEdit[] = [
        { kind: 'drop-rule', rule: 2 },
        { kind: 'drop-rule', rule: 1 },
      ];
      const { model: made } = editedModel(model, edits, data.features);
      assert.equal(made.facts.reading?.count, (model.facts.reading?.count ?? 0) - 2);
      if (data === values) {
        const [old, now] = [await model.predict(data.features), await made.predict(data.features)];
        assert.ok(Math.abs(mean(old.values) - mean(now.values)) < 1e-9);
      }
      await assertSame(made, data.features);
      assert.ok(!carriesOver(edits), 'another fit has rules of its own');
      assert.throws(() => editedModel(model, [{ kind: 'drop-rule', rule: 99 }], data.features), /no rule 99/);
    });

  it('what nobody can follow is refused, and it is said what can be edited', async () => {
    const forest = await fitted('forest', values, { trees: 8 });
    assert.throws(
      () => asEditable(forest, 'trial 3 (forest)'),
      (error) => error instanceof UserError && /trial 3 \(forest\) cannot be edited/.test(error.message),
    );
  });
});
