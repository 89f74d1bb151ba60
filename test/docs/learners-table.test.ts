import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { learners } from '../../src/engine/learners/registry.ts';

const page = readFileSync(new URL('../../docs/learners.md', import.meta.url), 'utf8');

/** The table's rows below its heading: the trimmed cells of each, without the back-ticks of the name. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')));

test('every learner has its row, in the order in which they are tried, and the row says what its tags say', () => {
  const yesNo = (flag: unknown) => (flag ? 'yes' : 'no');
  assert.deepEqual(
    rows.map(([, name, , ...tags]) => [name, ...tags.slice(0, 4)]),
    learners.map(({ name, tags, onnx }) => {
      const tasks = [tags.tasks.includes('binary') && 'classes', tags.tasks.includes('regression') && 'values'];
      return [name, tasks.filter(Boolean).join(', '), yesNo(tags.readable), yesNo(onnx), yesNo(tags.weighsRows)];
    }),
  );
});
