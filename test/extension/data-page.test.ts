import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dataPage } from '../../src/extension/data-page.ts';
import type { DataInspection } from '../../src/shared/operations/operations.ts';

const inspection: DataInspection = {
  path: '/data/people.csv',
  rowCount: 1200,
  columns: [
    {
      name: 'age',
      type: 'integer',
      reason: 'every value is a whole number',
      role: 'feature',
      missing: 60,
      distinct: 70,
      numeric: { minimum: 18, maximum: 90, mean: 40, standardDeviation: 12, quartiles: [30, 39, 51] },
    },
    {
      name: 'born|<b>',
      type: 'date',
      reason: 'dates',
      role: 'feature',
      missing: 0,
      distinct: 900,
      numeric: { minimum: 0, maximum: 86_400_000, mean: 1, standardDeviation: 1, quartiles: [0, 1, 2] },
    },
    {
      name: 'colour',
      type: 'category',
      reason: '6 different values',
      role: 'feature',
      missing: 0,
      distinct: 6,
      levels: ['a', 'b', 'c', 'd', 'e', 'f'].map((level, i) => ({ level, count: 10 - i })),
    },
  ],
  suggestedTarget: { column: 'colour', task: 'multiclass', reason: 'it is the last column' },
  notes: ['first line [looks](like) values'],
};

describe('the page of a table', () => {
  const lines = dataPage(inspection).split('\n');

  it('begins with its size and the column to predict', () => {
    assert.equal(lines[0], '# people.csv');
    assert.equal(lines[2], '1,200 rows, 3 columns.');
    assert.match(lines[4], /\*\*colour\*\* suggests itself \(multiclass\): it is the last column\./);
  });

  it('has a row a column: type, reason, values, what is missing', () => {
    assert.ok(lines.includes('| **age** | integer | every value is a whole number | 18 to 90, median 39 | 60 (5 %) |'));
    assert.ok(
      lines.includes('| **colour** | category | 6 different values | a (10), b (9), c (8), d (7), 2 more | 0 |'),
    );
  });

  it('writes dates as days', () => assert.match(lines.join('\n'), /1970-01-01 to 1970-01-02/));

  it('keeps what the file holds from becoming markup', () => {
    assert.match(lines.join('\n'), /born\\\|\\<b\\>/);
    assert.match(lines.join('\n'), /first line \\\[looks\\\]\(like\) values/);
  });
});
