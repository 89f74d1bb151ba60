import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { balanceParameters } from '../../src/engine/preparation/balance.ts';
import { preparationParameters } from '../../src/engine/preparation/preparation.ts';
import { listedValues } from '../../src/engine/space/distribution.ts';
import { rich } from '../engine/preparation/rich-data.ts';

const page = readFileSync(new URL('../../docs/preparation.md', import.meta.url), 'utf8');

test('every parameter of the preparation has its row, with its values', () => {
  const { info } = rich('binary', { missing: 0.1 });
  const rows = page.split('\n').flatMap((line) => {
    const [, name, values] = /^\| `(\w+)` +\| ([^|]+?) +\|/.exec(line) ?? [];
    return name ? [[name, values]] : [];
  });
  const parameters = [...preparationParameters(info, 'linear'), ...balanceParameters(info)];
  assert.deepEqual(
    rows.map(([name]) => name),
    parameters.map(({ name }) => name),
  );
  parameters.forEach(({ distribution }, i) => {
    const listed = listedValues(distribution)?.join(', ');
    if (listed) assert.equal(rows[i][1], listed);
  });
});
