import { globSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './workbench/parts.ts';

/** Bundles the suite and its tests to one CommonJS file, which the extension host can load; returns its path. */
export async function bundleSuite(files: readonly string[]): Promise<string> {
  const tests = files.length > 0 ? files : globSync('test/host/**/*.test.ts', { cwd: root }).sort();
  const loads = tests.map((file) => `require(${JSON.stringify(join(root, file))});`);
  const suite = join(root, '.vscode-test/host/suite.cjs');
  await build({
    stdin: {
      contents: `import { runSuite } from './suite.ts';\nexport const run = () => runSuite(() => {\n${loads.join('\n')}\n});`,
      resolveDir: import.meta.dirname,
      loader: 'ts',
    },
    outfile: suite,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'mocha', '@duckdb/node-api'],
    logLevel: 'warning',
  });
  return suite;
}
