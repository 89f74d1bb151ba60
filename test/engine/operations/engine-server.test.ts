import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { endpointOf } from '../../../src/engine/client/endpoint.ts';
import { EngineClient } from '../../../src/engine/client/engine-client.ts';
import { EngineServer, type EngineServerOptions } from '../../../src/engine/engine-server.ts';
import { Engine, UserError } from '../../../src/engine/index.ts';
import { readExperiment, smallProject } from '../run/experiments.ts';

const serverProgram = join(import.meta.dirname, '../../../src/engine/server.ts');
const quick = 'learners: [tree]\nsearch: { workers: 1 }\nexplain: none\nrobustness: none\n';

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('the engine as a process', { timeout: 120_000 }, () => {
  const runtime = process.env.XDG_RUNTIME_DIR;
  const folder = mkdtempSync(join(tmpdir(), 'vt-'));
  let workspace: string;
  let open: (() => unknown)[];
  before(() => {
    process.env.XDG_RUNTIME_DIR = folder;
  });
  after(() => {
    if (runtime === undefined) delete process.env.XDG_RUNTIME_DIR;
    else process.env.XDG_RUNTIME_DIR = runtime;
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    workspace = mkdtempSync(join(folder, 'w-'));
    open = [];
  });
  afterEach(async () => {
    for (const close of open.reverse()) await close();
  });

  async function serve(options: EngineServerOptions = {}): Promise<EngineServer> {
    const server = new EngineServer(workspace, { pollMilliseconds: 20, ...options });
    await server.listen();
    open.push(() => server.close());
    return server;
  }
  async function connect(): Promise<EngineClient> {
    const client = await EngineClient.connect({ serverProgram, workspaceFolder: workspace });
    open.push(() => client.dispose());
    return client;
  }

  it('answers on a socket that only its owner may use', async () => {
    await serve();
    const client = await connect();
    assert.equal((await client.request('engine.status', {})).pid, process.pid);
    const { address } = endpointOf(workspace);
    assert.ok(address.length < 100);
    if (process.platform !== 'win32') assert.equal(statSync(address).mode & 0o077, 0);
  });

  it('carries a fault across with code, place and advice', async () => {
    await serve();
    const file = join(workspace, 'gone.vitrine.yaml');
    await assert.rejects((await connect()).request('trial.show', { file, trial: 'best' }), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.code, 'no-study');
      assert.deepEqual(error.place, { file });
      assert.match(error.advice ?? '', /vitrine run/);
      return true;
    });
  });

  it('tells progress', async () => {
    await serve();
    const { file } = smallProject(`${quick}budget: { trials: 2 }`);
    const experiment = readExperiment(readFileSync(file, 'utf8'), file);
    const client = await connect();
    await client.request('run.start', { experiment });
    await client.request('run.wait', { file });
    const told: number[] = [];
    const progress = (share: number, words: string) => {
      assert.ok(words.length > 0);
      told.push(share);
    };
    await client.request('trial.explain', { file, trial: 'best', kind: 'permutation-importance' }, { progress });
    assert.ok(told.length > 0 && told.every((share) => share >= 0 && share <= 1), String(told));
  });

  it('gives up what is cancelled; the run that was waited for goes on', async () => {
    await serve();
    const { file } = smallProject(`${quick}budget: { time: 10m }`);
    const client = await connect();
    await client.request('run.start', { experiment: readExperiment(readFileSync(file, 'utf8'), file) });
    const abort = new AbortController();
    const waiting = client.request('run.wait', { file }, { signal: abort.signal });
    abort.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
    assert.deepEqual((await client.request('engine.status', {})).running, [file]);
    assert.deepEqual(await client.request('run.stop', { file }), { stopped: true });
    assert.equal((await client.request('run.wait', { file })).run, 'stopped');
  });

  it('tells a study that another process changes', async () => {
    await serve();
    const { file } = smallProject(`${quick}budget: { trials: 2 }`);
    const client = await connect();
    const changes: string[] = [];
    let heard = () => {};
    client.onStudyChanged((change) => {
      changes.push(change.file);
      heard();
    });
    client.watch([file]);
    const other = new Engine();
    open.push(() => other.close());
    const changed = new Promise<void>((resolve) => {
      heard = resolve;
    });
    await other.call('run.start', { experiment: readExperiment(readFileSync(file, 'utf8'), file) });
    await changed;
    assert.ok(changes.every((name) => name === file));
    await other.call('run.wait', { file });
    assert.equal((await client.request('study.show', { file })).counts.complete, 2);
  });

  it('refuses a second engine on the same workspace, and the first goes on', async () => {
    await serve();
    await assert.rejects(new EngineServer(workspace).listen(), { code: 'EADDRINUSE' });
    assert.equal((await (await connect()).request('engine.status', {})).pid, process.pid);
  });

  it('clears away what a dead engine left', { skip: process.platform === 'win32' }, async () => {
    const { address } = endpointOf(workspace);
    const dead = createServer();
    await new Promise<void>((resolve) => dead.listen(address, resolve));
    writeFileSync(`${address}.copy`, '');
    dead.close();
    await once(dead, 'close');
    // A process that is killed leaves its socket's file behind; a plain file in its place answers no better.
    writeFileSync(address, '');
    await serve();
    assert.equal((await (await connect()).request('engine.status', {})).pid, process.pid);
  });

  it('ends when neither client nor work is left', async () => {
    const server = await serve({ lingerMilliseconds: 60 });
    const client = await connect();
    await client.request('engine.status', {});
    client.dispose();
    await server.ended;
    assert.equal(existsSync(endpointOf(workspace).address), false);
  });

  it('stays while a run goes on, though nobody is connected', async () => {
    const server = await serve({ lingerMilliseconds: 0 });
    const { file } = smallProject(`${quick}budget: { trials: 3 }`);
    const client = await connect();
    await client.request('run.start', { experiment: readExperiment(readFileSync(file, 'utf8'), file) });
    client.dispose();
    await server.ended;
    const engine = new Engine();
    open.push(() => engine.close());
    const { run, counts } = await engine.call('study.show', { file });
    assert.deepEqual([run, counts.complete], ['finished', 3]);
  });

  it('is started by the client, told when it dies, and started again', async () => {
    const first = await connect();
    const { pid } = await first.request('engine.status', {});
    assert.notEqual(pid, process.pid);
    const closed = new Promise<void>((resolve) => {
      first.onClosed(resolve);
    });
    const waiting = first
      .request('data.inspect', { path: join(workspace, 'none.csv') })
      .catch((error: unknown) => error);
    process.kill(pid, 'SIGKILL');
    await closed;
    assert.ok((await waiting) instanceof Error);
    // Its listening socket may close a moment after its connections.
    while (isRunning(pid)) await delay(10);
    const again = await connect();
    const next = (await again.request('engine.status', {})).pid;
    assert.notEqual(next, pid);
    process.kill(next, 'SIGTERM');
  });

  it('serves two windows with one engine', async () => {
    const clients = await Promise.all([connect(), connect()]);
    const pids = await Promise.all(clients.map(async (client) => (await client.request('engine.status', {})).pid));
    assert.equal(pids[0], pids[1]);
    process.kill(pids[0], 'SIGTERM');
  });
});
