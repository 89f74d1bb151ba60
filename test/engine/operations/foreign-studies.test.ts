import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { createStudy, Engine, UserError } from '../../../src/engine/index.ts';
import { folderWithFixtures } from '../import/fixture-files.ts';

const refused = (code: string) => (error: unknown) => error instanceof UserError && error.code === code;

describe('a study of another program', () => {
  const engine = new Engine();
  let folder: string;
  beforeEach(() => {
    folder = folderWithFixtures();
  });
  after(() => engine.close());
  const at = (name: string) => join(folder, name);

  it('stands where an experiment file does, for every view, and nothing is written', async () => {
    for (const file of [
      at('optuna-5.db#study=conditional'),
      at('smac/fidelity/runhistory.json'),
      at('ray'),
      at('hpbandster/results.json'),
    ]) {
      const snapshot = await engine.call('study.show', { file });
      assert.equal(snapshot.run, 'imported');
      assert.ok(snapshot.leaderboard.length > 0 && snapshot.bestSoFar.length > 0 && snapshot.points.length > 0);
      const { trial, hasModel } = await engine.call('trial.show', { file, trial: 'best' });
      assert.equal(trial.number, snapshot.best);
      assert.equal(hasModel, false);
      const { total, trials } = await engine.call('trials.list', { file });
      const why = await engine.call('search.why', { file, trial: 0 });
      const record = await engine.call('search.record', { file });
      assert.equal(total, trials.length);
      assert.doesNotMatch(JSON.stringify([snapshot, trials, why, record]), /undefined|NaN/);
      await assert.rejects(engine.call('trial.explain', { file, trial: 'best' }), refused('imported-study'));
      await assert.rejects(engine.call('trial.attack', { file, trial: 'best' }), refused('imported-study'));
    }
    for (const name of ['', 'smac/fidelity', 'hpbandster']) assert.equal(existsSync(at(join(name, '.vitrine'))), false);
  });

  it('says which studies a file holds, and asks which where there are several', async () => {
    const { program, studies } = await engine.call('study.inspect', { path: at('optuna-5.db') });
    assert.equal(program, 'Optuna');
    assert.deepEqual(
      studies.map(({ name, trials }) => `${name}: ${trials}`),
      ['conditional: 16', 'two goals: 12', 'empty: 0'],
    );
    await assert.rejects(engine.call('study.show', { file: at('optuna-5.db') }), refused('import-study'));
    await assert.rejects(engine.call('study.show', { file: at('optuna-5.db#study=other') }), refused('import-study'));
    const empty = await engine.call('study.show', { file: at('optuna-5.db#study=empty') });
    assert.equal(empty.best, null);
  });

  it('says which constraints a trial breaks', async () => {
    const { leaderboard } = await engine.call('study.show', { file: at('optuna-5.db#study=two%20goals') });
    const broken = leaderboard.filter((row) => row.broken.length > 0);
    assert.ok(broken.length > 0);
    assert.match(broken[0].broken[0], /^constraint 1 <= 0, but \d/);
    assert.ok(broken.every(({ onParetoFront }) => !onParetoFront));
  });

  it('is read again once its file has changed, and only then', async () => {
    const file = at('runs.csv');
    writeFileSync(file, 'x,value\n1,0.5\n');
    await engine.call('study.show', { file });
    const version = engine.versionOf(file);
    assert.equal(engine.versionOf(file), version);
    writeFileSync(file, 'x,value\n1,0.5\n2,0.25\n');
    utimesSync(file, 10, 10);
    assert.notEqual(engine.versionOf(file), version);
    assert.equal((await engine.call('study.show', { file })).best, 1);
    rmSync(file);
    assert.equal((await engine.call('study.show', { file })).counts.complete, 2, 'what was read stays');
  });

  it('of our own library is watched while it grows', async () => {
    const file = at('library.db');
    const study = createStudy({ space: { x: { float: [0, 1] } }, sampler: 'random', store: file });
    for (const expected of [1, 2]) {
      study.tell(study.ask(), 0.5);
      assert.equal((await engine.call('study.show', { file })).counts.complete, expected);
    }
    study.close();
  });

  it('is copied into the store on request, and then is what the path means', async () => {
    const answer = await engine.call('study.import', { path: at('optuna-5.db#study=two%20goals') });
    assert.deepEqual([answer.file, answer.name, answer.trials], [at('optuna-5.db'), 'two goals', 12]);
    assert.ok(existsSync(at('.vitrine/vitrine.db')));
    rmSync(at('optuna-5.db'));
    const other = new Engine();
    const snapshot = await other.call('study.show', { file: at('optuna-5.db') });
    await other.close();
    assert.equal(snapshot.name, 'two goals');
    assert.ok(snapshot.notes.some((note) => note.startsWith('Copied on ')));
  });

  it('goes out as JSON that comes in again as it was, and as CSV', async () => {
    const file = at('smac/conditional/runhistory.json');
    const json = at('out/study.json');
    await engine.call('study.export', { file, output: json });
    const [before, after] = [
      await engine.call('trials.list', { file }),
      await engine.call('trials.list', { file: json }),
    ];
    const plain = ({ trials }: typeof before) => trials.map(({ id: _id, learner: _learner, ...trial }) => trial);
    assert.deepEqual(plain(after), plain(before));
    const csv = at('out/study.csv');
    const { bytes } = await engine.call('study.export', { file, output: csv });
    assert.equal(readFileSync(csv).byteLength, bytes);
    assert.equal(readFileSync(csv, 'utf8').split('\n').length, before.total + 2);
    mkdirSync(at('taken'));
    await assert.rejects(engine.call('study.export', { file, output: at('taken') }));
  });

  it('that cannot be read is told with its file', async () => {
    symlinkSync(at('loop.db'), at('loop.db'));
    await assert.rejects(engine.call('study.inspect', { path: at('loop.db') }), refused('import-unreadable'));
    await assert.rejects(engine.call('study.inspect', { path: at('no.db') }), refused('import-missing'));
    await assert.rejects(engine.call('study.inspect', { path: folder }), refused('import-unknown'));
    writeFileSync(at('notes.log'), 'nothing of a study\n');
    await assert.rejects(engine.call('study.show', { file: at('notes.log') }), refused('import-unknown'));
    writeFileSync(at('newer.json'), '{"kind": "vitrine-study", "version": 2}');
    await assert.rejects(engine.call('study.inspect', { path: at('newer.json') }), refused('import-version'));
  });
});
