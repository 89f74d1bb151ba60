import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Engine } from '../../../src/engine/index.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { readExperiment, smallProject } from './experiments.ts';

const cli = join(import.meta.dirname, '../../../src/cli/main.ts');
const quick = 'learners: [tree, logistic]\nsearch: { workers: 1, pruner: none }\nexplain: none\nrobustness: none\n';
const runCli = (file: string, ...options: string[]) =>
  spawn(process.execPath, [cli, 'run', file, ...options], { stdio: 'ignore' });

/** Looks until the store holds so many finished trials. */
async function untilFinished(store: Store, count: number, child: ChildProcess): Promise<void> {
  for (;;) {
    assert.equal(child.exitCode, null, 'the run ended before it could be killed');
    const study = store.studies.latest('small.vitrine.yaml');
    if (study && finished(store, study.id).length >= count) return;
    await delay(20);
  }
}

const finished = (store: Store, study: number) =>
  store.trials.all(study).filter(({ trial }) => trial.state === 'complete');

describe('a run that ends early', () => {
  it('loses no finished trial to SIGKILL, and goes on as if it had not been cut off', {
    timeout: 120_000,
  }, async () => {
    const { folder, file } = smallProject(`${quick}budget: { trials: 40 }`);
    const store = new Store(folder);
    const child = runCli(file);
    await untilFinished(store, 8, child);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const study = store.studies.latest('small.vitrine.yaml');
    assert.ok(study);
    const kept = finished(store, study.id);
    assert.ok(kept.length >= 8 && kept.length < 40, `${kept.length} trials were finished`);
    assert.equal(store.runs.latest(study.id)?.state, 'interrupted');

    const again = runCli(file);
    assert.deepEqual(await once(again, 'exit'), [0, null]);
    const whole = store.trials.all(study.id);
    assert.equal(whole.length, 40);
    assert.equal(finished(store, study.id).length, 40);
    for (const { trial } of kept) assert.deepEqual(whole[trial.number].trial, trial);
    store.close();

    const other = smallProject(`${quick}budget: { trials: 40 }`);
    assert.deepEqual(await once(runCli(other.file), 'exit'), [0, null]);
    const uncut = new Store(other.folder);
    const id = uncut.studies.latest('small.vitrine.yaml')?.id ?? 0;
    assert.deepEqual(
      whole.map(({ trial }) => trial.params),
      uncut.trials.all(id).map(({ trial }) => trial.params),
    );
    uncut.close();
  });

  it('stops cleanly on Ctrl-C, prints what it has and refits the best', { timeout: 60_000 }, async () => {
    const { folder, file } = smallProject(`${quick}budget: { time: 10m }`);
    const store = new Store(folder);
    const child = spawn(process.execPath, [cli, 'run', file], { stdio: ['ignore', 'pipe', 'ignore'] });
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    await untilFinished(store, 5, child);
    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    assert.equal(code, 130);
    assert.match(printed, /Stopped by the person/);
    assert.match(printed, /Leaderboard/);
    const study = store.studies.latest('small.vitrine.yaml');
    assert.equal(store.runs.latest(study?.id ?? 0)?.state, 'stopped');
    const scored = store.trials.all(study?.id ?? 0).some(({ outcome }) => outcome.testMetrics);
    assert.ok(scored || /Not made, as the run was stopped/.test(printed), printed);
    store.close();
  });
});

describe('two engines on one experiment', () => {
  it('lets the first go on and tells the second who has it', { timeout: 60_000 }, async () => {
    const { folder, file } = smallProject(`${quick}budget: { time: 10m }`);
    const store = new Store(folder);
    const child = runCli(file);
    await untilFinished(store, 2, child);
    const engine = new Engine();
    const experiment = readExperiment(readFileSync(file, 'utf8'), file);
    await assert.rejects(engine.call('run.start', { experiment }), {
      code: 'run-elsewhere',
      message: new RegExp(`process ${child.pid}`),
    });
    await untilFinished(store, 4, child);
    child.kill('SIGINT');
    await once(child, 'exit');
    await engine.close();
    store.close();
  });
});
