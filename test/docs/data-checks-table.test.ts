import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dataChecks } from '../../src/engine/checks/registry.ts';
import { document } from './documents.ts';

describe('the table of data checks', () => {
  it('has every check with its question, and no other', () => {
    const rows = [...document('docs/data-checks.md').text.matchAll(/^\| `([a-z-]+)` *\| (.*?) *\|/gm)];
    assert.deepEqual(
      rows.map(([, name, asks]) => [name, asks]),
      dataChecks.map(({ name, asks }) => [name, asks]),
    );
  });
});
