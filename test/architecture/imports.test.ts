import assert from 'node:assert/strict';
import { existsSync, globSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { build } from 'esbuild';
import { importsOf, readImports } from './import-graph.ts';
import { bans, reserved, violations, walls } from './rules.ts';

const root = resolve(import.meta.dirname, '../..');
const source = join(root, 'src');
const imports = readImports(source);

describe('the source', () => {
  it('keeps the import rules', () => assert.deepEqual(violations(imports), []));

  it('imports files by their whole names, and only files that are there', () => {
    const ours = imports.filter((edge) => edge.isOurs);
    const lost = ours.filter((edge) => !existsSync(join(source, edge.to)) || !/\.\w+$/.test(edge.to));
    assert.deepEqual(
      lost.map((edge) => `src/${edge.from}:${edge.line} imports ${edge.to}`),
      [],
    );
  });
});

describe('the reader of imports', () => {
  const read = (text: string) => importsOf('engine/explain/ale.ts', text).map((edge) => edge.to);

  it('sees static, dynamic, type, side-effect and re-exported imports', () => {
    assert.deepEqual(read("import { a } from './a.ts';"), ['engine/explain/a.ts']);
    assert.deepEqual(read("import {\n  a,\n  type B,\n} from '../b.ts';"), ['engine/b.ts']);
    assert.deepEqual(read("import type { C } from '../../shared/c.ts';"), ['shared/c.ts']);
    assert.deepEqual(read("import './d.css';"), ['engine/explain/d.css']);
    assert.deepEqual(read("export * from './e.ts';"), ['engine/explain/e.ts']);
    assert.deepEqual(read("  const f = await import('./f.ts');"), ['engine/explain/f.ts']);
    assert.deepEqual(read("type G = import('./g.ts').G;"), ['engine/explain/g.ts']);
  });

  it('names a package without the path inside it', () => {
    assert.deepEqual(read("import x from 'lit/directives/map.js';"), ['lit']);
    assert.deepEqual(read("import x from '@duckdb/node-api/lib/x.js';"), ['@duckdb/node-api']);
    assert.deepEqual(read("import fs from 'node:fs/promises';"), ['node:fs/promises']);
  });

  it('misses nothing that esbuild finds', async () => {
    const entryPoints = globSync('**/*.ts', { cwd: source, exclude: ['**/*.d.ts'] }).map((file) => join(source, file));
    const options = { bundle: true, write: false, metafile: true, outdir: 'dist', packages: 'external' } as const;
    const loader = { '.svg': 'text', '.css': 'text' } as const;
    const { metafile } = await build({
      ...options,
      loader,
      entryPoints,
      absWorkingDir: root,
      format: 'esm',
      logLevel: 'error',
    });
    const known = new Set(imports.map((edge) => `${edge.from} > ${edge.to}`));
    const missed = Object.entries(metafile.inputs).flatMap(([file, { imports: found }]) => {
      const from = relative('src', file);
      return found
        .filter((edge) => !edge.external && from.endsWith('.ts'))
        .map((edge) => `${from} > ${relative('src', edge.path)}`)
        .filter((edge) => !known.has(edge));
    });
    assert.deepEqual(missed, []);
  });
});

/** What the rules say of one import, from a file to another file or, without a slash, to a package. */
const judge = (from: string, to: string) =>
  violations([{ from, to, isOurs: /^\w+\/.*\.ts$/.test(to), line: 1 }]).length === 0 ? 'allowed' : 'refused';

describe('the import rules', () => {
  const cases: readonly [from: string, to: string, verdict: 'allowed' | 'refused'][] = [
    ['shared/task.ts', 'shared/metrics.ts', 'allowed'],
    ['shared/task.ts', 'engine/random.ts', 'refused'],
    ['shared/task.ts', 'node:fs', 'refused'],
    ['shared/task.ts', 'zod', 'allowed'],
    ['language/hover.ts', 'shared/experiment/schema.ts', 'allowed'],
    ['language/hover.ts', 'engine/index.ts', 'refused'],
    ['language/hover.ts', 'vscode', 'refused'],
    ['engine/index.ts', 'shared/task.ts', 'allowed'],
    ['engine/index.ts', 'language/parse.ts', 'refused'],
    ['engine/index.ts', 'extension/extension.ts', 'refused'],
    ['cli/main.ts', 'engine/index.ts', 'allowed'],
    ['cli/main.ts', 'language/parse.ts', 'allowed'],
    ['cli/main.ts', 'engine/store/store.ts', 'refused'],
    ['extension/extension.ts', 'engine/client/connect.ts', 'allowed'],
    ['extension/extension.ts', 'vscode', 'allowed'],
    ['extension/extension.ts', 'engine/index.ts', 'refused'],
    ['webview/trial.ts', 'shared/results/ale.ts', 'allowed'],
    ['webview/trial.ts', 'lit', 'allowed'],
    ['webview/trial.ts', 'engine/client/connect.ts', 'refused'],
    ['webview/trial.ts', 'node:path', 'refused'],
    ['cli/main.ts', 'lit', 'refused'],
    ['webview/trial.ts', 'vscode-jsonrpc', 'refused'],
    ['engine/explain/ale.ts', 'engine/models/predictor.ts', 'allowed'],
    ['engine/explain/additive-terms.ts', 'engine/models/additive.ts', 'allowed'],
    ['engine/explain/ale.ts', 'engine/models/bundle.ts', 'refused'],
    ['engine/explain/ale.ts', 'engine/learners/tree.ts', 'refused'],
    ['engine/robustness/attack.ts', 'engine/networks/graph.ts', 'refused'],
    ['engine/robustness/attack.ts', 'engine/explain/rows.ts', 'allowed'],
    ['engine/search/study.ts', 'engine/space/space.ts', 'allowed'],
    ['engine/search/study.ts', 'engine/learners/registry.ts', 'refused'],
    ['engine/search/study.ts', 'engine/numerics/cholesky.ts', 'allowed'],
    ['engine/numerics/lbfgs.ts', 'engine/numerics/dot.ts', 'allowed'],
    ['engine/numerics/lbfgs.ts', 'engine/learners/pace.ts', 'refused'],
    ['engine/operations/study.ts', 'engine/run/run-trial.ts', 'allowed'],
    ['engine/run/pool.ts', 'engine/run/job.ts', 'allowed'],
    ['engine/run/pool.ts', 'engine/learners/registry.ts', 'allowed'],
    ['engine/report/page.ts', 'engine/run/run-trial.ts', 'refused'],
    ['engine/index.ts', 'engine/run/run-trial.ts', 'refused'],
    ['common/x.ts', 'shared/task.ts', 'refused'],
  ];
  for (const [from, to, verdict] of cases) {
    it(`${from} importing ${to} is ${verdict}`, () => assert.equal(judge(from, to), verdict));
  }

  it('have each a refused case above', () => {
    const refused = cases.filter(([, , verdict]) => verdict === 'refused');
    const catches = (part: string, isTarget: (to: string) => boolean) =>
      refused.some(([from, to]) => from.startsWith(part) && isTarget(to));
    for (const { part } of walls)
      assert.ok(
        catches(part, (to) => to.includes('/')),
        `a wall of ${part}`,
      );
    for (const { part, mustNot } of bans) {
      assert.ok(
        catches(part, (to) => mustNot.some((place) => to.startsWith(place))),
        `a ban of ${part}`,
      );
    }
    for (const { packages } of reserved)
      assert.ok(
        catches('', (to) => packages.test(to)),
        `${packages}`,
      );
  });
});
