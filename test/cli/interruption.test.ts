import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Interruption } from '../../src/cli/interruption.ts';
import type { Output } from '../../src/cli/output.ts';

function listened() {
  const remarks: string[] = [];
  const output: Output = {
    json: false,
    live: false,
    line: () => undefined,
    result: () => undefined,
    remark: (text) => remarks.push(text.trim()),
  };
  return { interruption: new Interruption(output), remarks };
}

describe('an interruption', () => {
  it('stops at the first signal and ends at once at the second', () => {
    const { interruption, remarks } = listened();
    assert.deepEqual([interruption.exitCode, interruption.why], [null, null]);
    assert.equal(interruption.hear('SIGINT'), false);
    assert.ok(interruption.signal.aborted);
    assert.deepEqual(remarks, ['Stopping. Press Ctrl-C again to end at once.']);
    assert.deepEqual([interruption.exitCode, interruption.why], [130, 'Stopped by the person.']);
    assert.equal(interruption.hear('SIGINT'), true);
  });

  it('says what is still made, skips that at the second signal and ends at once at the third', () => {
    const { interruption, remarks } = listened();
    let skipped = 0;
    interruption.leaves({ words: 'A model is still made.', skip: () => skipped++ });
    assert.equal(interruption.hear('SIGINT'), false);
    assert.equal(skipped, 0);
    assert.equal(interruption.hear('SIGINT'), false);
    assert.equal(skipped, 1);
    assert.deepEqual(remarks, [
      'Stopping. A model is still made. Press Ctrl-C again to skip that.',
      'Skipping the rest. Press Ctrl-C again to end at once.',
    ]);
    assert.equal(interruption.hear('SIGINT'), true);
  });

  it('tells SIGTERM from Ctrl-C, by words and by exit code', () => {
    const { interruption } = listened();
    interruption.hear('SIGTERM');
    assert.equal(interruption.exitCode, 143);
    assert.match(interruption.why ?? '', /^Stopped by SIGTERM/);
  });
});
