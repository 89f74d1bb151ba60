import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { OutOfFold, outOfFoldFile, readOutOfFold } from '../../../src/engine/run/out-of-fold.ts';

const fold = (validation: number[]) => ({ train: new Uint32Array(0), validation: Uint32Array.from(validation) });
const values = (...numbers: number[]) => ({ kind: 'values', values: Float64Array.from(numbers) }) as const;

it('predictions out of fold come back row by row, and only where every row is judged', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'vitrine-oof-')), '1-0-inspection');
  const of = { rows: 4, outputs: 1 };
  const made = new OutOfFold(4, 1);
  made.add(fold([3, 0]), values(30, 0.5));
  made.add(fold([1]), values(10));
  await made.write(folder);
  assert.deepEqual(await readOutOfFold(folder, [0, 1, 3], of), Float64Array.of(0.5, 10, 30));
  assert.equal(await readOutOfFold(folder, [0, 2], of), undefined, 'row 2 is judged by no fold');
  assert.equal(await readOutOfFold(folder, [0], { rows: 5, outputs: 1 }), undefined, 'other data');
  truncateSync(outOfFoldFile(folder), 7);
  assert.equal(await readOutOfFold(folder, [0], of), undefined, 'a file that was cut');
  rmSync(outOfFoldFile(folder));
  assert.equal(await readOutOfFold(folder, [0], of), undefined, 'no file');
});
