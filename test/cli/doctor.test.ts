import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { DoctorReport } from '../../src/shared/results/doctor.ts';
import { succeeds, vitrine } from './command-line.ts';

describe('vitrine doctor', () => {
  it('tells which backend runs, and leaves no trace in the folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-doctor-'));
    const out = await succeeds(folder, 'doctor');
    assert.match(out, /Everything that Vitrine needs works here\./);
    assert.match(out, /wasm +runs +one CPU thread; .* training steps a second/);
    assert.match(out, /Networks train on \S+: /);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('ends well, as JSON, where the store cannot be written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-doctor-'));
    const { code, out } = await vitrine(folder, 'doctor', 'no-such-folder', '--json');
    assert.equal(code, 0);
    const report = JSON.parse(out) as DoctorReport;
    assert.deepEqual(
      report.checks.filter(({ good }) => !good).map(({ name }) => name),
      ['Store'],
    );
  });
});
