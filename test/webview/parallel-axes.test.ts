import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parallelAxis, placeAlong } from '../../src/webview/charts/parallel-axes.ts';

describe('an axis of parallel coordinates', () => {
  it('goes from the least to the most of numbers, by their logarithms where they span much', () => {
    const linear = parallelAxis('x', [2, 6, 4]);
    assert.deepEqual([linear.bottom, linear.top, placeAlong(linear, 3)], [2, 6, 0.25]);
    const wide = parallelAxis('rate', [0.001, 0.1, 1]);
    assert.equal(wide.scale, 'logarithmic');
    assert.ok(Math.abs(placeAlong(wide, 0.01) - 1 / 3) < 1e-12);
  });

  it('has names in their order, numbers among them too', () => {
    const axis = parallelAxis('kind', ['b', 'a', 'c', 'a']);
    assert.deepEqual([axis.values, placeAlong(axis, 'b')], [['a', 'b', 'c'], 0.5]);
    assert.equal(parallelAxis('mixed', [1, 'none']).scale, 'names');
  });

  it('puts what is always the same in the middle', () => {
    assert.equal(placeAlong(parallelAxis('x', [3, 3]), 3), 0.5);
    assert.equal(placeAlong(parallelAxis('on', [true]), true), 0.5);
  });
});
