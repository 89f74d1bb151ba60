import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readStudies } from '../../../src/engine/import/read-studies.ts';
import { bestTrial } from '../../../src/engine/search/ranking.ts';
import { UserError } from '../../../src/shared/faults.ts';
import { fixtures, folderWithFixtures, signal } from './fixture-files.ts';

const first = async (path: string, wishes = {}) => (await readStudies(path, wishes, signal)).studies[0];

const refusal = (code: string, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof UserError, String(error));
  assert.equal(error.code, code);
  assert.match(error.message, message);
  return true;
};

describe("SMAC's run history", () => {
  it('keeps conditions, forbidden combinations, ordered choices and constants of the space', async () => {
    const { space, objectives, trials } = await first(join(fixtures, 'smac/conditional/runhistory.json'));
    const parameter = (name: string) => space.parameters.find((each) => each.name === name);
    assert.deepEqual(parameter('depth')?.distribution, { type: 'ordinal', choices: ['shallow', 'middle', 'deep'] });
    assert.deepEqual(parameter('folds')?.distribution, { type: 'categorical', choices: [5] });
    assert.deepEqual(parameter('svm_c')?.distribution, { type: 'float', low: 1e-3, high: 1e3, log: true });
    assert.deepEqual(parameter('gamma')?.when, [{ parameter: 'kernel', oneOf: ['rbf'] }]);
    const [slack] = parameter('slack')?.when ?? [];
    assert.deepEqual([slack.oneOf[0], slack.oneOf.at(-1)], [41, 100], 'greater than 40, of 10 to 100');
    assert.deepEqual(space.forbidden, [
      [
        { parameter: 'kind', oneOf: ['knn'] },
        { parameter: 'depth', oneOf: ['deep'] },
      ],
    ]);
    assert.deepEqual(
      objectives.map(({ metric }) => metric),
      ['error', 'seconds'],
    );
    const failed = trials.find(({ state }) => state === 'failed');
    assert.equal(failed?.message, "It crashed: ValueError('no neighbours')");
    assert.equal(trials[0].why.words, 'SMAC says: Acquisition Function Maximizer: Local Search.');
  });

  it('keeps budgets; the best is one of the whole budget, which goes on with the same configuration', async () => {
    const { trials, notes } = await first(join(fixtures, 'smac/fidelity/runhistory.json'));
    const best = bestTrial(trials, ['minimize']);
    assert.equal(best?.fidelity, 9);
    const continued = trials.find(({ continues }) => continues !== undefined);
    assert.ok(continued && Number(trials[Number(continued.continues)].fidelity) < Number(continued.fidelity));
    assert.ok(notes.some((note) => note.startsWith('Trials had budgets of 1, 3, 9')));
  });

  it('without its space is spanned by what was tried, and says so', async () => {
    const folder = folderWithFixtures();
    rmSync(join(folder, 'smac/fidelity/configspace.json'));
    const { space, notes } = await first(join(folder, 'smac/fidelity/runhistory.json'));
    assert.deepEqual(
      space.parameters.map(({ name }) => name),
      ['x', 'y'],
    );
    assert.match(notes[0], /no configspace\.json/);
  });

  it('of versions 1 and 2.0 is read as well, by their documented layout', async () => {
    const path = join(folderWithFixtures(), 'smac/fidelity/runhistory.json');
    const configs = { 1: { x: 0.5, y: 2 } };
    const one = [
      [
        [1, null, 7, 3.0],
        [0.25, 1.5, { __enum__: 'StatusType.SUCCESS' }, 10, 12, {}],
      ],
    ];
    const two = [[1, null, 7, 3.0, 0.25, 1.5, 1, 10, 12, {}]];
    for (const data of [one, two]) {
      writeFileSync(path, JSON.stringify({ data, configs, config_origins: { 1: 'Default' } }));
      const [trial] = (await first(path)).trials;
      assert.deepEqual(
        [trial.values, trial.fidelity, trial.startedAt, trial.endedAt, trial.why.phase],
        [[0.25], 3, 10_000, 12_000, 'default'],
      );
    }
  });

  it('of another version, or without a configuration, is refused', async () => {
    const path = join(folderWithFixtures(), 'smac/fidelity/runhistory.json');
    const history = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...history, data: [{ ...history.data[0], status: 99 }] }));
    await assert.rejects(first(path), refusal('import-version', /run 1 is not written as SMAC/));
    writeFileSync(path, JSON.stringify({ ...history, configs: {} }));
    await assert.rejects(first(path), refusal('import-damaged', /configuration 1, which is not in the file/));
  });
});

