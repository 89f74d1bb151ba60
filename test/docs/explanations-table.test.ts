import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { explainers } from '../../src/engine/explain/registry.ts';

const page = readFileSync(new URL('../../docs/explanations.md', import.meta.url), 'utf8');

/** The table's rows below its heading: the trimmed cells of each, without the back-ticks of the kind. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')));

test('every technique has its row, which says what it asks, of what, and whether it is made by itself', () => {
  assert.deepEqual(
    rows.map((cells) => cells.slice(1, 5)),
    explainers.map(({ kind, question, scope, byDefault }) => [kind, `${question}?`, scope, byDefault ? 'yes' : 'no']),
  );
});
