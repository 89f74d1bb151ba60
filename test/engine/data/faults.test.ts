import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type LoadOptions, loadDataset } from '../../../src/engine/data/load-dataset.ts';
import { faultWords, UserError } from '../../../src/shared/faults.ts';
import { dataFile, folder, load, never, table } from './data-file.ts';

interface Fault {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly ending?: string;
  readonly options?: Partial<LoadOptions>;
  readonly code: string;
  /** What the message, with its place and advice, must say. */
  readonly words: RegExp;
  readonly line?: number;
}

const good = table('x,z,y', 30, (i) => `${i % 7},${i / 4},${i % 2 ? 'a' : 'b'}`);
const latin = (text: string) => Buffer.from(text, 'latin1');

const faults: Fault[] = [
  { name: 'empty file', content: '', code: 'data-empty', words: /data.csv: the file is empty\. Give a table/ },
  { name: 'only blanks', content: '\n \n\n', code: 'data-empty', words: /empty/ },
  { name: 'empty archive', content: gzipSync(''), ending: '.csv.gz', code: 'data-empty', words: /empty/ },
  {
    name: 'broken archive',
    content: 'x,y\n1,a\n',
    ending: '.csv.gz',
    code: 'data-unreadable',
    words: /cannot be unpacked/,
  },
  { name: 'header only', content: 'x,y\n', code: 'data-no-rows', words: /no rows/ },
  { name: 'header only, no line end', content: 'x,y', code: 'data-no-rows', words: /no rows/ },
  { name: 'one row', content: 'x,y\n1,a\n', code: 'data-one-row', words: /single row/ },
  { name: 'one row with a target', content: 'x,y\n1,a\n2,\n', code: 'data-one-row', words: /1 of 2 rows are dropped/ },
  {
    name: 'duplicate names',
    content: 'x,y,x\n1,a,2\n2,b,3\n',
    code: 'column-duplicate',
    words: /data.csv:1: the name "x" stands over columns 1 and 3/,
    line: 1,
  },
  {
    name: 'first name empty',
    content: ',x,y\n0,1,a\n1,2,b\n',
    code: 'column-unnamed',
    words: /column 1 of 3 has no name.*index=False/,
    line: 1,
  },
  {
    name: 'last name empty',
    content: 'x,y,\n1,a,2\n2,b,3\n',
    code: 'column-unnamed',
    words: /column 3 of 3 has no name/,
    line: 1,
  },
  {
    name: 'short row',
    content: 'x,y\n1,a\n2\n3,b\n',
    code: 'data-ragged',
    words: /data.csv:3: the row has 1 cell, the header names 2 columns/,
    line: 3,
  },
  { name: 'long row', content: 'x,y\n1,a\n2,b,c\n3,b\n', code: 'data-ragged', words: /has 3 cells/, line: 3 },
  {
    name: 'short row after blank lines and a cell of two lines',
    content: 'x,y\n1,a\n\n"2\n2",b\n3\n',
    code: 'data-ragged',
    words: /has 1 cell,/,
    line: 6,
  },
  {
    name: 'short row far down a packed file',
    content: gzipSync(`\ufeff${good}${good.slice(6)}9\n`),
    ending: '.csv.gz',
    code: 'data-ragged',
    words: /has 1 cell,/,
    line: 62,
  },
  { name: 'stray quote', content: 'x,y\n1,"a"b\n2,b\n', code: 'data-quotes', words: /double quote/, line: 2 },
  { name: 'quote left open', content: 'x,y\n1,a\n2,"b\n3,a\n', code: 'data-quotes', words: /double quote/, line: 3 },
  {
    name: 'mixed line endings',
    content: 'x,y\r\n1,a\r\n2,b\n3,a\r\n',
    code: 'data-line-endings',
    words: /mixed/,
    line: 3,
  },
  {
    name: 'not UTF-8 in the header',
    content: latin('x,größe\n1,a\n2,b\n'),
    code: 'data-encoding',
    words: /not UTF-8.*Save the file as UTF-8/,
    line: 1,
  },
  {
    name: 'not UTF-8 in a row',
    content: latin('x,y\n1,a\n2,café\n3,a\n'),
    code: 'data-encoding',
    words: /not UTF-8/,
    line: 3,
  },
  {
    name: 'not UTF-8 far down',
    content: latin(`${table('x,y', 60_000, (i) => `${i % 9},level ${i % 2}`)}3,é\n`),
    code: 'data-encoding',
    words: /not UTF-8/,
    line: 60_002,
  },
  {
    name: 'UTF-16',
    content: Buffer.from('\ufeffx,y\n1,a\n', 'utf16le'),
    code: 'data-encoding',
    words: /UTF-16/,
    line: 1,
  },
  { name: 'unknown kind', content: good, ending: '.xlsx', code: 'data-format', words: /\.parquet/ },
  {
    name: 'JSON cut short',
    content: '[{"x":1},',
    ending: '.json',
    code: 'data-unreadable',
    words: /as JSON.*cut short/,
  },
  {
    name: 'no JSON',
    content: '[{"x":1,"y"}]',
    ending: '.json',
    code: 'data-unreadable',
    words: /as JSON.*list of objects/,
  },
  { name: 'an empty list', content: '[]', ending: '.json', code: 'data-no-rows', words: /no rows/ },
  { name: 'no Parquet', content: 'PARQUET?', ending: '.parquet', code: 'data-unreadable', words: /as Parquet/ },
  {
    name: 'target misspelt',
    content: good,
    options: { target: 'yy' },
    code: 'target-missing',
    words: /"yy", which is not in the data\. Did you mean "y"\?/,
  },
  {
    name: 'target absent',
    content: good,
    options: { target: 'species' },
    code: 'target-missing',
    words: /The columns are "x", "z", "y"/,
  },
  {
    name: 'ignored column absent',
    content: good,
    options: { ignore: ['w'] },
    code: 'column-missing',
    words: /`ignore` names the column "w"/,
  },
  {
    name: 'sensitive column absent',
    content: good,
    options: { sensitive: ['w'] },
    code: 'column-missing',
    words: /`sensitive`/,
  },
  {
    name: 'typed column absent',
    content: good,
    options: { types: { w: 'text' } },
    code: 'column-missing',
    words: /`types`/,
  },
  {
    name: 'group is the target',
    content: good,
    options: { group: 'y' },
    code: 'column-roles',
    words: /"y" is named by both/,
  },
  {
    name: 'target ignored',
    content: good,
    options: { ignore: ['y'] },
    code: 'column-roles',
    words: /"y" is named by both/,
  },
  {
    name: 'time that is no time',
    content: good,
    options: { target: 'x', time: 'y' },
    code: 'time-type',
    words: /"y" holds neither dates nor numbers/,
  },
  {
    name: 'target constant',
    content: table('x,y', 9, (i) => `${i},a`),
    code: 'target-constant',
    words: /"y" has the same value in all 9 rows/,
  },
  {
    name: 'target constant number',
    content: table('x,y', 9, (i) => `${i},3`),
    code: 'target-constant',
    words: /same value/,
  },
  {
    name: 'target all different',
    content: table('x,y', 30, (i) => `${i},name ${i}`),
    code: 'target-all-distinct',
    words: /each of the 30 rows has a value of its own/,
  },
  {
    name: 'numbers all different as classes',
    content: table('x,y', 30, (i) => `${i % 4},${i / 3}`),
    options: { task: 'multiclass' },
    code: 'target-all-distinct',
    words: /task: regression/,
  },
  {
    name: 'target mostly missing',
    content: table('x,y', 30, (i) => `${i},${i % 3 ? '' : i % 2}`),
    code: 'target-mostly-missing',
    words: /missing in 20 of 30 rows/,
  },
  {
    name: 'target wholly missing',
    content: table('x,y', 30, (i) => `${i},`),
    code: 'target-mostly-missing',
    words: /missing in 30 of 30 rows/,
  },
  {
    name: '10,000 classes',
    content: table('x,y', 20_000, (i) => `${i},k${i % 10_000}`),
    code: 'target-too-many-classes',
    words: /10,000 classes, more than 1,000/,
  },
  {
    name: 'target of dates',
    content: table('x,y', 30, (i) => `${i},2024-01-${10 + (i % 9)}`),
    code: 'target-date',
    words: /holds dates/,
  },
  {
    name: 'words for regression',
    content: good,
    options: { task: 'regression' },
    code: 'target-task',
    words: /cannot be regression/,
  },
  {
    name: 'three classes for binary',
    content: table('x,y', 30, (i) => `${i},k${i % 3}`),
    options: { task: 'binary' },
    code: 'target-task',
    words: /3 classes, so the task cannot be binary/,
  },
  {
    name: 'a word where a number is asked for',
    content: table('x,y', 30, (i) => `${i === 17 ? 'old' : i},${i % 2}`),
    options: { types: { x: 'number' } },
    code: 'column-value',
    words: /"old" in column "x", row 18, is not a number/,
  },
  {
    name: 'a fraction where whole numbers are asked for',
    content: table('x,y', 30, (i) => `${i === 4 ? 4.5 : i},${i % 2}`),
    options: { types: { x: 'integer' } },
    code: 'column-value',
    words: /"4.5" in column "x", row 5, is not a whole number/,
  },
  {
    name: 'a word where a date is asked for',
    content: table('x,z,y', 30, (i) => `${i === 2 ? 'soon' : '2024-01-01'},${i},${i % 2}`),
    options: { types: { x: 'date' } },
    code: 'column-value',
    words: /"soon" in column "x", row 3, is not a date/,
  },
  {
    name: 'dates in two readings',
    content: table('x,z,y', 30, (i) => `01/0${1 + (i % 9)}/2024,${i},${i % 2}`),
    options: { types: { x: 'date' } },
    code: 'column-dates',
    words: /day\/month or month\/day/,
  },
  {
    name: 'three values where a boolean is asked for',
    content: good,
    options: { types: { x: 'boolean' } },
    code: 'column-value',
    words: /cannot be boolean/,
  },
  {
    name: 'nothing to predict from',
    content: good,
    options: { ignore: ['x', 'z'] },
    code: 'no-features',
    words: /no column is left/,
  },
];

describe('each fault of the data is said with its place and a way out', () => {
  for (const { name, content, ending, options, code, words, line } of faults) {
    test(name, async () => {
      const error = await load(content, { target: 'y', ...options }, ending).then(
        () => assert.fail('the data was accepted'),
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof UserError, `${error instanceof Error ? error.stack : error}`);
      assert.equal(error.code, code);
      assert.match(faultWords(error), words);
      assert.equal(error.place?.file, 'data.csv');
      assert.equal(error.place?.line, line);
      assert.ok(error.advice, 'no advice');
    });
  }

  test('missing file, and a folder', async () => {
    await assert.rejects(loadDataset({ path: `${folder}/none.csv`, shown: 'none.csv', target: 'y' }, never), {
      code: 'data-missing',
      place: { file: 'none.csv' },
    });
    await assert.rejects(loadDataset({ path: folder, shown: 'folder', target: 'y' }, never), {
      code: 'data-no-images',
    });
  });

  test('no message holds the absolute path', async () => {
    const path = dataFile('{"x":', '.json');
    await assert.rejects(loadDataset({ path, shown: 'bad.json', target: 'y' }, never), (error: UserError) => {
      assert.ok(!faultWords(error).includes(folder), faultWords(error));
      return true;
    });
  });
});
