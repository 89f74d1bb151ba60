import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Pool } from '../../../src/engine/run/pool.ts';

/** Fails in the worker, for want of the model. */
const job = {
  kind: 'predict',
  modelPath: '/nowhere',
  dataPath: 'none.csv',
  output: 'none.csv',
  coverage: null,
} as const;

describe('a pool of workers', () => {
  it('begins no worker once it is closed: the jobs that wait are told', { timeout: 30_000 }, async () => {
    const pool = new Pool({ workers: 1 });
    const jobs = [pool.run(job), pool.run(job), pool.run(job)];
    const outcomes = Promise.allSettled(jobs);
    pool.close();
    const reasons = (await outcomes).map((outcome) => outcome.status === 'rejected' && outcome.reason.reason);
    assert.deepEqual(reasons, ['died', 'aborted', 'aborted']);
    assert.deepEqual(pool.pids, []);
  });

  it('gives each job its turn', { timeout: 30_000 }, async () => {
    const pool = new Pool({ workers: 1 });
    const modelPath = join(import.meta.dirname, 'no-such-model');
    const jobs = Array.from({ length: 3 }, () => pool.run({ ...job, modelPath }));
    const codes = (await Promise.allSettled(jobs)).map(
      (outcome) => outcome.status === 'rejected' && outcome.reason.code,
    );
    assert.deepEqual(codes, ['model-missing', 'model-missing', 'model-missing']);
    assert.equal(pool.pids.length, 1, 'one worker did them all');
    pool.close();
  });

  it('goes on with fresh workers in place of those that hold much', { timeout: 30_000 }, async () => {
    const pool = new Pool({ workers: 1 });
    const pidsAfter = async (jobs: readonly Promise<unknown>[]) => {
      await Promise.allSettled(jobs);
      return pool.pids;
    };
    const before = await pidsAfter([pool.run(job)]);
    pool.renew(2 ** 40);
    assert.deepEqual(await pidsAfter([pool.run(job)]), before);
    pool.renew(0);
    const after = await pidsAfter([pool.run(job)]);
    // Where the system does not tell what a worker holds, there is no reason to end it.
    if (process.platform === 'linux') assert.notDeepEqual(after, before);
    assert.equal(after.length, 1);
    pool.close();
  });
});
