import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { complete } from '../../src/language/complete.ts';
import { hover } from '../../src/language/hover.ts';
import { lenses } from '../../src/language/lenses.ts';
import { parseExperiment } from '../../src/language/parse.ts';
import { contexts } from './contexts.ts';

const full = readFileSync(join(import.meta.dirname, 'goldens/diagnose-clean.golden.yaml'), 'utf8');
const file = '/work/birds/penguins.vitrine.yaml';
const minimal = (rest: string, path = 'penguins.csv') => `data: {path: ${path}, target: species}\n${rest}`;

/** The experiment without keys that hold undefined. */
function experimentOf(text: string, at = file) {
  const { experiment, diagnostics } = parseExperiment(text, at);
  assert.deepEqual(diagnostics, []);
  return JSON.parse(JSON.stringify(experiment));
}

suite('from text to experiment', () => {
  test('everything that can be written arrives', () => {
    assert.deepEqual(experimentOf(full), {
      file,
      name: 'penguins',
      data: {
        path: 'penguins.csv',
        absolutePath: '/work/birds/penguins.csv',
        target: 'species',
        types: {},
        ignore: ['id'],
        sensitive: ['sex'],
        group: null,
        time: null,
        test: { kind: 'share', share: 0.2 },
        validation: { kind: 'folds', folds: 5 },
      },
      task: 'multiclass',
      learners: ['logistic', 'tree', 'boosting', 'mlp'],
      space: {
        boosting: {
          fixed: {},
          searched: {
            learning_rate: { distribution: { type: 'float', low: 0.01, high: 0.3, log: true } },
            max_depth: { distribution: { type: 'int', low: 2, high: 8 } },
          },
        },
        mlp: {
          fixed: {},
          searched: {
            optimizer: { distribution: { type: 'categorical', choices: ['adam', 'sgd'] } },
            momentum: { distribution: { type: 'float', low: 0, high: 0.99 }, when: { optimizer: 'sgd' } },
          },
        },
      },
      script: null,
      nas: 'evolution',
      objectives: [
        { metric: 'log_loss', direction: 'minimize' },
        { metric: 'energy', direction: 'minimize' },
      ],
      constraints: [{ metric: 'model_size', bound: '<=', limit: 1e6, words: 'model_size <= 1MB' }],
      mitigation: { reweight: 'never', thresholds: false },
      forbidden: [
        [
          { parameter: 'learner', oneOf: ['mlp'] },
          { parameter: 'mlp.layers', oneOf: [3, 4] },
        ],
      ],
      search: {
        sampler: 'auto',
        pruner: 'auto',
        hypergradients: 'none',
        seed: 1,
        workers: 'auto',
        backend: 'auto',
        timeoutSeconds: 60,
        memoryBytes: 2e9,
      },
      budget: { seconds: 600, trials: 200, wattHours: 20, co2Grams: 10, cost: { amount: 0.1, currency: 'EUR' } },
      explain: 'auto',
      ensemble: 'auto',
      robustness: 'auto',
      energy: { region: 'FRA', pue: 1.2, price: { perKilowattHour: 0.25, currency: 'EUR' } },
    });
  });

  test('a script arrives: its words, absolute folder, space and own objective', () => {
    const text = `script:
  command: python "my train.py" --rate {rate}
  cwd: sub
  space: {rate: {float: [0.1, 1]}, kind: {value: a}}
  defaults: {rate: 0.5}
  metric: accuracy
  resource: {name: epochs, min: 1, max: 9}
  grace: 2s
objectives: [energy]`;
    const { data, script, objectives } = parseExperiment(text, file).experiment ?? assert.fail('it has faults');
    assert.equal(data, null);
    assert.deepEqual(script, {
      command: ['python', 'my train.py', '--rate', '{rate}'],
      cwd: '/work/birds/sub',
      space: { fixed: { kind: 'a' }, searched: { rate: { distribution: { type: 'float', low: 0.1, high: 1 } } } },
      defaults: { rate: 0.5 },
      objective: { metric: 'accuracy', direction: 'maximize' },
      resource: { name: 'epochs', min: 1, max: 9 },
      pruning: 'signal',
      graceSeconds: 2,
    });
    assert.deepEqual(objectives, [{ metric: 'energy', direction: 'minimize' }]);
  });

  test('what is left out has its default', () => {
    const { name, budget, search, data, learners, task, objectives } = experimentOf(minimal(''));
    assert.deepEqual(
      { name, budget, search, test: data.test, validation: data.validation, learners, task, objectives },
      {
        name: 'penguins',
        budget: { seconds: 600 },
        search: { sampler: 'auto', pruner: 'auto', hypergradients: 'none', seed: 1, workers: 'auto', backend: 'auto' },
        test: { kind: 'share', share: 0.2 },
        validation: { kind: 'auto' },
        learners: undefined,
        task: undefined,
        objectives: [],
      },
    );
  });

  test('ten minutes are the limit only where there is no other', () => {
    assert.deepEqual(experimentOf(minimal('budget: {}')).budget, { seconds: 600 });
    assert.deepEqual(experimentOf(minimal('budget: {trials: 5}')).budget, { trials: 5 });
    assert.deepEqual(experimentOf(minimal('budget: {co2: 5g}')).budget, { co2Grams: 5 });
  });

  test('fixed values, holdouts, test files and directions arrive', () => {
    const text = `data: {path: ../a.csv, target: t, split: {test: parts/b.csv, validation: {holdout: 0.25}}}
space: {mlp: {dropout: {value: 0.5}, layers: {int: [2, 8], step: 2}}}
objectives: [accuracy, {metric: rmse}, {metric: r2, direction: maximize}]
`;
    const { data, space, objectives } = experimentOf(text);
    assert.equal(data.absolutePath, '/work/a.csv');
    assert.deepEqual(data.test, { kind: 'file', absolutePath: '/work/birds/parts/b.csv' });
    assert.deepEqual(data.validation, { kind: 'holdout', share: 0.25 });
    assert.deepEqual(space.mlp, {
      fixed: { dropout: 0.5 },
      searched: { layers: { distribution: { type: 'int', low: 2, high: 8, step: 2 } } },
    });
    assert.deepEqual(
      objectives.map(({ direction }: { direction: string }) => direction),
      ['maximize', 'minimize', 'maximize'],
    );
  });

  test('paths are read from the folder of the file, on Windows too', () => {
    const absolute = (path: string, at: string) => experimentOf(minimal('', path), at).data.absolutePath;
    assert.equal(absolute('/data/a.csv', file), '/data/a.csv');
    assert.equal(absolute('./x/../a.csv', file), '/work/birds/a.csv');
    assert.equal(absolute('../../../a.csv', file), '/a.csv');
    assert.equal(absolute('data/a.csv', 'C:\\birds\\b.vitrine.yaml'), 'C:\\birds\\data\\a.csv');
    assert.equal(absolute('D:\\a.csv', 'C:\\birds\\b.vitrine.yaml'), 'D:\\a.csv');
    assert.equal(experimentOf(minimal(''), 'C:\\birds\\b.vitrine.yml').name, 'b');
  });

  test('warnings do not stop a run, errors do, and the draft is there in any case', () => {
    assert.equal(experimentOf(minimal('learners: auto')).learners, undefined);
    const warned = parseExperiment(minimal('learners: [tree, tree]'), file);
    assert.equal(warned.diagnostics[0].severity, 'warning');
    assert.deepEqual(warned.experiment?.learners, ['tree']);
    const broken = parseExperiment(
      'data:\n  path: penguins.csv\n  tar\n  split: {test: b.csv}\nlearners: [tree, foo\n',
      file,
    );
    assert.equal(broken.experiment, undefined);
    assert.deepEqual(JSON.parse(JSON.stringify(broken.draft)), {
      dataPath: 'penguins.csv',
      absoluteDataPath: '/work/birds/penguins.csv',
      absoluteTestPath: '/work/birds/b.csv',
      learners: ['tree', 'foo'],
    });
  });

  test('Windows line ends do not move positions', () => {
    const places = (text: string) =>
      parseExperiment(text, file, contexts.penguins).diagnostics.map(({ range }) => range);
    const text = 'data:\n  path: a.csv\n  target: specie\nlearners: [tre]\n';
    assert.deepEqual(places(text.replaceAll('\n', '\r\n')), places(text));
    assert.equal(places(text).length, 2);
  });

  test('no half-written text makes it throw, or point outside of the text', () => {
    const lines = full.split('\n');
    for (let end = 0; end <= full.length; end += 3) {
      const text = full.slice(0, end);
      const position = { line: text.split('\n').length - 1, character: text.length - text.lastIndexOf('\n') - 1 };
      for (const { range, message } of parseExperiment(text, file, contexts.penguins).diagnostics) {
        assert.ok(range.end.line < lines.length && range.end.character <= lines[range.end.line].length, message);
        assert.ok(range.start.line < range.end.line || range.start.character <= range.end.character, message);
      }
      complete(text, position, contexts.penguins);
      hover(text, position, contexts.penguins);
      lenses(text);
    }
  });
});
