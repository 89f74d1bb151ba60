import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  chanceWords,
  type DataFinding,
  type DataFindings,
  dataFindingsWords,
  findingWords,
  shareWords,
  worstFindingWords,
} from '../../../src/shared/results/data-findings.ts';

const finding = (severity: DataFinding['severity'], count: number): DataFinding => ({
  check: 'duplicates',
  severity,
  message: `${shareWords(count, 400)} repeat an earlier row.`,
  columns: [],
  rows: { part: 'development', positions: [0, 4, 9, 11, 12, 30].slice(0, count), count },
  evidence: { measure: 'share', value: count / 400, threshold: 0.01 },
  remedies: [{ kind: 'drop rows', words: 'Take them out.' }],
});
const findings = (of: readonly DataFinding[]): DataFindings => ({
  kind: 'data-findings',
  version: 1,
  question: 'are the data sound',
  options: {},
  seed: 1,
  dataHash: '0',
  cost: { seconds: 1, predictions: 0 },
  quality: {
    measure: 'share of the checks that could be made',
    value: 0.5,
    words: '1 of 2 checks could be made (50 %).',
  },
  rows: { development: 400, test: 0 },
  findings: of,
  done: [
    {
      check: 'duplicates',
      title: 'Duplicate rows',
      seconds: 1,
      sampled: 'looked at 400 of 900 rows, a random sample.',
    },
  ],
  skipped: [{ check: 'shared-rows', title: 'Rows in both parts', why: 'no rows are kept for a final score.' }],
});

describe('data findings in words', () => {
  it('name the rows as the file counts them, and what to do', () => {
    assert.equal(
      findingWords(finding('warning', 8)),
      '8 of 400 rows (2 %) repeat an earlier row. Rows of the data: 1, 5, 10, 12, 13 and 3 more. Take them out.',
    );
  });

  it('tally them, and say what was not checked and what was sampled', () => {
    assert.equal(
      dataFindingsWords(findings([finding('error', 40), finding('note', 2)])),
      `1 data check: 1 error and 1 note.
error: 40 of 400 rows (10 %) repeat an earlier row. Rows of the data: 1, 5, 10, 12, 13 and 35 more. Take them out.
note: 2 of 400 rows (0.5 %) repeat an earlier row. Rows of the data: 1 and 5. Take them out.
Not checked: rows in both parts, because no rows are kept for a final score.
Duplicate rows: looked at 400 of 900 rows, a random sample.`,
    );
    assert.match(dataFindingsWords(findings([])), /^1 data check: nothing was found\./);
  });

  it('the short form is the count and the worst, and nothing of notes alone', () => {
    assert.equal(worstFindingWords(findings([finding('note', 2)])), undefined);
    assert.equal(
      worstFindingWords(findings([finding('error', 40), finding('warning', 8), finding('note', 2)])),
      '1 error and 1 warning. 40 of 400 rows (10 %) repeat an earlier row.',
    );
  });

  it('a chance that is tiny is not spelt out', () => {
    assert.deepEqual([0.0131, 1e-9, 0.5].map(chanceWords), ['p = 0.013', 'p < 0.0001', 'p = 0.5']);
  });
});
