import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { placeFindings } from '../../src/language/data-finding-place.ts';
import { experimentEdits } from '../../src/language/experiment-edit.ts';
import { parseExperiment } from '../../src/language/parse.ts';
import { Source } from '../../src/language/source.ts';
import type { DataFinding, ExperimentEdit } from '../../src/shared/results/data-findings.ts';
import { applied, textIn } from './text-edits.ts';

const ignore = (column: string): ExperimentEdit => ({ how: 'add', key: ['data', 'ignore'], value: column });
const group: ExperimentEdit = { how: 'set', key: ['data', 'group'], value: 'owner' };
const test30: ExperimentEdit = { how: 'set', key: ['data', 'split', 'test'], value: 0.3 };
const trees: ExperimentEdit = { how: 'set', key: ['learners'], value: ['tree'] };
const date: ExperimentEdit = { how: 'set', key: ['data', 'types', 'a: b'], value: 'date' };

const duplicates: ExperimentEdit = { how: 'set', key: ['data', 'drop', 'duplicates'], value: true };
const rows: ExperimentEdit = { how: 'add', key: ['data', 'drop', 'rows'], value: [4, 9] };

/** What is written, the change, and what is written then. */
const cases: readonly (readonly [string, ExperimentEdit, string])[] = [
  ['data: {path: a.csv, target: b}\n', ignore('c'), 'data: {path: a.csv, target: b, ignore: [c]}\n'],
  ['data: {path: a.csv, ignore: [x]} # all\n', ignore('c'), 'data: {path: a.csv, ignore: [x, c]} # all\n'],
  ['data: {path: a.csv, ignore: []}\n', ignore('c'), 'data: {path: a.csv, ignore: [c]}\n'],
  ['data: {path: a.csv, ignore: [c]}\n', ignore('c'), 'data: {path: a.csv, ignore: [c]}\n'],
  [
    'data:\n  path: a.csv\n  ignore:\n    - x # known late\n\n# more\nseed: 1\n',
    ignore('c: d'),
    'data:\n  path: a.csv\n  ignore:\n    - x # known late\n    - "c: d"\n\n# more\nseed: 1\n',
  ],
  [
    'data:\n  path: a.csv # the table\n\nname: x\n',
    group,
    'data:\n  path: a.csv # the table\n  group: owner\n\nname: x\n',
  ],
  ['data:\n  path: a.csv\n  ignore:\n', ignore('c'), 'data:\n  path: a.csv\n  ignore: [c]\n'],
  ['data: {path: a.csv, group: town}', group, 'data: {path: a.csv, group: owner}'],
  ['data: {path: a.csv}\n', test30, 'data: {path: a.csv, split: {test: 0.3}}\n'],
  ['data:\n  path: a.csv\n  split:\n', test30, 'data:\n  path: a.csv\n  split: {test: 0.3}\n'],
  ['data:\n  path: a.csv\n  split: {test: 0.1} # few\n', test30, 'data:\n  path: a.csv\n  split: {test: 0.3} # few\n'],
  ['learners:\n  - tree\n  - mlp # slow\nname: x\n', trees, 'learners: [tree] # slow\nname: x\n'],
  ['name: x', trees, 'name: x\nlearners: [tree]'],
  ['', trees, 'learners: [tree]\n'],
  ['data: {path: a.csv}\n', date, 'data: {path: a.csv, types: {"a: b": date}}\n'],
  ['data: {path: a.csv}\n', duplicates, 'data: {path: a.csv, drop: {duplicates: true}}\n'],
  [
    'data:\n  path: a.csv\n  drop: {duplicates: false} # all\n',
    duplicates,
    'data:\n  path: a.csv\n  drop: {duplicates: true} # all\n',
  ],
  [
    'data:\n  path: a.csv\n  drop: {duplicates: true}\n',
    rows,
    'data:\n  path: a.csv\n  drop: {duplicates: true, rows: [4, 9]}\n',
  ],
  ['data: {path: a.csv, drop: {rows: [1, 9]}}\n', rows, 'data: {path: a.csv, drop: {rows: [1, 9, 4]}}\n'],
  ['data: {path: a.csv, drop: {rows: [9, 1, 4]}}\n', rows, 'data: {path: a.csv, drop: {rows: [9, 1, 4]}}\n'],
  // What stands in the way stays.
  ['data: a.csv\n', group, 'data: a.csv\n'],
];

const finding = (check: string, edit?: ExperimentEdit): DataFinding => ({
  check,
  severity: 'warning',
  message: `${check}.`,
  columns: [],
  evidence: { measure: 'share', value: 1, threshold: 0.5 },
  remedies: [{ kind: 'ignore column', words: 'Do it.', ...(edit && { edit }) }],
});

suite('changes of an experiment file that a remedy asks for', () => {
  for (const [text, edit, then] of cases)
    test(`${edit.how} ${edit.key.join('.')} in ${JSON.stringify(text)}`, () => {
      const title = 'the change';
      assert.equal(applied(text, { title, edits: experimentEdits(new Source(text), edit) }), then);
      const changed = new Source(then);
      assert.deepEqual(changed.problems, []);
      if (text !== 'data: a.csv\n')
        assert.deepEqual(experimentEdits(changed, edit), [], 'a second time nothing is left');
    });

  test('every change leaves an experiment that can be read', () => {
    const text = 'data:\n  path: a.csv\n  target: b\n';
    for (const edit of [ignore('c'), group, test30, trees, date]) {
      const then = applied(text, { title: '', edits: experimentEdits(new Source(text), edit) });
      assert.deepEqual(parseExperiment(then, '/w/a.vitrine.yaml').diagnostics, [], then);
    }
  });
});

suite('what the data checks found, in the experiment file', () => {
  const text = 'data:\n  path: a.csv\n  target: b\n  split: {test: 0.1}\n  ignore: [gone]\n';
  const at = (found: DataFinding) => placeFindings(new Source(text), [found]).map(({ range }) => textIn(text, range));

  test('stands at the key that it is about, else at the name of the data', () => {
    assert.deepEqual(at(finding('target-leak')), ['b']);
    assert.deepEqual(at(finding('small-test')), ['split']);
    assert.deepEqual(at(finding('group-leak')), ['split']);
    assert.deepEqual(at(finding('constant')), ['a.csv']);
  });

  test('has its remedies as fixes, and is gone once one of them is taken', () => {
    const [placed] = placeFindings(new Source(text), [finding('constant', ignore('c'))]);
    assert.equal(placed.message, 'constant. Do it.');
    assert.deepEqual(
      placed.fixes.map(({ title }) => title),
      ['Add c to data.ignore'],
    );
    const then = applied(text, placed.fixes[0]);
    assert.match(then, /ignore: \[gone, c\]/);
    assert.deepEqual(placeFindings(new Source(then), [placed.finding]), []);
    assert.deepEqual(placeFindings(new Source(text), [finding('constant')])[0].fixes, []);
  });
});
