import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withoutShared } from '../../../src/engine/data/drop-rows.ts';
import { loadTestDataset } from '../../../src/engine/data/load-test-dataset.ts';
import { nothingDropped } from '../../../src/shared/experiment/experiment.ts';
import { UserError } from '../../../src/shared/faults.ts';
import { dataFile, load, never, table } from './data-file.ts';

/** Row 21 repeats row 1, row 22 is like row 2 in all but the target. */
const text = `${table('size,colour,answer', 20, (i) => `${i + 0.5},${'rgb'[i % 3]},${i % 2 ? 'yes' : 'no'}`)}0.5,r,no\n1.5,g,no\n`;
const loaded = (drop: Partial<typeof nothingDropped>) =>
  load(text, { target: 'answer', drop: { ...nothingDropped, ...drop } });

describe('rows that are left out', () => {
  it('of repeated rows the first stays', async () => {
    const { rowIds, info } = await loaded({ duplicates: true });
    assert.deepEqual([rowIds.length, rowIds.includes(0), rowIds.includes(20)], [21, true, false]);
    assert.ok(info.notes.includes('1 row left out by `drop`: 1 that repeat an earlier one.'), info.notes.join());
  });

  it('of rows that contradict each other none', async () => {
    const { rowIds } = await loaded({ conflicting: true });
    assert.deepEqual(
      [1, 21].map((row) => rowIds.includes(row)),
      [false, false],
    );
    assert.equal(rowIds.length, 20);
  });

  it('numbers contradict each other where they are far apart', async () => {
    const values = `${table('size,price', 20, (i) => `${i + 0.5},${10 * i + 0.25}`)}0.5,1.25\n3.5,190.25\n`;
    const { rowIds } = await load(values, { target: 'price', drop: { ...nothingDropped, conflicting: true } });
    assert.deepEqual(
      [0, 20, 3, 21].map((row) => rowIds.includes(row)),
      [true, true, false, false],
    );
  });

  it('by their place in the file, those without a target counted', async () => {
    const { rowIds } = await load(
      `size,answer\n1,\n${table('', 8, (i) => `${i + 2},${i % 2 ? 'b' : 'a'}`).trimStart()}`,
      {
        target: 'answer',
        drop: { ...nothingDropped, rows: [3, 5] },
      },
    );
    assert.deepEqual([...rowIds], [1, 3, 5, 6, 7, 8]);
  });

  it('the hash tells that rows are gone, and nothing else of the data', async () => {
    const [whole, none, some] = await Promise.all([
      load(text, { target: 'answer' }),
      loaded({}),
      loaded({ rows: [4] }),
    ]);
    assert.equal(whole.info.hash, none.info.hash);
    assert.notEqual(whole.info.hash, some.info.hash);
  });

  it('a row that the file has not is a fault that says how rows are counted', async () => {
    await assert.rejects(loaded({ rows: [23] }), (error) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.code, 'drop-row-unknown');
      assert.match(error.message, /names row 23, and the data has 22/);
      return true;
    });
  });

  it('those that stand in the test part too', async () => {
    const development = await load(text, { target: 'answer' });
    const test = await loadTestDataset(
      { path: dataFile('size,colour,answer\n0.5,r,yes\n4.5,g,no\n99,b,no\n') },
      development,
      never,
    );
    const { development: rest, notes } = withoutShared(development, test);
    assert.deepEqual(
      [0, 4, 20, 5].map((row) => rest.rowIds.includes(row)),
      [false, false, false, true],
    );
    assert.deepEqual(notes, ['3 rows left out by `drop`: they stand in the test part too.']);
  });
});
