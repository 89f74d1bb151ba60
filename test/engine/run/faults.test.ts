import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Engine } from '../../../src/engine/index.ts';
import type { TrialRecord } from '../../../src/shared/trial.ts';
import { readExperiment, smallProject } from './experiments.ts';

const learner = join(import.meta.dirname, 'learners', 'misbehaving.ts');

/** Runs one trial of the misbehaving learner after the baseline, then one that works. */
async function trialsAfter(
  act: string,
  search: { timeoutSeconds?: number; memoryBytes?: number } = {},
): Promise<readonly TrialRecord[]> {
  const { file } = smallProject();
  const engine = new Engine();
  try {
    const base = readExperiment(readFileSync(file, 'utf8'), file);
    const experiment = {
      ...base,
      learners: ['misbehaving', 'tree'],
      space: { misbehaving: { fixed: { act }, searched: {} } },
      budget: { trials: 3 },
      search: { ...base.search, ...search, workers: 1 },
      explain: 'none' as const,
      robustness: 'none' as const,
    };
    await engine.call('run.start', { experiment });
    const snapshot = await engine.call('run.wait', { file });
    assert.equal(snapshot.run, 'finished', snapshot.message);
    return (await engine.call('trials.list', { file })).trials;
  } finally {
    await engine.close();
  }
}

describe('a learner that goes wrong fails its own trial, and the study goes on', () => {
  before(() => {
    process.env.VITRINE_LEARNERS = learner;
  });
  after(() => {
    delete process.env.VITRINE_LEARNERS;
  });

  const cases = [
    { act: 'throw', search: {}, message: /threw on purpose/ },
    { act: 'refuse', search: {}, message: /^it was refused on purpose\. Act otherwise\.$/ },
    { act: 'hang', search: { timeoutSeconds: 2 }, message: /longer than 2 s/ },
    { act: 'grow', search: { memoryBytes: 400e6 }, message: /more memory than the \d+ MB/ },
    { act: 'exit', search: {}, message: /ended unasked \(exit code 3\)/ },
  ];
  for (const { act, search, message } of cases) {
    it(act, async () => {
      const [baseline, bad, good] = await trialsAfter(act, search);
      assert.equal(baseline.state, 'complete');
      assert.equal(bad.state, 'failed');
      assert.match(bad.message ?? '', message);
      assert.equal(good.learner, 'tree');
      assert.equal(good.state, 'complete', good.message);
    });
  }

  it('lets a learner print without breaking the protocol', async () => {
    const [, chatty] = await trialsAfter('print');
    assert.equal(chatty.state, 'complete', chatty.message);
  });
});
