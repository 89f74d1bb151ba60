import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { add, agreeWithExit, none, oneFailed, onePassed, totalLine } from './counts.ts';

describe('the counts of a run', () => {
  it('add up to the one line that is read', () => {
    assert.equal(totalLine(add(onePassed, oneFailed)), '1 passed, 1 failed');
    assert.equal(totalLine({ passed: 12, failed: 0, skipped: 3 }), '12 passed, 0 failed, 3 skipped');
  });

  it('hold a failure when a runner crashed, or failed outside its tests', () => {
    assert.deepEqual(agreeWithExit(undefined, 0), oneFailed);
    assert.deepEqual(agreeWithExit(undefined, null), oneFailed);
    assert.deepEqual(agreeWithExit(onePassed, 1), { passed: 1, failed: 1, skipped: 0 });
    assert.deepEqual(agreeWithExit(oneFailed, 1), oneFailed);
    assert.deepEqual(agreeWithExit(none, 0), none);
  });
});