describe("HpBandSter's results", () => {
  it('keep budgets, failures with their reason, info, and whether the model chose', async () => {
    const { trials, space } = await first(join(fixtures, 'hpbandster/results.json'));
    assert.ok(trials.every(({ fidelity }) => [1, 3, 9].includes(Number(fidelity))));
    const failed = trials.find(({ state }) => state === 'failed');
    assert.equal(failed?.message, 'RuntimeError: diverged');
    assert.equal(typeof trials[0].attributes.error, 'number');
    assert.ok(trials.every(({ why }) => why.phase === 'explore' || why.phase === 'exploit'));
    const momentum = space.parameters.find(({ name }) => name === 'momentum');
    assert.deepEqual(momentum?.when, [{ parameter: 'optimizer', oneOf: ['sgd'] }]);
  });

  it('without their configurations are refused', async () => {
    const folder = folderWithFixtures();
    rmSync(join(folder, 'hpbandster/configs.json'));
    await assert.rejects(
      first(join(folder, 'hpbandster/results.json')),
      refusal('import-damaged', /configs\.json is not beside it/),
    );
  });

  it('of a search other than BOHB no reason is made up', async () => {
    const folder = folderWithFixtures();
    const configs = join(folder, 'hpbandster/configs.json');
    writeFileSync(configs, readFileSync(configs, 'utf8').replaceAll('{"model_based_pick": false}', '{}'));
    const { trials } = await first(join(folder, 'hpbandster/results.json'));
    assert.deepEqual([...new Set(trials.map(({ why }) => why.phase))], ['imported']);
  });
});

describe("Ray Tune's experiment", () => {
  it('keeps reports as intermediate values, nested parameters by their paths, and errors', async () => {
    const { trials, space, notes } = await first(join(fixtures, 'ray'));
    assert.deepEqual(
      trials.map(({ state }) => state),
      ['complete', 'failed', 'complete', 'failed', 'pruned', 'failed'],
    );
    assert.equal(trials[0].intermediate.length, 8);
    assert.deepEqual(trials[0].values, [trials[0].intermediate[7].value]);
    assert.equal(trials[1].message, 'RuntimeError: no such optimizer');
    assert.match(trials[4].message ?? '', /Stopped after 2 of 8 reports/);
    const momentum = space.parameters.find(({ name }) => name === 'optimizer/momentum');
    assert.deepEqual(momentum?.when, [{ parameter: 'optimizer/name', oneOf: ['sgd'] }]);
    assert.ok(notes.some((note) => /val_loss \(lower is better\)/.test(note)));
  });

  it('takes the metric that a person names', async () => {
    const { objectives, trials } = await first(join(fixtures, 'ray'), { values: ['accuracy'] });
    assert.deepEqual(objectives, [{ metric: 'accuracy', direction: 'maximize' }]);
    assert.deepEqual(trials[0].values, [0.85]);
    await assert.rejects(
      first(join(fixtures, 'ray'), { values: ['speed'] }),
      refusal('import-values', /called "speed"/),
    );
  });

  it('reads the table of reports where there is nothing else', async () => {
    const folder = folderWithFixtures();
    const before = (await first(join(folder, 'ray'))).trials[4];
    rmSync(join(folder, 'ray/train_00004/result.json'));
    assert.deepEqual((await first(join(folder, 'ray'))).trials[4], before);
  });
});
