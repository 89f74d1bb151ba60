import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { answerRows, answerTable, folderWith, vitrine } from './command-line.ts';

interface Fault {
  readonly name: string;
  /** Content of data.csv; absent: there is no such file. */
  readonly data?: string | Uint8Array;
  readonly yaml?: string;
  /** Where in the experiment file it is told. */
  readonly at: string;
  /** What is wrong, and what to do. */
  readonly says: readonly RegExp[];
}

const usual = 'data:\n  path: data.csv\n  target: answer\n';
const [path, target] = ['2:9', '3:11'];
const rows = answerRows(60);

const faults: readonly Fault[] = [
  { name: 'missing file', at: path, says: [/data\.csv: there is no such file/, /relative to that file/] },
  { name: 'empty file', data: '', at: path, says: [/the file is empty/, /Give a table/] },
  { name: 'header only', data: answerTable([]), at: path, says: [/holds no rows/, /Add rows/] },
  { name: 'one row', data: answerTable(rows.slice(0, 1)), at: '1:1', says: [/has 1 row:/, /Use more data/] },
  {
    name: 'one row, none kept for the test',
    data: answerTable(rows.slice(0, 1)),
    yaml: `${usual}  split: {test: none}\n`,
    at: path,
    says: [/has 1 row\./, /add rows/],
  },
  {
    name: 'duplicate column names',
    data: `x,x,answer\n${rows.join('\n')}`,
    at: path,
    says: [/data\.csv:1: the name "x" stands over columns 1 and 2/, /a name of its own/],
  },
  {
    name: 'empty column name',
    data: `x,,answer\n${rows.join('\n')}`,
    at: path,
    says: [/data\.csv:1: column 2 of 3 has no name/, /Name it/],
  },
  {
    name: 'ragged rows',
    data: answerTable([...rows.slice(0, 10), '1,2', ...rows.slice(10)]),
    at: path,
    says: [/data\.csv:12: the row has 2 cells, the header names 3 columns/, /Mend the row/],
  },
  {
    name: 'not UTF-8',
    data: Buffer.from(answerTable([...rows, '1,2,pr\u00eat']), 'latin1'),
    at: path,
    says: [/data\.csv:62: the text is not UTF-8/, /Save the file as UTF-8/],
  },
  {
    name: 'an unknown kind of file',
    data: answerTable(rows),
    yaml: 'data:\n  path: experiment.vitrine.yaml\n  target: answer\n',
    at: path,
    says: [/kind of the data is not known/, /reads \.csv/],
  },
  {
    name: 'target missing in the experiment file',
    data: answerTable(rows),
    yaml: 'data:\n  path: data.csv\n',
    at: '1:1',
    says: [/data\.target is missing/],
  },
  {
    name: 'target misspelt',
    data: answerTable(rows),
    yaml: 'data:\n  path: data.csv\n  target: anwser\n',
    at: target,
    says: [/no column "anwser"/, /Did you mean "answer"\?/],
  },
  {
    name: 'target constant',
    data: answerTable(answerRows(60, () => 'same')),
    at: target,
    says: [/"answer" has the same value in every row/, /Choose another column/],
  },
  {
    name: 'target all distinct',
    data: answerTable(answerRows(60, (row) => `k${row}`)),
    at: target,
    says: [/another value in each of its 60 rows/, /Choose another column/],
  },
  {
    name: 'target mostly missing',
    data: answerTable(answerRows(60, (row) => (row % 6 === 0 ? ['yes', 'no'][row % 4 ? 1 : 0] : ''))),
    at: target,
    says: [/missing in 50 of 60 rows/, /Fill it in/],
  },
  {
    name: '10,000 classes',
    data: answerTable(answerRows(20_000, (row) => `c${row % 10_000}`)),
    at: target,
    says: [/has 10000 classes, more than 1000/, /Choose another column/],
  },
  {
    name: 'a value that is not of the type given in the file',
    data: answerTable([...rows, 'high,1,yes']),
    yaml: `${usual}  types: {x: number}\n`,
    at: path,
    says: [/"high" in column "x", row 61, is not a number/, /Mend the value/],
  },
  {
    name: 'groups too few to part',
    data: `g,${answerTable(rows.map((row) => `one,${row}`))}`,
    yaml: `${usual}  group: g\n`,
    at: '4:10',
    says: [/1 group cannot be parted/, /take `group` out/],
  },
  {
    name: 'test file missing',
    data: answerTable(rows),
    yaml: `${usual}  split: {test: held-out.csv}\n`,
    at: '4:17',
    says: [/held-out\.csv: there is no such file/],
  },
];

describe('a fault of the data is told where the experiment file names it, by check and by run', {
  concurrency: 2,
}, () => {
  for (const { name, data, yaml = usual, at, says } of faults) {
    it(name, async () => {
      const folder = folderWith({ 'experiment.vitrine.yaml': yaml, ...(data !== undefined && { 'data.csv': data }) });
      const [check, run] = await Promise.all([
        vitrine(folder, 'check', 'experiment.vitrine.yaml'),
        vitrine(folder, 'run', 'experiment.vitrine.yaml'),
      ]);
      for (const [words, { code }] of [
        ['check', check],
        ['run', run],
      ] as const)
        assert.equal(code, 1, words);
      const told = run.err.trimEnd();
      assert.equal(told.split('\n').length, 1, `one line:\n${told}`);
      assert.ok(told.startsWith(`error: experiment.vitrine.yaml:${at}: `), told);
      for (const pattern of says) assert.match(told, pattern);
      assert.doesNotMatch(told, /\bat .*:\d+:\d+\)|undefined|NaN/);
      assert.deepEqual(
        check.out.split('\n').filter((line) => line.startsWith('error')),
        [told],
      );
      assert.equal(check.err, '');
      assert.equal(run.out, '');
      if (data !== undefined) assert.deepEqual(readFileSync(join(folder, 'data.csv')), Buffer.from(data));
      assert.equal(existsSync(join(folder, '.vitrine', 'models')), false);
    });
  }
});
