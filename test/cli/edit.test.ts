import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InvalidArgumentError } from 'commander';
import * as written from '../../src/cli/edit-options.ts';
import { answerRows, answerTable, folderWith, quickSearch, succeeds, vitrine } from './command-line.ts';

describe('edits on the command line', () => {
  it('are read as they are written', () => {
    assert.deepEqual(written.drop('age'), { kind: 'drop', columns: ['age'] });
    assert.deepEqual(written.drop('age x sex'), { kind: 'drop', columns: ['age', 'sex'] });
    assert.deepEqual(written.drop('["a x b","c"]'), { kind: 'drop', columns: ['a x b', 'c'] });
    assert.deepEqual(written.flatten('income=20..40 for yes'), {
      kind: 'flatten',
      column: 'income',
      range: { kind: 'numbers', from: 20, to: 40 },
      class: 'yes',
    });
    assert.deepEqual(written.monotone('a=b=down:..3'), {
      kind: 'monotone',
      column: 'a=b',
      direction: 'down',
      range: { kind: 'numbers', from: null, to: 3 },
    });
    assert.deepEqual(written.set('color=red, blue:-0.5'), {
      kind: 'set',
      column: 'color',
      range: { kind: 'levels', levels: ['red', 'blue'] },
      adds: -0.5,
    });
    assert.deepEqual(written.rangeOf('missing'), { kind: 'missing' });
    assert.deepEqual(written.rangeOf('2024-01-01..'), { kind: 'numbers', from: Date.UTC(2024, 0, 1), to: null });
    assert.equal(written.rangeText({ low: 0, high: Date.UTC(2024, 0, 1), date: true }), '1970-01-01..2024-01-01');
  });

  for (const [read, text] of [
    [written.drop, 'a x b x c'],
    [written.drop, '[1]'],
    [written.drop, '[oops'],
    [written.flatten, 'income'],
    [written.flatten, 'income='],
    [written.flatten, 'income=a..b'],
    [written.flatten, 'color=red,,blue'],
    [written.monotone, 'age=sideways'],
    [written.set, 'age=20..40'],
    [written.set, 'age=20..40:much'],
    [written.prune, '-1'],
    [written.dropRule, '0'],
  ] as const)
    it(`refuses '${text}'`, () => assert.throws(() => read(text), InvalidArgumentError));

  it('show what can be edited, keep a rule set without a rule, and name what is wrong', async () => {
    const folder = folderWith({
      'data.csv': answerTable(answerRows(90)),
      'e.vitrine.yaml': `data: {path: data.csv, target: answer}\n${quickSearch.replace('[tree, logistic]', '[tree]').replace('trials: 4', 'trials: 2')}`,
    });
    await succeeds(folder, 'run', 'e.vitrine.yaml', '--json');
    const shown = await succeeds(folder, 'edit', 'e.vitrine.yaml');
    assert.match(shown, /What can be edited of trial \d+ \(tree\)\nnode 0: x /);
    assert.match(shown, /Edited models that are kept\nNone\./);
    const kept = await succeeds(folder, 'edit', 'e.vitrine.yaml', '--prune', '0', '--save', '--note', 'a test');
    assert.match(
      kept,
      /^Edit 1 of trial \d+: node 0 is a leaf\.\nNote: a test\nOn \d+ rows of the validation part: Log loss /,
    );
    assert.match(kept, /On 18 rows of the test part/);
    assert.match(kept, /nodes and rules of its own/);
    assert.match(kept, /--trial edit-1/);
    const { code, err } = await vitrine(folder, 'edit', 'e.vitrine.yaml', '--monotone', 'x=up');
    assert.equal(code, 1);
    assert.match(err, /a tree has nodes, not graphs or weights\. Prune a node\./);
  });
});
