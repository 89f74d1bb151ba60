import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadDataset } from '../../../src/engine/data/load-dataset.ts';
import { experimentSpace } from '../../../src/engine/run/experiment-space.ts';
import { UserError } from '../../../src/shared/faults.ts';
import { dataFile, never, table } from '../data/data-file.ts';
import { readExperiment } from './experiments.ts';

async function spaceWith(rare: number, more: string, target = 'answer') {
  const path = dataFile(table('size,answer', 60, (i) => `${(i * 7) % 31}.5,${i < rare ? 'rare' : 'usual'}`));
  const text = `data: {path: ${path}, target: ${target}, balance: weights}\nlearners: [constant, tree, boosting]\n${more}`;
  const experiment = readExperiment(text, `${path}.vitrine.yaml`);
  const { info } = await loadDataset({ path, target }, never);
  return experimentSpace(experiment, info);
}

const choicesOf = (space: Awaited<ReturnType<typeof spaceWith>>['space'], name: string) => {
  const distribution = space.parameters.find((parameter) => parameter.name === name)?.distribution;
  return distribution?.type === 'categorical' ? distribution.choices : undefined;
};

describe('`balance` of the experiment file', () => {
  it('holds for every learner that can, but where its own space says otherwise', async () => {
    const { space, firsts } = await spaceWith(6, 'space: {boosting: {balance: {value: oversample}}}\n');
    assert.deepEqual(choicesOf(space, 'tree.balance'), ['weights']);
    assert.deepEqual(choicesOf(space, 'boosting.balance'), ['oversample']);
    const tree = firsts.find(({ params }) => params.learner === 'tree');
    assert.equal(tree?.params['tree.balance'], 'weights');
  });

  it('is refused where classes are even, and where the target is a number', async () => {
    const refused = (words: RegExp) => (error: unknown) =>
      error instanceof UserError && error.code === 'balance-even' && words.test(error.message);
    await assert.rejects(spaceWith(30, ''), refused(/about the same size/));
    await assert.rejects(spaceWith(30, '', 'size'), refused(/"size" is a number/));
  });
});
