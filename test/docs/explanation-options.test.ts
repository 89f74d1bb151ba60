import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { explanationOptionsPage, explanationOptionsPath } from '../../build/explanation-options.ts';
import { root } from './documents.ts';

test('the page of options is what the techniques declare (node build/explanation-options.ts)', () => {
  assert.equal(readFileSync(join(root, explanationOptionsPath), 'utf8'), explanationOptionsPage());
});
