import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Study } from '../../src/engine/index.ts';
import type { Trial } from '../../src/shared/trial.ts';
import { blocks, document, root } from './documents.ts';

const front = join(root, 'src/engine/index.ts');
const snippets = blocks(document('README.md'), 'ts');

describe("the README's library snippet", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-snippet-'));
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
    writeFileSync(join(folder, 'snippet.ts'), `${snippets[0]}\nexport { study, trial };\n`);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('is the only one', () => assert.equal(snippets.length, 1));

  it('runs as it stands', async () => {
    const hooks = registerHooks({
      resolve: (specifier, context, next) =>
        specifier === 'vitrine' ? { url: pathToFileURL(front).href, shortCircuit: true } : next(specifier, context),
    });
    try {
      const url = pathToFileURL(join(folder, 'snippet.ts')).href;
      const { study, trial } = (await import(url)) as { study: Study; trial: Trial };
      assert.deepEqual(study.trials[trial.number].values, [0.5]);
      assert.equal(study.trials.length, 21);
      assert.ok(study.best?.values?.[0] !== undefined && study.best.values[0] <= 0.5);
      assert.deepEqual(Object.keys(trial.params).sort(), ['kind', 'layers', 'x']);
      assert.ok(trial.why.phase.length > 0);
    } finally {
      hooks.deregister();
    }
  });

  it('passes the type checker', () => {
    const compilerOptions = { paths: { vitrine: [front] }, typeRoots: [join(root, 'node_modules/@types')] };
    const config = { extends: join(root, 'tsconfig.json'), compilerOptions, include: ['snippet.ts'], exclude: [] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    try {
      execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8', stdio: 'pipe' });
    } catch (error) {
      assert.fail((error as { stdout: string }).stdout);
    }
  });
});
