import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { duckdbCheck, nodeCheck, sqliteCheck, storeCheck } from '../../../src/engine/doctor/checks.ts';
import { Engine } from '../../../src/engine/index.ts';
import { doctorWords } from '../../../src/shared/results/doctor.ts';

describe('what the doctor tries out', () => {
  it('a store, without a trace', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-doctor-'));
    assert.equal((await storeCheck(folder)).good, true);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('a store that cannot be written', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'vitrine-doctor-')), 'no-folder');
    writeFileSync(file, '');
    const { good, words, advice } = await storeCheck(file);
    assert.equal(good, false);
    assert.match(words, /ENOTDIR/);
    assert.match(advice ?? '', /work in another folder/);
  });

  it('DuckDB, SQLite and Node', async () => {
    const checks = await Promise.all([duckdbCheck(new AbortController().signal), sqliteCheck(), nodeCheck()]);
    assert.deepEqual(
      checks.map(({ good }) => good),
      [true, true, true],
    );
    const old = await nodeCheck('20.11.1');
    assert.equal(old.good, false);
    assert.match(old.advice ?? '', /22\.13/);
  });
});

it('the operation tells all of it, and runs no native code where it is asked not to', async () => {
  const engine = new Engine();
  try {
    const report = await engine.call('engine.doctor', { folder: import.meta.dirname, probe: false });
    assert.equal(doctorWords(report), 'Everything that Vitrine needs works here.');
    assert.ok(report.cores > 0 && report.memoryBytes > 0);
    assert.match(report.energy, /cpu: /);
    const [wasm] = report.backends.backends;
    assert.equal(wasm.state, 'runs');
    assert.equal(wasm.stepsPerSecond, undefined);
  } finally {
    await engine.close();
  }
});

it('wasm is tried by training on it', async () => {
  const engine = new Engine();
  try {
    const { backends } = await engine.call('engine.doctor', { folder: import.meta.dirname });
    const [wasm] = backends.backends;
    assert.equal(wasm.state, 'runs');
    assert.ok((wasm.stepsPerSecond ?? 0) > 0);
  } finally {
    await engine.close();
  }
});
