import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WaitingList } from '../../../src/engine/search/waiting-list.ts';

test('the lowest number waits first, however the numbers came', () => {
  const list = new WaitingList();
  assert.equal(list.first, undefined);
  for (const number of [5, 7, 2, 5, 9, 3]) list.add(number);
  list.delete(7);
  list.delete(100);
  const order: number[] = [];
  for (let first = list.first; first !== undefined; first = list.first) {
    order.push(first);
    list.delete(first);
  }
  assert.deepEqual(order, [2, 3, 5, 9]);
});
