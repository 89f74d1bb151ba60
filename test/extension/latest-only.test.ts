import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LatestOnly } from '../../src/extension/latest-only.ts';

describe('work for the latest state only', () => {
  it('runs once more after the run in which it was asked for, however often', async () => {
    let runs = 0;
    const gate = Promise.withResolvers<void>();
    const work = new LatestOnly(async () => {
      runs += 1;
      await gate.promise;
    });
    const asked = [work.ask(), work.ask(), work.ask(), work.ask()];
    assert.equal(runs, 1);
    gate.resolve();
    await Promise.all(asked);
    assert.equal(runs, 2);
  });

  it('runs for what came last', async () => {
    let state = 0;
    const seen: number[] = [];
    const work = new LatestOnly(async () => {
      seen.push(state);
      await Promise.resolve();
    });
    for (state = 1; state <= 3; state++) void work.ask();
    state = 4;
    await work.ask();
    assert.equal(seen.at(-1), 4);
  });

  it('runs again when it is asked for after it has ended', async () => {
    let runs = 0;
    const work = new LatestOnly(async () => {
      runs += 1;
    });
    await work.ask();
    await work.ask();
    assert.equal(runs, 2);
  });
});
