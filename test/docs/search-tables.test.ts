import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { tuners } from '../../src/engine/hypergradients/registry.ts';
import { importances } from '../../src/engine/search/importance/registry.ts';
import { pruners } from '../../src/engine/search/pruners/registry.ts';
import { samplers } from '../../src/engine/search/samplers/registry.ts';

const page = readFileSync(new URL('../../docs/search.md', import.meta.url), 'utf8');

/** First cells of the rows of the table under a heading, without their back-ticks. */
const rowsUnder = (heading: string): string[] =>
  (page.split(`## ${heading}\n`)[1] ?? '')
    .split('\n## ')[0]
    .split('\n')
    .flatMap((line) => /^\| `([\w-]+)` +\|/.exec(line)?.[1] ?? []);

test('every sampler has its row, and every row its sampler', () => {
  assert.deepEqual(rowsUnder('Samplers').sort(), Object.keys(samplers).sort());
});

test('every pruner has its row, and every row its pruner', () => {
  assert.deepEqual(rowsUnder('Pruners').sort(), Object.keys(pruners).sort());
});

test('every tuner has its row, and every row its tuner', () => {
  assert.deepEqual(rowsUnder('Tuners').sort(), Object.keys(tuners).sort());
});

test('every way of judging importance has its row, and every row its way', () => {
  assert.deepEqual(rowsUnder('Importance').sort(), Object.keys(importances).sort());
});
