import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { agreeWithExit } from '../run/counts.ts';
import { bundleSuite } from './bundle.ts';
import { chooseEditor } from './editor.ts';
import { SuiteResults, variables } from './results.ts';
import { root } from './workbench/parts.ts';

/** The folder that the editor opens: a copy, so that tests may write in it. */
async function makeWorkspace(home: string): Promise<string> {
  const workspace = join(home, 'workspace');
  const isSource = (path: string) => !path.endsWith('.vitrine');
  await cp(join(root, 'examples/penguins'), workspace, { recursive: true, filter: isSource });
  return workspace;
}

/** Takes the suite's messages over a socket, because the editor's own output is full of other things. */
async function listen(home: string, results: SuiteResults): Promise<{ path: string; close: () => void }> {
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\vitrine-${process.pid}` : join(home, 'results');
  const server = createServer((socket) => {
    createInterface({ input: socket }).on('line', (line) => results.take(JSON.parse(line)));
  });
  await new Promise<void>((done) => server.listen(path, done));
  return { path, close: () => server.close() };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { grep: { type: 'string' }, counts: { type: 'string' } },
});
const editor = await chooseEditor();
console.log(`In-editor tests run in ${editor.words}.`);
const home = await mkdtemp(join(tmpdir(), 'vh-'));
const results = new SuiteResults();
const server = await listen(home, results);
let code: number | null = 0;
try {
  await runTests({
    vscodeExecutablePath: editor.executable,
    extensionDevelopmentPath: root,
    extensionTestsPath: await bundleSuite(positionals),
    launchArgs: [
      await makeWorkspace(home),
      `--user-data-dir=${join(home, 'data')}`,
      `--extensions-dir=${join(home, 'extensions')}`,
    ],
    extensionTestsEnv: { [variables.results]: server.path, [variables.grep]: values.grep },
  });
} catch (error) {
  if (!(error instanceof TestRunFailedError)) throw error;
  code = error.code ?? null;
} finally {
  server.close();
  await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
}
const counts = agreeWithExit(results.finish(), code);
if (values.counts) await writeFile(values.counts, JSON.stringify(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;
