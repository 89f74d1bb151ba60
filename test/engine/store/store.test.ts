import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, it } from 'node:test';
import { storeVersion } from '../../../src/engine/store/schema.ts';
import { Store } from '../../../src/engine/store/store.ts';
import type { Experiment } from '../../../src/shared/experiment/experiment.ts';
import { UserError } from '../../../src/shared/faults.ts';
import type { Trial } from '../../../src/shared/trial.ts';

const trial = (number: number, state: Trial['state'], values?: number[]): Trial => ({
  number,
  state,
  params: { learner: 'tree', 'tree.depth': 3 },
  why: { sampler: 'random', words: 'Drawn at random.', phase: 'start-up' },
  values,
  intermediate: [{ step: 1, value: 0.5 }],
  attributes: {},
});

const nothing = { seconds: 0, trials: 0, wattHours: 0, co2Grams: 0, cost: 0 };
const newStudy = (store: Store, file = 'a.vitrine.yaml') =>
  store.studies.create({
    file,
    fingerprint: 'f',
    experiment: { name: 'a' } as Experiment,
    data: { path: '', rowCount: 0, columns: [], target: '', task: 'binary', hash: '', notes: [] },
    space: { parameters: [] },
    objectives: [{ metric: 'log_loss', direction: 'minimize' }],
    search: '',
    notes: [],
  });

const thrown = (act: () => unknown): UserError => {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error;
  }
  assert.fail('nothing was thrown');
};

describe('store', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-store-'));
  });

  it('gives trials back as they were put, infinities too, after it is opened again', () => {
    const store = new Store(folder);
    const study = newStudy(store);
    store.trials.put(study, trial(0, 'running'), 'tree');
    store.trials.put(study, trial(0, 'complete', [Number.POSITIVE_INFINITY]), 'tree');
    store.trials.put(study, trial(1, 'failed'), 'tree');
    store.trials.amend(study, 0, { metrics: { log_loss: 0.25 } });
    store.close();
    const again = new Store(folder);
    const [first, second] = again.trials.all(study);
    assert.deepEqual(first.trial, trial(0, 'complete', [Number.POSITIVE_INFINITY]));
    assert.deepEqual(first.outcome, { learner: 'tree', metrics: { log_loss: 0.25 }, foldMetrics: [] });
    assert.equal(second.trial.state, 'failed');
    again.close();
  });

  it('moves the version of a study with every change, as another connection sees it', () => {
    const store = new Store(folder);
    const other = new Store(folder);
    const study = newStudy(store);
    const versions = [other.studies.version('a.vitrine.yaml')];
    store.trials.put(study, trial(0, 'running'), 'tree');
    versions.push(other.studies.version('a.vitrine.yaml'));
    const next = newStudy(store);
    versions.push(other.studies.version('a.vitrine.yaml'));
    assert.equal(new Set(versions).size, 3);
    assert.equal(other.studies.latest('a.vitrine.yaml')?.id, next);
    store.close();
    other.close();
  });

  it('lets one living process run a study, and takes over from a dead one', async () => {
    const store = new Store(folder);
    const study = newStudy(store);
    const run = store.runs.begin(study, { trials: 5 }, nothing);
    assert.equal(thrown(() => store.runs.begin(study, { trials: 5 }, nothing)).code, 'run-elsewhere');

    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(child.stdout, 'data');
    const database = new DatabaseSync(join(folder, '.vitrine', 'vitrine.db'));
    const started = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ')[19];
    database.prepare('UPDATE run SET pid = ?, process_started = ? WHERE id = ?').run(child.pid ?? 0, started, run);
    assert.equal(store.runs.latest(study)?.state, 'preparing');
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(store.runs.latest(study)?.state, 'interrupted');
    assert.ok(store.runs.begin(study, { trials: 5 }, nothing) > run);
    database.close();
    store.close();
  });

  it('does not take a reused process number for the process that held the run', () => {
    const store = new Store(folder);
    const study = newStudy(store);
    store.runs.begin(study, {}, nothing);
    const database = new DatabaseSync(join(folder, '.vitrine', 'vitrine.db'));
    database.exec("UPDATE run SET process_started = 'another'");
    assert.equal(store.runs.latest(study)?.state, 'interrupted');
    database.close();
    store.close();
  });

  it('keeps a damaged store aside and says where', () => {
    new Store(folder).close();
    const path = join(folder, '.vitrine', 'vitrine.db');
    writeFileSync(path, 'this is no database at all, whatever its name may say'.repeat(100));
    const store = new Store(folder);
    assert.match(store.notes[0], /damaged.*vitrine\.db\.damaged-1/);
    assert.match(readFileSync(`${path}.damaged-1`, 'utf8'), /^this is no database/);
    assert.ok(newStudy(store) > 0);
    store.close();
  });

  it('refuses a store of a newer version and leaves it alone', () => {
    new Store(folder).close();
    const path = join(folder, '.vitrine', 'vitrine.db');
    const database = new DatabaseSync(path);
    database.exec(`PRAGMA user_version = ${storeVersion + 1}`);
    database.close();
    const before = readFileSync(path);
    const error = thrown(() => new Store(folder));
    assert.equal(error.code, 'store-newer');
    assert.deepEqual(readFileSync(path), before);
    assert.deepEqual(
      readdirSync(join(folder, '.vitrine')).filter((name) => name.includes('damaged')),
      [],
    );
  });

  it('says that the store is locked, in words, and loses nothing', { timeout: 20_000 }, () => {
    const store = new Store(folder);
    const study = newStudy(store);
    const database = new DatabaseSync(join(folder, '.vitrine', 'vitrine.db'));
    database.exec('BEGIN IMMEDIATE');
    assert.equal(thrown(() => store.trials.put(study, trial(0, 'running'), 'tree')).code, 'store-locked');
    database.exec('ROLLBACK');
    store.trials.put(study, trial(0, 'running'), 'tree');
    assert.equal(store.trials.all(study).length, 1);
    database.close();
    store.close();
  });
});
