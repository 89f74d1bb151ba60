import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sortedPlaces } from '../../src/webview/components/data-table.ts';

const rows = [
  [{ text: '1,200', sort: 1200 }, 'b'],
  [{ text: '9', sort: 9 }, 'a'],
  ['missing', 'b'],
];

it('a table is sorted by its numbers, and by its texts where it has none', () => {
  assert.deepEqual(sortedPlaces(rows, null), [0, 1, 2]);
  assert.deepEqual(sortedPlaces(rows, { column: 0, falls: false }), [1, 0, 2]);
  assert.deepEqual(sortedPlaces(rows, { column: 0, falls: true }), [0, 1, 2], 'what is no number stays last');
  assert.deepEqual(sortedPlaces(rows, { column: 1, falls: false }), [1, 0, 2]);
});
