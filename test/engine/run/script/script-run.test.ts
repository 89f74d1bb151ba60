import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Engine, UserError } from '../../../../src/engine/index.ts';
import { Store } from '../../../../src/engine/store/store.ts';
import type { StudySnapshot } from '../../../../src/shared/results/study.ts';
import type { TrialRecord } from '../../../../src/shared/trial.ts';
import { readExperiment } from '../experiments.ts';

const cli = join(import.meta.dirname, '../../../../src/cli/main.ts');

/** A run of it: four steps towards (x - 0.3) squared; it fails where `kind` is `bad`. */
const program = `import { readFileSync, writeFileSync } from 'node:fs';
const { x, kind } = JSON.parse(readFileSync(process.env.VITRINE_CONFIG_FILE, 'utf8'));
if (kind === 'bad') { console.error('kind must not be bad'); process.exit(4); }
for (let step = 1; step <= Number(process.env.VITRINE_RESOURCE); step++)
  console.log(JSON.stringify({ step, value: (x - 0.3) ** 2 + 1 / step }));
console.log(JSON.stringify({ metrics: { loss: (x - 0.3) ** 2, size: 7 } }));
`;
const space = 'x: { float: [0, 1] }, kind: { choice: [good, bad] }';

describe('an experiment that searches a script', { timeout: 120_000 }, () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-script-run-'));
    file = join(folder, 'tune.vitrine.yaml');
    writeFileSync(join(folder, 'train.mjs'), program);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (rest = 'budget: { trials: 8 }', values = space) =>
    writeFileSync(
      file,
      `script:
  command: ${JSON.stringify([process.execPath, 'train.mjs'])}
  space: { ${values} }
  metric: loss
  resource: { name: epochs, min: 1, max: 4 }
${rest}\n`,
    );

  async function run(workers = 2): Promise<{ snapshot: StudySnapshot; trials: readonly TrialRecord[] }> {
    const engine = new Engine();
    try {
      const base = readExperiment(readFileSync(file, 'utf8'), file);
      await engine.call('run.start', { experiment: { ...base, search: { ...base.search, workers } } });
      const snapshot = await engine.call('run.wait', { file });
      return { snapshot, trials: (await engine.call('trials.list', { file })).trials };
    } finally {
      await engine.close();
    }
  }

  it('goes through study, leaderboard and energy like any other, its failures too', async () => {
    write('search: { sampler: random, pruner: none, seed: 3 }\nbudget: { trials: 8 }');
    const { snapshot, trials } = await run();
    assert.equal(snapshot.run, 'finished', snapshot.message);
    assert.match(snapshot.message, /not available for a script's model yet/);
    assert.equal(snapshot.data, null);
    assert.deepEqual(snapshot.objectives, [{ metric: 'loss', direction: 'minimize' }]);
    assert.equal(trials.length, 8);
    for (const trial of trials) {
      assert.equal(trial.learner, 'script');
      if (trial.params['script.kind'] === 'bad') {
        assert.equal(trial.state, 'failed');
        assert.match(trial.message ?? '', /exit code 4: kind must not be bad/);
        continue;
      }
      assert.equal(trial.state, 'complete', trial.message);
      assert.deepEqual(trial.values, [trial.metrics.loss]);
      assert.equal(trial.metrics.size, 7);
      assert.equal(trial.intermediate.length, 4);
      assert.ok(trial.energy?.wattHours && trial.energy.wattHours.value > 0);
      assert.match(String(trial.attributes.log), /output\.log$/);
    }
    assert.ok(snapshot.counts.failed > 0 && snapshot.counts.complete > 0, 'the seed gives both kinds');
  });

  it('is pruned, and shares its resource out where the sampler does', async () => {
    write('search: { sampler: hyperband, pruner: none, seed: 1 }\nbudget: { trials: 12 }', 'x: { float: [0, 1] }');
    const shared = await run(1);
    const fidelities = new Set(shared.trials.map(({ intermediate }) => intermediate.length));
    assert.ok(fidelities.size > 1, `steps: ${[...fidelities].join(', ')}`);
    rmSync(join(folder, '.vitrine'), { recursive: true });
    write('search: { sampler: random, pruner: median, seed: 1 }\nbudget: { trials: 12 }', 'x: { float: [0, 1] }');
    const { snapshot, trials } = await run(1);
    assert.ok(snapshot.counts.pruned > 0);
    const pruned = trials.find(({ state }) => state === 'pruned');
    assert.ok(pruned?.stopped?.words);
  });

  it('says plainly that a script’s model is its own, and how one that was written as ONNX is looked into', async () => {
    write('search: { sampler: random, seed: 3 }\nbudget: { trials: 4 }', 'x: { float: [0, 1] }');
    await run();
    const engine = new Engine();
    const which = { file, trial: 'best' as const };
    const detail = await engine.call('trial.show', which);
    assert.equal(detail.hasModel, false);
    for (const call of [
      () => engine.call('trial.explain', which),
      () => engine.call('trial.attack', which),
      () => engine.call('trial.export', { ...which, output: join(folder, 'out.json') }),
      () => engine.call('trial.predict', { ...which, data: file, output: join(folder, 'out.csv') }),
    ])
      await assert.rejects(call, (error) => error instanceof UserError && error.code === 'script-model');
    const folderOfBest = join(folder, '.vitrine', 'scripts', `1-${detail.trial.number}`);
    const model = join(folderOfBest, 'net.onnx');
    writeFileSync(model, '');
    const advised = (error: unknown) =>
      error instanceof UserError &&
      error.advice?.includes(`vitrine open ${model} --data DATA --target COLUMN`) === true;
    await assert.rejects(() => engine.call('trial.explain', which), advised);
    await assert.rejects(() => engine.call('trial.predict', { ...which, data: file, output: file }), advised);
    const { path } = await engine.call('study.report', { file });
    assert.ok(readFileSync(path, 'utf8').includes('script'));
    await engine.close();
  });

  it('goes on with a changed space, and begins anew with a changed program', async () => {
    write('search: { sampler: random, seed: 3 }\nbudget: { trials: 5 }', 'x: { float: [0, 1] }');
    await run();
    write('search: { sampler: random, seed: 3 }\nbudget: { trials: 3 }', 'x: { float: [0, 0.4] }');
    const narrower = await run();
    assert.equal(narrower.trials.length, 8);
    assert.match(narrower.snapshot.notes.join(' '), /outside of the space/);
    writeFileSync(join(folder, 'train.mjs'), `// Another program.\n${program}`);
    assert.equal((await run()).trials.length, 3);
  });

  const slow = `import { writeFileSync } from 'node:fs';
process.on('SIGTERM', () => {});
writeFileSync(process.env.VITRINE_FOLDER + '/pid', String(process.pid));
if (Number(process.env.VITRINE_TRIAL) < 2) console.log('{"value": 1}'), process.exit(0);
setInterval(() => {}, 1000);
`;

  /** Process number of the third trial's program, which never ends by itself. */
  async function hanging(child: ChildProcess): Promise<number> {
    const scripts = join(folder, '.vitrine/scripts');
    for (;;) {
      assert.equal(child.exitCode, null, 'the run ended before the program hung');
      try {
        const third = readdirSync(scripts).find((name) => name.endsWith('-2'));
        if (third) return Number(readFileSync(join(scripts, third, 'pid'), 'utf8'));
      } catch (error) {
        assert.ok(error instanceof Error && 'code' in error && error.code === 'ENOENT', String(error));
      }
      await delay(10);
    }
  }

  const runs = (pid: number): boolean => {
    try {
      return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  };

  for (const [signal, state] of [
    ['SIGKILL', 'interrupted'],
    ['SIGINT', 'stopped'],
  ] as const)
    it(`loses nothing and leaves no program behind when the engine gets ${signal}`, async () => {
      write('search: { sampler: random, seed: 3, workers: 1 }\nbudget: { trials: 8 }', 'x: { float: [0, 1] }');
      writeFileSync(join(folder, 'train.mjs'), slow);
      const child = spawn(process.execPath, [cli, 'run', file], { stdio: 'ignore' });
      const pid = await hanging(child);
      assert.ok(runs(pid));
      child.kill(signal);
      await once(child, 'exit');
      while (runs(pid)) await delay(10);
      const store = new Store(folder);
      const study = store.studies.latest('tune.vitrine.yaml');
      assert.ok(study);
      assert.equal(store.runs.latest(study.id)?.state, state);
      const states = store.trials.all(study.id).map(({ trial }) => trial.state);
      assert.deepEqual(states.slice(0, 2), ['complete', 'complete']);
      store.close();
    });
});
