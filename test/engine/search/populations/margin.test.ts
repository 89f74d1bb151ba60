import assert from 'node:assert/strict';
import { test } from 'node:test';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { startDistribution } from '../../../../src/engine/search/populations/covariance.ts';
import { withMargin } from '../../../../src/engine/search/populations/margin.ts';
import type { Parameter } from '../../../../src/shared/space.ts';

const five: Parameter = { name: 'n', distribution: { type: 'int', low: 1, high: 5 } };
const alpha = 0.05;

/** Probabilities of a draw below and above the cell of a mean, of five equal cells. */
function leaving(mean: number, step: number): { below: number; above: number; mean: number; width: number } {
  const margins = withMargin(startDistribution(Float64Array.of(mean), step), Float64Array.of(1), [five], alpha);
  const cell = Math.min(4, Math.max(0, Math.floor(mean * 5)));
  const deviation = step * margins.widths[0];
  return {
    below: normalCdf(cell / 5, margins.mean[0], deviation),
    above: 1 - normalCdf((cell + 1) / 5, margins.mean[0], deviation),
    mean: margins.mean[0],
    width: margins.widths[0],
  };
}

test('however small the step, each neighbour of an inner cell keeps half of the margin', () => {
  for (const mean of [0.25, 0.5, 0.59, 0.61]) {
    const { below, above } = leaving(mean, 0.001);
    assert.ok(below >= alpha / 2 - 1e-9 && above >= alpha / 2 - 1e-9, `${mean}: ${below}, ${above}`);
    assert.ok(below + above < 0.6);
  }
});

test('at an end, and beyond it, the only neighbour keeps the whole margin and the width stays', () => {
  for (const mean of [-0.3, 0.01, 0.1]) assert.ok(leaving(mean, 0.001).above >= alpha - 1e-9);
  for (const mean of [0.9, 0.99, 1.4]) assert.ok(leaving(mean, 0.001).below >= alpha - 1e-9);
  assert.equal(leaving(0.05, 0.001).width, 1);
});

test('a wide step needs no margin', () => {
  const { mean, width } = leaving(0.5, 0.3);
  assert.deepEqual([mean, width], [0.5, 1]);
});

test('continuous parameters are left as they are', () => {
  const rate: Parameter = { name: 'rate', distribution: { type: 'float', low: 0, high: 1 } };
  const margins = withMargin(startDistribution(Float64Array.of(0.5), 1e-6), Float64Array.of(1), [rate], alpha);
  assert.deepEqual([margins.mean[0], margins.widths[0]], [0.5, 1]);
});
