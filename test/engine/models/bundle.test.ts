import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, it } from 'node:test';
import { bundleFromJson, bundleToJson, readBundle, writeBundle } from '../../../src/engine/models/bundle.ts';
import { bundleBytes } from '../../../src/engine/models/bundle-header.ts';
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
    const written = ['model.json', 'arrays.bin'].map((name) => readFileSync(join(folder, name)).byteLength);
    assert.equal(bundleBytes(bundle), written[0] + written[1]);
  });

  it('says that a model is missing, or is none', async () => {
    await assert.rejects(readBundle(folder), { code: 'model-missing' });
    mkdirSync(folder);
    writeFileSync(join(folder, 'model.json'), '{"format": "something else"}');
    await assert.rejects(readBundle(folder), { code: 'model-unreadable' });
    assert.throws(() => bundleFromJson('not JSON', 'x.json'), { code: 'model-unreadable' });
  });

  /** As `bundleToJson` writes it, with some of the header changed and the hash kept. */
  const changed = (change: object) => JSON.stringify({ ...JSON.parse(bundleToJson(bundle)), ...change });
  const readChanged = (change: object) => () => bundleFromJson(changed(change), 'x.json');

  it('refuses one that is cut off', async () => {
    const text = bundleToJson(bundle);
    assert.throws(() => bundleFromJson(text.slice(0, text.length / 2), 'x.json'), { code: 'model-damaged' });
    await writeBundle(bundle, folder);
    const arrays = join(folder, 'arrays.bin');
    truncateSync(arrays, 10);
    await assert.rejects(readBundle(folder), { code: 'model-damaged', message: /need 48 bytes and there are 10/ });
    rmSync(arrays);
    await assert.rejects(readBundle(folder), { code: 'model-damaged' });
  });

  it('refuses one that was changed, in its header or in its arrays', async () => {
    assert.doesNotThrow(readChanged({}));
    assert.throws(readChanged({ seed: 2 }), { code: 'model-damaged', message: /hash/ });
    assert.throws(readChanged({ sha256: undefined }), { code: 'model-damaged' });
    await writeBundle(bundle, folder);
    const arrays = join(folder, 'arrays.bin');
    const bytes = readFileSync(arrays);
    bytes[0] ^= 1;
    writeFileSync(arrays, bytes);
    await assert.rejects(readBundle(folder), { code: 'model-damaged', message: /hash/ });
  });

  it('reads one of format 1, which had no hash', () => {
    const { sha256: _, vitrine: __, ...old } = JSON.parse(bundleToJson(bundle));
    assert.deepEqual(bundleFromJson(JSON.stringify({ ...old, version: 1 }), 'x.json'), bundle);
  });

  it('is of a format that older versions refuse where it decides by groups, which they would not', () => {
    const groups = { column: 'sex', type: 'category', names: ['a', 'b'], places: { a: 0, b: 1 } } as const;
    const bound = { column: 'sex', criterion: 'demographic-parity', limit: 0.05 } as const;
    const fair = { ...bundle, promises: { byGroup: { ...bound, groups, thresholds: [0.4, null], other: 0.5 } } };
    const text = bundleToJson(fair);
    assert.equal(JSON.parse(text).version, 3);
    assert.equal(JSON.parse(bundleToJson(bundle)).version, 2);
    assert.deepEqual(bundleFromJson(text, 'x.json'), fair);
  });

  it('says which version wrote one that is newer', () => {
    const newer = readChanged({ version: 7, vitrine: '9.1.0' });
    assert.throws(newer, { code: 'model-newer', message: /Vitrine 9\.1\.0 \(format 7\)/ });
  });

  it('takes no memory that the file does not have, whatever its header says', () => {
    const place = { type: 'Float64Array', offset: 0, length: 2 ** 40 };
    assert.throws(readChanged({ arrays: { a: place } }), {
      code: 'model-damaged',
      message: /need 8796093022208 bytes/,
    });
    const whole = { type: 'Uint8Array', offset: 0, length: 40 };
    const often = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`a${i}`, whole]));
    assert.throws(readChanged({ arrays: often }), { code: 'model-damaged', message: /need 40000 bytes/ });
    const wrong = [
      { offset: -8 },
      { length: 1.5 },
      { length: '2' },
      { type: 'BigInt64Array' },
      { type: 'constructor' },
    ];
    for (const part of wrong) {
      const arrays = { a: { type: 'Uint8Array', offset: 0, length: 1, ...part } };
      assert.throws(readChanged({ arrays }), { code: 'model-damaged' }, JSON.stringify(part));
    }
    assert.throws(readChanged({ columns: [{ name: 'x', type: 'function' }] }), { code: 'model-damaged' });
  });

  it('leaves no half-written model where writing fails', async () => {
    const parent = join(folder, '..');
    rmSync(parent, { recursive: true });
    symlinkSync('/dev/null', parent);
    await assert.rejects(writeBundle(bundle, folder));
    rmSync(parent);
  });
});
