import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { groupSplit, ignoreColumn, largerTestPart, setType, timeSplit } from '../../src/engine/checks/remedies.ts';
import { editedExperiment } from '../../src/language/edit-experiment.ts';
import { parseExperiment } from '../../src/language/parse.ts';

const block = `# what matters
data:
  path: a.csv # the table
  target: y
  ignore: [id]
search:
  seed: 3
`;
const flow = 'data: {path: a.csv, target: y}\n';
const edits = [
  ignoreColumn('leak'),
  groupSplit('patient'),
  timeSplit('day'),
  setType('size', 'number'),
  largerTestPart(0.3),
].map(({ edit }) => edit!);

describe('an edit of an experiment file', () => {
  it('keeps comments, order and what is there', () => {
    assert.equal(editedExperiment(block, edits[0]), block.replace('[id]', '[id, leak]'));
    assert.equal(editedExperiment(block, { ...edits[0], value: 'id' }), block);
    assert.equal(editedExperiment(flow, edits[0]), 'data: {path: a.csv, target: y, ignore: [leak]}\n');
    assert.equal(editedExperiment(block, edits[4]), block.replace('[id]\n', '[id]\n  split:\n    test: 0.3\n'));
  });

  it('makes room where a key is empty', () => {
    const empty = 'data:\n  path: a.csv\n  target: y\n  split:\n';
    assert.match(editedExperiment(empty, edits[4]), /split:\n\s+test: 0\.3/);
  });

  it('leaves a file without faults, whatever the remedy', () => {
    const trees = { how: 'set', key: ['learners'], value: ['tree'] } as const;
    for (const text of [block, flow]) {
      for (const edit of [...edits, trees]) {
        const { diagnostics } = parseExperiment(editedExperiment(text, edit), '/a.vitrine.yaml', {
          schemaChecks: true,
        });
        assert.deepEqual(diagnostics, [], JSON.stringify(edit));
      }
    }
  });

  it('refuses what is no experiment file', () => {
    assert.throws(() => editedExperiment('- a', edits[0]), RangeError);
    assert.throws(() => editedExperiment('a: [', edits[0]), RangeError);
  });
});
