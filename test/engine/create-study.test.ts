import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type CreateStudyOptions, createStudy, UserError } from '../../src/engine/index.ts';
import { studyFileVersion } from '../../src/engine/store/study-file.ts';

const space = { x: { float: [0, 1] }, kind: { choice: ['a', 'b'] } } as const;
const front = join(import.meta.dirname, '../../src/engine/index.ts');

const thrown = (act: () => unknown): UserError => {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error;
  }
  assert.fail('nothing was thrown');
};

describe('createStudy with a store', () => {
  let folder: string;
  let store: string;
  const children: ChildProcess[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-library-'));
    store = join(folder, 'study.db');
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });
  const open = (options: Partial<CreateStudyOptions> = {}) =>
    createStudy({ space, sampler: 'random', seed: 7, store, ...options });

  /** Another process with the same study open; resolves with its lines, one after the other. */
  function elsewhere(code: string): { child: ChildProcess; line: () => Promise<string> } {
    const text = `import { createStudy } from ${JSON.stringify(front)};
const study = createStudy({ space: ${JSON.stringify(space)}, sampler: 'random', seed: 7, store: ${JSON.stringify(store)} });
${code}
setInterval(() => {}, 1000);`;
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', text],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    children.push(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return { child, line: async () => String((await lines.next()).value) };
  }

  it('goes on as if it had never been closed: same seed, same trials', () => {
    const values = [0.5, 0.25, 0.75, 0.1];
    const whole = createStudy({ space, sampler: 'random', seed: 7 });
    for (const value of values) whole.tell(whole.ask(), value);
    for (const value of values) {
      const study = open();
      study.tell(study.ask(), value);
      study.close();
    }
    const study = open();
    assert.deepEqual(
      study.trials.map(({ params, values, state }) => ({ params, values, state })),
      whole.trials.map(({ params, values, state }) => ({ params, values, state })),
    );
    assert.equal(study.best?.number, 3);
    assert.equal(study.trials[0].why.sampler, 'random');
    study.close();
  });

  it('keeps several studies in one file', () => {
    const [a, b] = [open({ name: 'a' }), open({ name: 'b', direction: 'maximize' })];
    a.tell(a.ask(), 1);
    b.tell(b.ask(), 2);
    a.close();
    b.close();
    const again = open({ name: 'b', direction: 'maximize' });
    assert.deepEqual(again.best?.values, [2]);
    assert.equal(again.trials.length, 1);
    again.close();
  });

  it('loses nothing that was told when its process is killed, and asks again for what ran', async () => {
    const { child, line } = elsewhere(
      'study.tell(study.ask(), 0.5); const running = study.ask(); console.log(JSON.stringify(running.params));',
    );
    const running = JSON.parse(await line());
    child.kill('SIGKILL');
    await once(child, 'exit');
    const study = open();
    assert.deepEqual(study.trials[0].values, [0.5]);
    assert.equal(study.trials[1].state, 'waiting');
    const again = study.ask();
    assert.equal(again.number, 1);
    assert.deepEqual(again.params, running);
    assert.match(String(again.attributes.requeued), /process ended/);
    study.close();
  });

  it('refuses a second process by name, and lets it go on once the first has closed', async () => {
    const first = elsewhere(
      "study.tell(study.ask(), 0.5); process.once('SIGUSR2', () => { study.close(); console.log('closed'); }); console.log('open');",
    );
    assert.equal(await first.line(), 'open');
    const error = thrown(() => open());
    assert.equal(error.code, 'study-elsewhere');
    assert.match(error.message, new RegExp(`process ${first.child.pid}\\b`));
    first.child.kill('SIGUSR2');
    assert.equal(await first.line(), 'closed');
    const study = open();
    assert.equal(study.trials.length, 1);
    study.close();
  });

  it('refuses the study that this process has open already, and knows it after close', () => {
    const study = open();
    assert.match(thrown(() => open()).message, /already open in this process/);
    study.close();
    study.close();
    assert.equal(thrown(() => study.ask()).code, 'study-stopped');
    open().close();
  });

  it('keeps trials of another space and says that they are outside', () => {
    const wide = open();
    wide.enqueue({ x: 0.9, kind: 'b' }, 'mine');
    wide.tell(wide.ask(), 0.1);
    wide.enqueue({ x: 0.8, kind: 'b' }, 'mine too');
    wide.enqueue({ x: 0.2, kind: 'a' }, 'still possible');
    wide.close();
    const narrow = open({ space: { x: { float: [0, 0.5] }, kind: { choice: ['a', 'b'] } } });
    assert.deepEqual(narrow.outside, [0, 1]);
    assert.deepEqual(narrow.trials[0].values, [0.1]);
    assert.equal(narrow.trials[1].state, 'failed');
    assert.match(narrow.trials[1].message ?? '', /space changed.*"x" must be 0 to 0.5; got 0.8/);
    assert.deepEqual(narrow.ask().params, { x: 0.2, kind: 'a' });
    narrow.close();
    const back = open();
    assert.deepEqual(back.outside, []);
    assert.equal(back.trials[1].state, 'failed');
    back.close();
  });

  it('refuses trials that were judged in another direction', () => {
    open().close();
    const error = thrown(() => open({ direction: 'maximize' }));
    assert.equal(error.code, 'study-directions');
    assert.match(error.message, /minimize.*maximize/);
  });

  it('writes nothing for a space that contradicts itself', () => {
    assert.equal(thrown(() => open({ space: { x: { float: [1, 0] } } })).code, 'space-low-above-high');
    assert.equal(existsSync(store), false);
  });

  it('keeps what an objective returns that is no number as failed trials, and goes on', async () => {
    const returned = [Number.NaN, Number.POSITIVE_INFINITY, undefined, new Error('on purpose'), 0.5];
    const study = open();
    const objective = (trial: { number: number }) => {
      const value = returned[trial.number];
      if (value instanceof Error) throw value;
      return value as number;
    };
    await study.optimize(objective, { trials: returned.length });
    study.close();
    const again = open();
    assert.deepEqual(
      again.trials.map(({ state }) => state),
      ['failed', 'failed', 'failed', 'failed', 'complete'],
    );
    assert.match(again.trials[0].message ?? '', /finite number; got NaN/);
    assert.match(again.trials[3].message ?? '', /on purpose/);
    again.close();
  });

  it('ends a trial whose objective never ends, and goes on', async () => {
    const study = open();
    const objective = ({ number }: { number: number }) => (number === 0 ? new Promise<number>(() => undefined) : 1);
    await study.optimize(objective, { trials: 2, timeoutSeconds: 0.05 });
    assert.equal(study.trials[0].state, 'failed');
    assert.match(study.trials[0].message ?? '', /0\.05 s/);
    assert.equal(study.trials[1].state, 'complete');
    study.close();
  });

  it('leaves what is kept as it is when a trial is told twice, or was never asked for, or the study is over', () => {
    const study = open();
    const trial = study.ask();
    study.tell(trial, 0.5);
    assert.equal(thrown(() => study.tell(trial, 0.1)).code, 'trial-not-running');
    assert.equal(thrown(() => study.tell(9, 0.1)).code, 'trial-unknown');
    const running = study.ask();
    study.stop();
    assert.equal(thrown(() => study.tell(running, 0.1)).code, 'study-stopped');
    study.close();
    const again = open();
    assert.deepEqual(
      again.trials.map(({ state, values }) => ({ state, values })),
      [
        { state: 'complete', values: [0.5] },
        { state: 'waiting', values: undefined },
      ],
    );
    again.close();
  });

  describe('refuses a file that it cannot read, and does not touch it', () => {
    const refused = (code: string) => {
      const before = readFileSync(store);
      const error = thrown(() => open());
      assert.equal(error.code, code, error.message);
      assert.equal(error.place?.file, store);
      assert.ok(error.advice);
      assert.deepEqual(readFileSync(store), before);
    };
    const filled = () => {
      const study = open();
      for (let i = 0; i < 50; i++) study.tell(study.ask(), i);
      study.close();
    };

    it('a text', () => {
      writeFileSync(store, 'this is no database at all, whatever its name may say'.repeat(100));
      refused('store-damaged');
    });
    it('the database of another program', () => {
      const database = new DatabaseSync(store);
      database.exec('CREATE TABLE trials (id INTEGER)');
      database.close();
      refused('store-foreign');
    });
    it('one that was cut off', () => {
      filled();
      truncateSync(store, 10_000);
      refused('store-damaged');
    });
    it('one of a newer version', () => {
      filled();
      const database = new DatabaseSync(store);
      database.exec(`PRAGMA user_version = ${studyFileVersion + 1}`);
      database.close();
      refused('store-newer');
    });
  });

  it('says so where the store is a folder, or its folder is missing', () => {
    assert.equal(thrown(() => open({ store: folder })).code, 'store-folder');
    assert.equal(thrown(() => open({ store: join(folder, 'none', 'study.db') })).code, 'store-folder');
  });
});
