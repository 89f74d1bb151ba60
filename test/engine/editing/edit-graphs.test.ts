import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Dataset } from '../../../src/engine/data/dataset.ts';
import { asEditable, type EditableModel, editedModel } from '../../../src/engine/editing/edited-model.ts';
import { openEditing } from '../../../src/engine/editing/editing-session.ts';
import { metricValue } from '../../../src/engine/metrics/measure.ts';
import { isAdditive } from '../../../src/engine/models/additive.ts';
import { bundleFromJson, bundleToJson } from '../../../src/engine/models/bundle.ts';
import type { Model } from '../../../src/engine/models/model.ts';
import { loadModel } from '../../../src/engine/run/saved-model.ts';
import { UserError } from '../../../src/shared/faults.ts';
import type { ModelEdit } from '../../../src/shared/model-edit.ts';
import { changeVerdict, effectWords } from '../../../src/shared/results/model-editing.ts';
import { tableOf } from '../learners/toy-data.ts';
import { assertSame } from '../models/onnx/assert-same.ts';
import { ebm, fitted, joinedColumn, joinedTarget, numbers, plantedClasses, plantedData } from './planted.ts';

const { signal } = new AbortController();
const train = plantedData(600, 1, 1.5);
const clean = plantedData(600, 2, 0);
let model: EditableModel;
const edited = (...edits: ModelEdit[]) => editedModel(model, edits, train.features);
const rmse = async (of: Model, data: Dataset) =>
  metricValue('rmse', await of.predict(data.features), data.target) as number;
const meanOf = async (of: Model) => {
  const { values } = await of.predict(train.features);
  return values.reduce((a, b) => a + b) / values.length;
};
const effectsOf = async (of: EditableModel, data: Dataset, column: string) =>
  rmse(editedModel(of, [{ kind: 'monotone', column, direction: 'up' }], train.features).model, data);
const preview = (edits: readonly ModelEdit[], sensitive: readonly string[] = []) =>
  openEditing([{ model, train: train.features }], 'trial 1 (ebm)', {
    judged: clean,
    foldOf: new Uint32Array(clean.features.rowCount),
    sensitive,
    objective: 'rmse',
    seed: 1,
  }).preview(edits, signal, () => {});

