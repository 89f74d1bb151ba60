import assert from 'node:assert/strict';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { Engine } from '../../src/engine/index.ts';
import { parseExperiment } from '../../src/language/index.ts';

const root = join(import.meta.dirname, '../..');
const files = globSync('examples/*/*.vitrine.yaml', { cwd: root }).sort();

/** As the example has it, but for four trials on one worker. */
function tinyExperiment(file: string) {
  const { experiment, diagnostics } = parseExperiment(readFileSync(file, 'utf8'), file);
  assert.deepEqual(diagnostics, [], 'an example has nothing to complain about');
  assert.ok(experiment);
  return { ...experiment, budget: { trials: 4 }, search: { ...experiment.search, workers: 1 } };
}

describe('every example', () => {
  it('is a folder with an experiment file, its data or program, and a README', () => {
    const folders = globSync('examples/*/', { cwd: root });
    assert.ok(folders.length > 0);
    for (const folder of folders) {
      assert.ok(
        files.some((file) => dirname(file) === folder),
        `${folder} has no experiment file`,
      );
      assert.ok(globSync('README.md', { cwd: join(root, folder) }).length === 1, `${folder} has no README.md`);
    }
  });

  for (const example of files)
    it(`${example} runs to its end on a budget of four trials`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'vitrine-example-'));
      const engine = new Engine();
      try {
        cpSync(join(root, dirname(example)), folder, {
          recursive: true,
          filter: (source) => basename(source) !== '.vitrine',
        });
        const file = join(folder, basename(example));
        await engine.call('run.start', { experiment: tinyExperiment(file) });
        const snapshot = await engine.call('run.wait', { file });
        assert.equal(snapshot.run, 'finished', snapshot.message);
        const { trial, explanations, robustness } = await engine.call('trial.show', { file, trial: 'best' });
        assert.equal(snapshot.counts.complete + snapshot.counts.pruned, 4, snapshot.message);
        if (snapshot.data === null) {
          assert.equal(trial.learner, 'script');
          return;
        }
        assert.ok(Object.values(trial.testMetrics ?? {}).length > 0, 'the winner was scored on the test part');
        assert.ok(explanations.length > 0 && robustness, 'the winner was explained and attacked');
      } finally {
        await engine.close();
        rmSync(folder, { recursive: true });
      }
    });
});
