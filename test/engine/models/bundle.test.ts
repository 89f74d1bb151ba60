import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, it } from 'node:test';
import {
  bundleBytes,
  bundleFromJson,
  bundleToJson,
  readBundle,
  writeBundle,
} from '../../../src/engine/models/bundle.ts';
import type { ModelBundle } from '../../../src/engine/models/model.ts';

const bundle: ModelBundle = {
  format: 'vitrine-model',
  version: 1,
  learner: 'tree',
  params: { depth: 3 },
  task: 'binary',
  classes: ['no', 'yes'],
  columns: [{ name: 'x', type: 'number' }],
  dataHash: '0123456789abcdef',
  seed: 1,
  state: { nested: [1, 'two', null] },
  arrays: {
    bytes: Uint8Array.of(1, 2, 3),
    doubles: Float64Array.of(Math.PI, Number.NaN, Number.NEGATIVE_INFINITY),
    view: new Float32Array(Float32Array.of(9, 1, 2, 3, 9).buffer, 4, 3),
    empty: new Int32Array(0),
  },
};

describe('model bundle', () => {
  let folder: string;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'vitrine-bundle-')), 'model');
  });

  it('comes back bit for bit from a folder and from JSON', async () => {
    await writeBundle(bundle, folder);
    assert.deepEqual(await readBundle(folder), bundle);
    assert.deepEqual(bundleFromJson(bundleToJson(bundle), 'model.json'), bundle);
  });

  it('replaces an older model as a whole', async () => {
    await writeBundle(bundle, folder);
    await writeBundle({ ...bundle, seed: 2 }, folder);
    assert.equal((await readBundle(folder)).seed, 2);
    assert.deepEqual(readdirSync(join(folder, '..')), ['model']);
  });

  it('knows its size before it is written', async () => {
    await writeBundle(bundle, folder);
    assert.ok(bundleBytes(bundle) > 6 * 8 + 3);
  });

  it('says that a model is missing, or is none', async () => {
    await assert.rejects(readBundle(folder), { code: 'model-missing' });
    mkdirSync(folder);
    writeFileSync(join(folder, 'model.json'), '{"format": "something else"}');
    await assert.rejects(readBundle(folder), { code: 'model-unreadable' });
    assert.throws(() => bundleFromJson('not JSON', 'x.json'), { code: 'model-unreadable' });
  });

  it('leaves no half-written model where writing fails', async () => {
    const parent = join(folder, '..');
    rmSync(parent, { recursive: true });
    symlinkSync('/dev/null', parent);
    await assert.rejects(writeBundle(bundle, folder));
    rmSync(parent);
  });
});
