import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { KnownColumn } from '../../src/language/context.ts';
import { columnsOf } from '../../src/language/context.ts';
import { parseExperiment } from '../../src/language/parse.ts';
import { experimentTemplate, type TemplateOptions } from '../../src/language/template.ts';
import { contexts } from './contexts.ts';

const columns = columnsOf(contexts.penguins.columns) as readonly KnownColumn[];
const file = '/work/penguins.vitrine.yaml';

function experimentOf(options: TemplateOptions) {
  const { experiment, diagnostics } = parseExperiment(experimentTemplate(options), file, {
    columns: options.columns,
    rowCount: 344,
  });
  assert.deepEqual(diagnostics, []);
  assert.ok(experiment?.data);
  return { ...experiment, data: experiment.data };
}

suite('the first experiment file', () => {
  test('runs as it is', () => {
    const { name, data, task, budget } = experimentOf({ dataPath: 'penguins.csv', target: 'species', columns });
    assert.equal(name, 'penguins');
    assert.equal(data.target, 'species');
    assert.deepEqual(data.test, { kind: 'share', share: 0.2 });
    assert.deepEqual(data.ignore, ['id'], 'columns that name rows are left out');
    assert.equal(task, undefined);
    assert.equal(budget.seconds, 600);
  });

  test('says what was chosen', () => {
    const { data, task } = experimentOf({
      dataPath: 'a.csv',
      target: 'Body mass (g)',
      task: 'regression',
      test: 'none',
      columns,
    });
    assert.equal(task, 'regression');
    assert.deepEqual(data.test, { kind: 'none' });
    const share = experimentOf({ dataPath: 'a.csv', target: 'sex', test: '0.3', columns });
    assert.deepEqual(share.data.test, { kind: 'share', share: 0.3 });
    const other = experimentOf({ dataPath: 'sub\\a.csv', target: 'sex', test: 'b.csv', columns });
    assert.deepEqual(other.data.test, { kind: 'file', absolutePath: '/work/b.csv' });
    assert.equal(other.data.absolutePath, '/work/sub/a.csv');
  });

  test('holds names that YAML would read otherwise', () => {
    for (const name of [
      'a: b',
      '#1',
      'true',
      '2024',
      'x, "y"',
      "it's",
      '- dash',
      '[list]',
      '{map}',
      '*star',
      'Größe',
      ' spaces ',
      'null',
    ]) {
      const odd: KnownColumn[] = [
        { name, type: 'category', distinct: 2 },
        { name: `${name} id`, type: 'id' },
        { name: 'other' },
      ];
      const { data } = experimentOf({ dataPath: `${name}.csv`.replace('/', ''), target: name, columns: odd });
      assert.equal(data.target, name);
      assert.deepEqual(data.ignore, [`${name} id`]);
    }
  });

  test('what its comments offer is right once it is uncommented', () => {
    const text = experimentTemplate({ dataPath: 'a.csv', target: 'species', columns });
    const open = text.replace(/^(\s*)# (?=[a-z]+:|\s+boosting:)/gm, '$1').replace('# An experiment', '#');
    const { diagnostics, experiment } = parseExperiment(open, file, { ...contexts.penguins, columns });
    assert.deepEqual(diagnostics, []);
    assert.ok(
      experiment?.learners && experiment.space.boosting && experiment.data?.sensitive.length && experiment.task,
    );
  });
});
