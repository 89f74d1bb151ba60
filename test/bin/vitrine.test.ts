import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, it } from 'node:test';

const root = join(import.meta.dirname, '../..');

/** Stands for the bundled command: says where it runs and with what, then ends or waits as it is told. */
const program = `
process.stdout.write(JSON.stringify({ node: process.versions.node, words: process.argv.slice(2), folder: process.cwd() }) + '\\n');
if (process.argv[2] === 'wait') setInterval(() => {}, 1000);
else process.exitCode = Number(process.argv[2] ?? 0);
`;

const isOld = (version: string) => {
  const [major, minor] = version.split('.').map(Number);
  return major < 22 || (major === 22 && minor < 13);
};

/** A Node on the machine's own PATH that lacks node:sqlite. */
function findOldNode(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const found = folders.map((folder) => join(folder, 'node')).filter(existsSync);
  return found.find((node) => isOld(execFileSync(node, ['--version'], { encoding: 'utf8' }).slice(1)));
}

describe('bin/vitrine.mjs', () => {
  let folder: string;
  let launcher: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-bin-'));
    launcher = join(folder, 'package/bin/vitrine.mjs');
    cpSync(join(root, 'bin'), join(folder, 'package/bin'), { recursive: true });
    chmodSync(launcher, 0o755);
    mkdirSync(join(folder, 'package/dist/cli'), { recursive: true });
    mkdirSync(join(folder, 'package/node_modules'));
    mkdirSync(join(folder, 'elsewhere'));
    writeFileSync(join(folder, 'package/package.json'), '{"type": "module"}');
    writeFileSync(join(folder, 'package/dist/cli/main.js'), program);
  });
  after(() => rmSync(folder, { recursive: true }));

  const start = (node: string, ...words: readonly string[]) =>
    spawn(node, words, { cwd: join(folder, 'elsewhere'), stdio: ['ignore', 'pipe', 'pipe'] });

  async function ended(child: ChildProcess) {
    let [out, err] = ['', ''];
    child.stdout?.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      err += chunk;
    });
    const [code, signal] = await once(child, 'close');
    return { code, signal, out, err };
  }

  it('works through a link from another folder, and passes on words and exit code', async () => {
    const link = join(folder, 'elsewhere/vitrine');
    symlinkSync(launcher, link);
    const { code, out, err } = await ended(start(process.execPath, link, '3', '--budget', '60 s'));
    assert.equal(err, '');
    assert.equal(code, 3);
    const { words, folder: at } = JSON.parse(out);
    assert.deepEqual(words, ['3', '--budget', '60 s']);
    assert.ok(at.endsWith('elsewhere'), at);
  });

  it('says what to do where nothing has been built', async () => {
    const bare = join(folder, 'bare/bin/vitrine.mjs');
    cpSync(join(root, 'bin'), join(folder, 'bare/bin'), { recursive: true });
    const { code, out, err } = await ended(start(process.execPath, bare, 'run'));
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /^vitrine: it has not been built: run 'npm run build' in its folder first\.\n$/);
  });

  const old = findOldNode();
  const skip = old === undefined && 'there is no Node older than 22.13 on this machine';
  describe('on an older Node', { skip }, () => {
    const packaged = () => join(folder, 'package/node_modules/node');
    before(() => symlinkSync(join(root, 'node_modules/node'), packaged()));

    it('starts the one that npm installed, and passes on words and exit code', async () => {
      const { code, out, err } = await ended(start(old!, launcher, '130', 'FILE'));
      assert.equal(err, '');
      assert.equal(code, 130);
      const { node, words } = JSON.parse(out);
      assert.ok(!isOld(node), node);
      assert.deepEqual(words, ['130', 'FILE']);
    });

    it('hands a signal on, and ends as the command did', async () => {
      const child = start(old!, launcher, 'wait');
      await once(child.stdout, 'readable');
      const end = ended(child);
      child.kill('SIGTERM');
      assert.equal((await end).signal, 'SIGTERM');
    });

    it('takes the command with it when it is killed', async () => {
      const child = start(old!, launcher, 'wait');
      await once(child.stdout, 'readable');
      const end = ended(child);
      child.kill('SIGKILL');
      // The pipe is the command's too: it closes only when that has ended.
      assert.equal((await end).signal, 'SIGKILL');
    });

    it('says which Node is needed where npm has left none', async () => {
      rmSync(packaged());
      // A package without its binary, because a folder further up may have a whole one.
      mkdirSync(packaged());
      writeFileSync(join(packaged(), 'package.json'), '{"name": "node"}');
      const { code, err } = await ended(start(old!, launcher, 'run'));
      assert.equal(code, 1);
      assert.match(err, /^vitrine: Node [\d.]+ is too old: install Node 22\.13 or newer/);
    });
  });
});
