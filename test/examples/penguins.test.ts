import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { penguinsCsv } from '../../examples/penguins/make.ts';

test('penguins.csv is what its script makes', () => {
  const committed = readFileSync(new URL('../../examples/penguins/penguins.csv', import.meta.url), 'utf8');
  assert.equal(committed, penguinsCsv());
  assert.equal(committed.trimEnd().split('\n').length, 345);
});