describe('editing graphs', () => {
  before(async () => {
    model = asEditable(await ebm(train, 2), 'trial 1 (ebm)');
  });

  it('a planted bump is taken out by forcing the direction, and the loss on clean rows falls', async () => {
    const edit = { kind: 'monotone', column: 'x', direction: 'up' } as const;
    const { editing, edited: made } = await preview([edit]);
    assert.ok((await rmse(made.model, clean)) < 0.85 * (await rmse(model, clean)));
    const { effect } = editing;
    assert.ok(effect);
    assert.equal(changeVerdict('rmse', effect.change), 'better');
    assert.match(effectWords(effect), /^On 600 rows of the validation part: RMSE .* better\./);
    const curve = made.terms?.find(({ axes }) => axes.length === 1 && axes[0].column === 'x')?.effect[0] ?? [];
    assert.ok(curve.every((height, i) => i === 0 || height >= curve[i - 1] - 1e-12));
    assert.ok(Math.abs((await meanOf(made.model)) - (await meanOf(model))) < 1e-9, 'the mean prediction stays');
  });

  it('a noise term can be dropped without a measurable difference', async () => {
    const { editing, edited: made } = await preview([{ kind: 'drop', columns: ['noise'] }]);
    assert.ok(editing.effect);
    assert.equal(changeVerdict('rmse', editing.effect.change), 'no measurable difference');
    assert.ok(isAdditive(made.model));
    assert.ok(!made.model.parts().terms.some(({ axes }) => axes.length === 1 && axes[0].column === 'noise'));
    assert.ok(Math.abs((await meanOf(made.model)) - (await meanOf(model))) < 1e-9, 'the mean prediction stays');
  });

  it('flattening takes the mean of the rows there and touches no others', async () => {
    const { editing, edited: made } = await preview([{ kind: 'flatten', column: 'x', range: numbers(0.4, 0.5) }]);
    const x = clean.features.columns[0];
    const inside = x.kind === 'numeric' ? x.values.filter((value) => value > 0.4 && value < 0.5).length : 0;
    const { effect } = editing;
    assert.ok(
      effect && effect.touched >= 0.8 * inside && effect.touched < inside + 60,
      `${effect?.touched} of ${inside}`,
    );
    assert.ok(Math.abs((await meanOf(made.model)) - (await meanOf(model))) < 1e-9, 'the mean prediction stays');
    assert.match(
      editing.steps[0].detail,
      /steps of the graph, above 0\.\d+ to 0\.\d+, where \d+(\.\d)? % of the training rows are/,
    );
    assert.equal(editing.graphs.length, 1);
  });

  it('setting and straightening move rows inside the range alone', async () => {
    const edits: Extract<ModelEdit, { column: string }>[] = [
      { kind: 'set', column: 'x', range: numbers(0.4, 0.5), adds: 0 },
      { kind: 'set', column: 'color', range: { kind: 'levels', levels: ['blue'] }, adds: 3 },
      { kind: 'interpolate', column: 'x', range: numbers(0.3, 0.6) },
    ];
    for (const edit of edits) {
      const { model: made } = edited(edit);
      const [old, now] = [await model.predict(train.features), await made.predict(train.features)];
      const [x, , color] = train.features.columns;
      now.values.forEach((value, row) => {
        const inside =
          edit.column === 'x'
            ? x.kind === 'numeric' && x.values[row] > 0.27 && x.values[row] < 0.63
            : color.kind === 'coded' && color.levels[color.codes[row]] === 'blue';
        if (!inside) assert.ok(Math.abs(value - old.values[row]) < 1e-9, `row ${row} moved`);
      });
      assert.ok(now.values.some((value, row) => Math.abs(value - old.values[row]) > 0.1));
    }
  });

  it('later edits build on earlier ones, and each is measured after them', async () => {
    const edits: ModelEdit[] = [
      { kind: 'monotone', column: 'x', direction: 'up' },
      { kind: 'drop', columns: ['noise'] },
      { kind: 'drop', columns: ['group'] },
    ];
    const { editing } = await preview(edits, ['group']);
    assert.equal(editing.steps.length, 3);
    assert.deepEqual(
      editing.steps.map(({ words }) => words),
      ['x never falls everywhere', 'noise is dropped', 'group is dropped'],
    );
    for (let i = 1; i < 3; i++)
      assert.equal(
        editing.steps[i].effect.before,
        editing.steps[i - 1].effect.after,
        'each begins where the last ended',
      );
    assert.equal(editing.effect?.before, editing.steps[0].effect.before);
    assert.equal(editing.effect?.after, editing.steps[2].effect.after);
    assert.equal(editing.effect?.fairness[0].column, 'group');
  });

  it('an edited model is saved, loaded and exported like any other', async () => {
    const { model: made } = edited(
      { kind: 'monotone', column: 'x', direction: 'up' },
      { kind: 'flatten', column: 'color', range: { kind: 'levels', levels: ['red', 'green'] } },
      { kind: 'drop', columns: ['noise'] },
      { kind: 'set', column: 'x', range: numbers(null, 0.1), adds: -1 },
    );
    const { values } = await made.predict(clean.features);
    const loaded = await loadModel(bundleFromJson(bundleToJson(made.save()), 'edited.json'), 'edited.json');
    assert.deepEqual((await loaded.predict(clean.features)).values, values);
    await assertSame(made, clean.features);
    assert.equal(made.facts.reading?.count, (model.facts.reading?.count ?? 0) - 1);
  });

  it('pairs can be dropped, by their columns in any order; with every graph dropped the mean is left', async () => {
    assert.ok(isAdditive(model));
    const { terms } = model.parts();
    const pair = terms.find(({ axes }) => axes.length === 2)!;
    const columns = pair.axes.map(({ column }) => column);
    assert.deepEqual(edited({ kind: 'drop', columns: columns.toReversed() }).terms?.length, terms.length - 1);
    const all = terms.map(({ axes }): ModelEdit => ({ kind: 'drop', columns: axes.map(({ column }) => column) }));
    const { model: bare } = edited(...all);
    const { values } = await bare.predict(clean.features);
    assert.ok(values.every((value) => value === values[0]));
    await assertSame(bare, clean.features);
  });

  it('are measured on every fold alike, and on the first alone where another fold cannot be edited so', async () => {
    const other = plantedData(400, 9, 1.5);
    const rest = plantedData(200, 8, 0);
    const judged = {
      ...clean,
      features: tableOf(clean.features.columns.map((column, c) => joinedColumn(column, rest.features.columns[c]))),
      target: joinedTarget(clean.target, rest.target),
    };
    const foldOf = Uint32Array.from({ length: 800 }, (_, row) => (row < 600 ? 0 : 1));
    const second = asEditable(await ebm(other), 'it');
    const session = openEditing(
      [
        { model, train: train.features },
        { model: second, train: other.features },
      ],
      'it',
      { judged, foldOf, sensitive: [], objective: 'rmse', seed: 1 },
    );
    const effectOf = async (edit: ModelEdit) => (await session.preview([edit], signal, () => {})).editing.effect!;
    const both = await effectOf({ kind: 'monotone', column: 'x', direction: 'up' });
    assert.deepEqual([both.part, both.rows], ['validation parts of 2 folds', 800]);
    const { model: risen } = editedModel(second, [{ kind: 'monotone', column: 'x', direction: 'up' }], other.features);
    const [first, last] = [await effectsOf(model, clean, 'x'), await rmse(risen, rest)];
    assert.ok(Math.abs((both.after ?? 0) - Math.sqrt((600 * first ** 2 + 200 * last ** 2) / 800)) < 1e-9);
    assert.ok(isAdditive(model));
    const pair = model.parts().terms.find(({ axes }) => axes.length === 2)!;
    const dropped = await effectOf({ kind: 'drop', columns: pair.axes.map(({ column }) => column) });
    assert.equal(dropped.rows, 800, 'a pair that the other fold has not is dropped there already');
    const { model: bare } = editedModel(second, [{ kind: 'drop', columns: ['group'] }], other.features);
    const unlike = openEditing(
      [
        { model, train: train.features },
        { model: asEditable(bare, 'it'), train: other.features },
      ],
      'it',
      { judged, foldOf, sensitive: [], objective: 'rmse', seed: 1 },
    );
    const flat: ModelEdit = { kind: 'flatten', column: 'group', range: { kind: 'levels', levels: ['a', 'b'] } };
    const { editing } = await unlike.preview([flat], signal, () => {});
    assert.deepEqual([editing.effect?.part, editing.effect?.rows], ['validation part', 600]);
  });

  it('of several classes one graph, or all', async () => {
    const classes = plantedClasses(400, 3, 3);
    const three = asEditable(await fitted('ebm', classes, { bags: 2, max_rounds: 100, interactions: 0 }), 'it');
    const up = { kind: 'monotone', column: 'x', direction: 'up' } as const;
    assert.throws(() => editedModel(three, [up], classes.features), /graph for each of 3 classes/);
    const { model: made, terms = [] } = editedModel(three, [{ ...up, class: 'class 2' }], classes.features);
    const curve = terms.find(({ axes }) => axes[0].column === 'x')!.effect[2];
    assert.ok(curve.every((height, i) => i === 0 || height >= curve[i - 1] - 1e-12));
    await assertSame(made, classes.features);
  });

  for (const [what, edit, message, advice] of [
    ['an unknown term', { kind: 'drop', columns: ['nois'] }, /no graph of "nois"/, /Did you mean "noise"\?/],
    ['an unknown pair', { kind: 'drop', columns: ['x', 'zzz'] }, /no graph of "x with zzz"/, /The graphs are/],
    [
      'a level that is not there',
      { kind: 'flatten', column: 'color', range: { kind: 'levels', levels: ['bleu', 'red'] } },
      /no level "bleu"/,
      /"blue"/,
    ],
    ['numbers of levels', { kind: 'flatten', column: 'color', range: numbers(1, 2) }, /holds levels/, /Name levels/],
    [
      'levels of numbers',
      { kind: 'flatten', column: 'x', range: { kind: 'levels', levels: ['a'] } },
      /holds numbers/,
      /20\.\.40/,
    ],
    ['a direction of levels', { kind: 'monotone', column: 'color', direction: 'up' }, /no order/, /Flatten/],
    [
      'a range that ends before it begins',
      { kind: 'flatten', column: 'x', range: numbers(2, 1) },
      /cannot begin at 2/,
      /Exchange/,
    ],
    ['a range of one step', { kind: 'flatten', column: 'x', range: numbers(0.5, 0.5) }, /1 step there/, /wider/],
    [
      'missing values of a whole column',
      { kind: 'set', column: 'x', range: { kind: 'missing' }, adds: 0 },
      /never missing/,
      /no part/,
    ],
    [
      'a class of a number',
      { kind: 'flatten', column: 'x', range: numbers(0, 1), class: 'yes' },
      /predicts a number/,
      /Leave out/,
    ],
    ['a rule of graphs', { kind: 'drop-rule', rule: 1 }, /no weights, nodes or rules/, /Drop/],
  ] as const)
    it(`refuses ${what}`, () => {
      assert.throws(
        () => edited(edit as ModelEdit),
        (error) => error instanceof UserError && message.test(error.message) && advice.test(error.advice ?? ''),
      );
    });
});
