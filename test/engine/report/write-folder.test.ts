import assert from 'node:assert/strict';
import { type FileHandle, mkdir, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { listName, writeFolder } from '../../../src/engine/report/write-folder.ts';
import { UserError } from '../../../src/shared/faults.ts';

const pages = (...paths: readonly string[]) => paths.map((path) => ({ path, text: `# ${path}\n` }));
const first = pages('README.md', 'verdicts.md', 'explanations/slices.md', 'explanations/sage.md');
const code = (wanted: string) => (error: unknown) => error instanceof UserError && error.code === wanted;

describe('a folder of pages', () => {
  let parent = '';
  let folder = '';
  let turn = 0;
  before(async () => {
    parent = await mkdtemp(join(tmpdir(), 'vitrine-pages-'));
  });
  beforeEach(() => {
    folder = join(parent, `turn-${turn++}`, 'model');
  });
  after(() => rm(parent, { recursive: true }));

  const all = async () => (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.md')).sort();
  const text = (path: string) => readFile(join(folder, path), 'utf8');

  it('is made whole, with nothing beside it', async () => {
    await writeFolder(folder, first);
    assert.deepEqual(await all(), ['README.md', 'explanations/sage.md', 'explanations/slices.md', 'verdicts.md']);
    assert.deepEqual(await readdir(join(folder, '..')), ['model']);
  });

  it('is written again: its own pages are replaced, those that are no more are gone, others stay', async () => {
    await writeFolder(folder, first);
    await writeFile(join(folder, 'notes.md'), 'mine');
    await writeFile(join(folder, 'explanations', 'mine.md'), 'mine');
    await writeFolder(folder, [{ path: 'README.md', text: 'new' }, ...pages('verdicts.md')]);
    assert.equal(await text('README.md'), 'new');
    assert.deepEqual(await all(), ['README.md', 'explanations/mine.md', 'notes.md', 'verdicts.md']);
    assert.equal(await text('notes.md'), 'mine');
  });

  it('a page that somebody changed is neither replaced nor removed', async () => {
    await writeFolder(folder, first);
    await writeFile(join(folder, 'verdicts.md'), 'mine');
    await assert.rejects(writeFolder(folder, pages('README.md', 'verdicts.md')), (error) => {
      assert.ok(code('page-changed')(error));
      assert.match(String(error), /verdicts\.md is not as Vitrine wrote it/);
      return true;
    });
    assert.equal(await text('verdicts.md'), 'mine');
    await writeFolder(folder, pages('README.md'));
    assert.deepEqual(await all(), ['README.md', 'verdicts.md']);
    assert.equal(await text('verdicts.md'), 'mine');
  });

  it('somebody else’s README is left alone', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'README.md'), 'a project');
    await assert.rejects(writeFolder(folder, first), code('page-changed'));
    assert.deepEqual(await readdir(folder), ['README.md']);
  });

  it('a damaged list of pages owns nothing, and one that was tampered with reaches nothing outside', async () => {
    await writeFolder(folder, first);
    await writeFile(join(folder, listName), '{"files": {"../../keep.md": ["x"], ');
    await writeFolder(folder, first);
    await writeFile(join(folder, '..', 'keep.md'), 'mine');
    const hash = 'a9f51566bd6705f7ea6ad54bb9deb449f795582d6529a0e22207b8981233ec58';
    await writeFile(join(folder, listName), JSON.stringify({ files: { '../keep.md': [hash], 'README.md': 7 } }));
    await writeFolder(folder, first);
    assert.equal(await readFile(join(folder, '..', 'keep.md'), 'utf8'), 'mine');
  });

  it('follows no link out of the folder', async () => {
    const outside = join(folder, '..', 'outside');
    await mkdir(outside, { recursive: true });
    await mkdir(folder);
    await symlink(outside, join(folder, 'explanations'));
    await assert.rejects(writeFolder(folder, first), code('page-changed'));
    assert.deepEqual(await readdir(outside), []);
  });

  it('a full disk leaves nothing half written, and the old pages as they were', async () => {
    await writeFolder(folder, first);
    let opened = 0;
    const create = async (path: string): Promise<FileHandle> => {
      if (++opened < 3) return open(path, 'wx');
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    };
    const changed = first.map(({ path }) => ({ path, text: 'new' }));
    await assert.rejects(writeFolder(folder, changed, { create }), code('disk-full'));
    assert.equal(await text('README.md'), '# README.md\n');
    assert.deepEqual(await readdir(join(folder, '..')), ['model']);
  });

  it('a file in the place of the folder, and a path below a file, are said with what to do', async () => {
    await mkdir(join(folder, '..'), { recursive: true });
    await writeFile(folder, 'a file');
    await assert.rejects(writeFolder(folder, first), code('folder-taken'));
    await assert.rejects(writeFolder(join(folder, 'below'), first), (error) => {
      assert.ok(code('folder-not-written')(error) && (error as UserError).advice);
      return true;
    });
    assert.equal(await readFile(folder, 'utf8'), 'a file');
  });

  it('a cancelled one writes nothing', async () => {
    await assert.rejects(writeFolder(folder, first, { signal: AbortSignal.abort() }), { name: 'AbortError' });
    assert.deepEqual(await readdir(join(folder, '..')), []);
  });
});
