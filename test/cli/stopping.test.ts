import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Store } from '../../src/engine/store/store.ts';
import { answerRows, answerTable, folderWith, program, quickSearch, succeeds, vitrine } from './command-line.ts';

const file = 'e.vitrine.yaml';
const project = () =>
  folderWith({
    'data.csv': answerTable(answerRows(60)),
    [file]: `data: {path: data.csv, target: answer, split: {validation: {folds: 2}}}\n${quickSearch.replace('{trials: 4}', '{time: 1m}').replace('workers: 1', 'workers: 2')}`,
  });

/** A run in a process group of its own, as a terminal starts it: Ctrl-C reaches its workers, too. */
function startRun(folder: string, test: TestContext) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, 'run', file], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  test.after(() => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-Number(child.pid), 'SIGKILL');
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      printed += chunk;
    });
  const closed = once(child, 'close') as Promise<[number | null]>;
  return { child, closed, printed: () => printed };
}

/** Looks until so many trials are finished. */
async function untilFinished(folder: string, count: number, over: () => boolean): Promise<void> {
  for (;;) {
    assert.ok(!over(), 'the run ended by itself');
    if (existsSync(join(folder, '.vitrine', 'vitrine.db')) && statesOf(folder).filter(isComplete).length >= count)
      return;
    await delay(50);
  }
}
const isComplete = (state: string) => state === 'complete';

function statesOf(folder: string): string[] {
  const store = new Store(folder);
  try {
    const study = store.studies.latest(file);
    return study ? store.trials.all(study.id).map(({ trial }) => trial.state) : [];
  } finally {
    store.close();
  }
}

/** Processes of a group that are alive, from proc(5). */
const groupMembers = (group: number): string[] =>
  readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const [state, , member] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1].split(' ');
      return Number(member) === group && state !== 'Z';
    } catch {
      return false; // It ended in between.
    }
  });

describe('a run that is stopped', { timeout: 120_000 }, () => {
  it('Ctrl-C: stops, keeps and prints what it has, refits the best, exits with 130, and leaves no process', async (test) => {
    const folder = project();
    const { child, closed, printed } = startRun(folder, test);
    await untilFinished(folder, 4, () => child.exitCode !== null);
    process.kill(-Number(child.pid), 'SIGINT');
    const [code] = await closed;
    assert.equal(code, 130, printed());
    assert.match(printed(), /^Stopping\. The final models .* for at most 5 s\. Press Ctrl-C again to skip that\.$/m);
    assert.match(printed(), /^Stopped by the person\./m);
    assert.match(printed(), /^Leaderboard\n.*test log loss|Not made, as the run was stopped/m);
    assert.match(printed(), /^Report \.vitrine\/reports\/e\.html$/m);
    const states = statesOf(folder);
    assert.ok(states.filter(isComplete).length >= 4);
    assert.ok(!states.includes('running') && !states.includes('failed'), states.join());
    if (process.platform === 'linux') assert.deepEqual(groupMembers(Number(child.pid)), []);
  });

  it('SIGTERM: as Ctrl-C, says what stopped it, and exits with 143', async (test) => {
    const folder = project();
    const { child, closed, printed } = startRun(folder, test);
    await untilFinished(folder, 2, () => child.exitCode !== null);
    child.kill('SIGTERM');
    const [code] = await closed;
    assert.equal(code, 143, printed());
    assert.match(printed(), /^Stopped by SIGTERM: another program, or the system, ended it\./m);
    assert.doesNotMatch(printed(), /by the person/);
    assert.match(printed(), /^Leaderboard$/m);
  });

  it('Ctrl-C twice: makes no more models; what was finished is there, and the next run goes on', async (test) => {
    const folder = project();
    const { child, closed, printed } = startRun(folder, test);
    await untilFinished(folder, 3, () => child.exitCode !== null);
    const before = statesOf(folder).filter(isComplete).length;
    process.kill(-Number(child.pid), 'SIGINT');
    while (!printed().includes('Stopping')) await delay(5);
    process.kill(-Number(child.pid), 'SIGINT');
    assert.deepEqual(await closed, [130, null], printed());
    assert.match(printed(), /^Skipping the rest\. Press Ctrl-C again to end at once\.$/m);
    assert.match(printed(), /^Leaderboard$/m);
    assert.ok(statesOf(folder).filter(isComplete).length >= before);
    assert.match(await succeeds(folder, 'run', file, '--trials', '1'), /^Leaderboard$/m);
  });

  it('Ctrl-C three times: ends at once; the next run goes on', async (test) => {
    const folder = project();
    const { child, closed, printed } = startRun(folder, test);
    await untilFinished(folder, 2, () => child.exitCode !== null);
    for (const words of ['Stopping', 'Skipping', undefined]) {
      process.kill(-Number(child.pid), 'SIGINT');
      while (words && !printed().includes(words) && child.exitCode === null) await delay(5);
    }
    await closed;
    assert.match(await succeeds(folder, 'run', file, '--trials', '1'), /^Leaderboard$/m);
  });

  it('a second run of the same experiment is told who has it, and the first goes on', async (test) => {
    const folder = project();
    const { child, closed } = startRun(folder, test);
    await untilFinished(folder, 2, () => child.exitCode !== null);
    const { code, err } = await vitrine(folder, 'run', file);
    assert.equal(code, 1);
    assert.match(err, new RegExp(`^error: .*already being run by process ${child.pid}, since .*Wait for it`));
    assert.equal(err.trimEnd().split('\n').length, 1);
    assert.match(await succeeds(folder, 'trials', file), /complete/);
    const count = statesOf(folder).filter(isComplete).length;
    await untilFinished(folder, count + 2, () => child.exitCode !== null);
    process.kill(-Number(child.pid), 'SIGINT');
    await closed;
  });
});
