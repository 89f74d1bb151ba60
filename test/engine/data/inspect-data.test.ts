import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspectData } from '../../../src/engine/data/inspect-data.ts';
import { dataFile, never, table } from './data-file.ts';

const inspect = (text: string) => inspectData({ path: dataFile(text) }, never);

test('the penguins, looked at before a target is chosen', async () => {
  const path = fileURLToPath(new URL('../../../examples/penguins/penguins.csv', import.meta.url));
  const { rowCount, columns, notes, suggestedTarget } = await inspectData({ path }, never);
  assert.equal(rowCount, 344);
  assert.deepEqual(
    columns.map(({ type }) => type),
    ['category', 'category', 'number', 'number', 'integer', 'integer', 'category'],
  );
  assert.deepEqual(
    columns.map(({ missing }) => missing),
    [0, 0, 2, 2, 2, 2, 11],
  );
  assert.deepEqual(notes, ['"." is read as missing in "sex" (1).']);
  assert.deepEqual(suggestedTarget, {
    column: 'species',
    task: 'multiclass',
    reason: '"species" is a usual name for what is predicted',
  });
});

const suggestions = [
  { name: 'the last column', text: table('a,b', 30, (i) => `${i % 4},${i / 2}`), column: 'b', task: 'regression' },
  {
    name: 'not an identifier',
    text: table('kind,key', 30, (i) => `${i % 2 ? 'p' : 'q'},k${i}`),
    column: 'kind',
    task: 'binary',
  },
  { name: 'not a constant', text: table('a,label', 30, (i) => `${i / 2},same`), column: 'a', task: 'regression' },
  { name: 'nothing at all', text: table('key,same', 30, (i) => `k${i},1`), column: undefined, task: undefined },
];
for (const { name, text, column, task } of suggestions) {
  test(`suggested as a target: ${name}`, async () => {
    const { suggestedTarget } = await inspect(text);
    assert.equal(suggestedTarget?.column, column);
    assert.equal(suggestedTarget?.task, task);
  });
}

test('a single row can be looked at', async () => {
  const { rowCount, columns } = await inspect('x,y\n1,a\n');
  assert.equal(rowCount, 1);
  assert.deepEqual(
    columns.map(({ type }) => type),
    ['integer', 'category'],
  );
});
