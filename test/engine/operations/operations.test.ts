import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Engine, type Input, type OperationName, operations, UserError } from '../../../src/engine/index.ts';
import { implementations } from '../../../src/engine/operations/registry.ts';

const names = Object.keys(operations) as OperationName[];

describe('every operation', () => {
  const engine = new Engine();
  let folder: string;
  let file: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-operations-'));
    file = join(folder, 'unknown.vitrine.yaml');
  });
  after(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  /** An input of the right shape about an experiment that never ran; undefined where the operation takes no file. */
  const inputFor = (name: OperationName): object | undefined => {
    const given = {
      file,
      trial: 'best',
      first: 'best',
      second: 0,
      data: join(folder, 'rows.csv'),
      output: join(folder, 'out'),
      folder: join(folder, 'pages'),
      name: 'the old',
      parameters: ['x'],
      edits: [{ kind: 'drop', columns: ['x'] }],
      edit: 'edit-1',
    };
    const keys = Object.keys(operations[name].input.shape);
    if (!keys.includes('file')) return undefined;
    return Object.fromEntries(Object.entries(given).filter(([key]) => keys.includes(key)));
  };

  it('has an implementation, and there are no others', () => {
    assert.deepEqual(Object.keys(implementations).sort(), names.toSorted());
  });

  for (const name of names) {
    const { title, words, cost } = operations[name];

    it(`${name} says what it is called and what it does`, () => {
      assert.equal(operations[name].name, name);
      assert.match(title, /^[A-Z]/);
      assert.match(words, /^[A-Z].*\.$/);
      assert.ok(cost === 'free' || cost === 'costly');
    });

    it(`${name} refuses input of another shape, and says which`, async () => {
      const input = { nonsense: 1 } as unknown as Input<typeof name>;
      await assert.rejects(engine.call(name, input), (error: unknown) => {
        assert.ok(error instanceof UserError, String(error));
        assert.equal(error.code, 'bad-input');
        assert.ok(error.message.startsWith(`${name}: `));
        return true;
      });
    });

    it(`${name} answers for an experiment that never ran, or says so, and writes nothing`, async () => {
      const input = inputFor(name) as Input<typeof name> | undefined;
      if (!input) return;
      if (name === 'study.show') assert.equal((await engine.call(name, { file })).run, 'none');
      else if (name === 'run.stop') assert.deepEqual(await engine.call(name, { file }), { stopped: false });
      else {
        await assert.rejects(engine.call(name, input), (error: unknown) => {
          assert.ok(error instanceof UserError, String(error));
          assert.equal(error.code, 'no-study');
          assert.equal(error.place?.file, file);
          assert.ok(error.advice);
          return true;
        });
      }
      assert.equal(existsSync(join(folder, '.vitrine')), false);
    });
  }

  it('names every learner with a space and defaults inside it', async () => {
    const { learners } = await engine.call('engine.catalog', {});
    assert.ok(learners.length >= 7);
    for (const { name, space, defaults, tasks } of learners) {
      assert.ok(tasks.length > 0, name);
      const known = space.parameters.map((parameter) => parameter.name);
      for (const key of Object.keys(defaults)) assert.ok(known.includes(key), `${name}: ${key}`);
    }
  });

  it('tells the process that answers', async () => {
    const status = await engine.call('engine.status', {});
    assert.equal(status.pid, process.pid);
    assert.deepEqual(status.running, []);
  });
});
