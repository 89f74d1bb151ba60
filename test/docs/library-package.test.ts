import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { root } from './documents.ts';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The package imports itself by its name, through the same `exports` that others see. */
describe('the built package', () => {
  it('keeps a study in a store and goes on from it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-package-'));
    const program = `import { createStudy } from '${manifest.name}';
      const study = createStudy({ space: { x: { float: [0, 1] } }, sampler: 'auto', seed: 1, store: process.argv[1] });
      const trial = await study.ask();
      await study.tell(trial, trial.params.x);
      console.log(JSON.stringify({ trials: study.trials.length, best: study.best.values }));`;
    const run = () =>
      JSON.parse(
        execFileSync(
          process.execPath,
          ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program, join(folder, 'study.db')],
          { cwd: root, encoding: 'utf8' },
        ),
      );
    try {
      assert.equal(run().trials, 1);
      assert.equal(run().trials, 2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('has the types that its manifest names', () => {
    const { types, import: entry } = manifest.exports['.'];
    for (const path of [types, entry]) assert.ok(existsSync(join(root, path)), path);
    assert.match(readFileSync(join(root, types), 'utf8'), /createStudy/);
  });
});
