import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { abridged } from '../../../src/engine/report/abridge.ts';
import { resultWords } from '../../../src/shared/results/words.ts';
import { reports } from '../../webview/fixtures/reports.ts';

const { explained } = reports;
const whole = { ...explained, leftOut: [] };
const all = [...(whole.ensemble?.explanations ?? []), ...whole.trials.flatMap(({ explanations }) => explanations)];
const bytes = (one: unknown) => JSON.stringify(one).length;

describe('a page that is not to be too large', () => {
  it('stays as it is within its limits', () => {
    assert.equal(abridged(whole), whole);
  });

  it('tells an explanation that is too large in words', () => {
    const largest = all.reduce((most, one) => (bytes(one) > bytes(most) ? one : most));
    const { leftOut, trials } = abridged(whole, { explanationBytes: bytes(largest) - 1, bytes: 1e9 });
    assert.deepEqual(
      leftOut.map(({ kind, words }) => ({ kind, words })),
      [{ kind: largest.kind, words: resultWords(largest) }],
    );
    assert.equal(
      trials.some(({ explanations }) => explanations.includes(largest)),
      false,
    );
  });

  it('leaves out the largest until the others are small enough together', () => {
    const limit = 20_000;
    const { leftOut, ensemble, trials } = abridged(whole, { explanationBytes: 1e9, bytes: limit });
    const kept = [...(ensemble?.explanations ?? []), ...trials.flatMap(({ explanations }) => explanations)];
    assert.ok(kept.length > 0 && leftOut.length > 0);
    assert.equal(kept.length + leftOut.length, all.length);
    assert.ok(kept.reduce((sum, one) => sum + bytes(one), 0) <= limit);
    assert.ok(Math.max(...kept.map(bytes)) <= Math.min(...leftOut.map((one) => one.bytes)));
  });
});
