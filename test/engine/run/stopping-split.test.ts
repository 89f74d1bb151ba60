import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { takeDataset } from '../../../src/engine/data/dataset.ts';
import { loadDataset } from '../../../src/engine/data/load-dataset.ts';
import { learners } from '../../../src/engine/learners/registry.ts';
import { fittingRows } from '../../../src/engine/run/stopping-split.ts';
import { smallProject } from './experiments.ts';

const learner = (name: string) => {
  const found = learners.find((candidate) => candidate.name === name);
  assert.ok(found);
  return found;
};
const { folder } = smallProject('', 200);
const data = await loadDataset({ path: `${folder}/data.csv`, target: 'answer' }, new AbortController().signal);

describe('rows that choose the number of rounds', () => {
  it('are a part of the training rows: together they are all of them, none twice', () => {
    const { train, validation } = fittingRows(learner('boosting'), data, 0, 1);
    assert.ok(validation);
    assert.equal(validation.features.rowCount, 30);
    const all = [...train.rowIds, ...validation.rowIds].sort((a, b) => a - b);
    assert.deepEqual(all, [...data.rowIds]);
  });

  it('are the same for every learner of a fold, and others for another fold', () => {
    const ids = (name: string, fold: number) => [
      ...(fittingRows(learner(name), data, fold, 1).validation?.rowIds ?? []),
    ];
    assert.deepEqual(ids('mlp', 2), ids('boosting', 2));
    assert.notDeepEqual(ids('mlp', 2), ids('mlp', 3));
  });

  it('are not taken from learners without rounds, nor from a handful of rows', () => {
    assert.deepEqual(fittingRows(learner('logistic'), data, 0, 1), { train: data });
    const few = takeDataset(data, [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(fittingRows(learner('boosting'), few, 0, 1), { train: few });
  });
});
