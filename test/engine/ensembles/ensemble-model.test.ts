import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { takeDataset } from '../../../src/engine/data/dataset.ts';
import { ensembleOf, loadEnsemble } from '../../../src/engine/ensembles/ensemble-model.ts';
import type { Model } from '../../../src/engine/models/model.ts';
import { learnerNamed } from '../../../src/engine/run/learners.ts';
import { loadModel } from '../../../src/engine/run/saved-model.ts';
import { toy } from '../learners/toy-data.ts';

const data = toy('binary');
const { signal } = new AbortController();

/** Fitted on the rows whose position leaves this remainder by two. */
async function half(name: string, remainder: number): Promise<Model> {
  const rows = [...data.rowIds.keys()].filter((row) => row % 2 === remainder);
  const learner = await learnerNamed(name);
  const train = takeDataset(data, rows);
  return learner.fit({ train, seed: 1, signal, report: async () => 'continue' }, learner.defaults(train.info));
}

const combination = { kind: 'mean', weights: [0.75, 0.25] } as const;
const members = await Promise.all(
  ['logistic', 'tree'].map(async (name, trial) => ({
    trial,
    share: combination.weights[trial],
    models: [await half(name, 0), await half(name, 1)],
  })),
);
const whole = ensembleOf(members, combination);
const load = (own: Parameters<typeof loadModel>[0]) => loadModel(own, 'ensemble');

describe('an ensemble', () => {
  it('predicts the same after it was kept', async () => {
    const loaded = await loadEnsemble(whole.save(), load);
    assert.deepEqual(await loaded.predict(data.features), await whole.predict(data.features));
  });

  it('can be asked as of one fold, whose models alone speak then', async () => {
    const first = await loadEnsemble(whole.save(), load, 0);
    const [logistic, tree] = await Promise.all(members.map(({ models }) => models[0].predict(data.features)));
    const { values } = await first.predict(data.features);
    assert.deepEqual(
      values,
      logistic.values.map((value, i) => 0.75 * value + 0.25 * tree.values[i]),
    );
    assert.notDeepEqual(values, (await whole.predict(data.features)).values);
  });
});
