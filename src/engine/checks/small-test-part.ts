import { countWords, percentIntervalWords, percentWords } from '../../shared/results/numbers.ts';
import { clopperPearson } from '../statistics/clopper-pearson.ts';
import { atLeast, type DataCheck } from './data-check.ts';
import { largerTestPart } from './remedies.ts';

/** Deepchecks' threshold (reference table): 90 of 100 right is anything from 82 to 95 %. */
const fewestRows = 100;
/** The share of right answers whose interval is told. */
const example = 0.9;

/** A test part on which a score says little. */
export const smallTestPart: DataCheck = {
  name: 'small-test',
  title: 'Test part too small',
  asks: 'Are there enough test rows to tell a good model from a lucky one?',
  cost: 'scan',
  unsuited: ({ test }) => (test ? undefined : 'no rows are kept for a final score.'),
  async run({ development, test, testIsFile }) {
    const rows = test?.features.rowCount ?? 0;
    const figure = atLeast('test rows', rows, fewestRows);
    if (!test || rows >= fewestRows) return { findings: [], ...figure };
    const interval = clopperPearson(Math.round(example * rows), rows);
    const all = rows + development.features.rowCount;
    const share = Math.min(0.5, Math.ceil((20 * fewestRows) / all) / 20);
    return {
      findings: [
        {
          check: 'small-test',
          severity: 'warning',
          message: `The test part has ${countWords(rows, 'row')}: ${percentWords(example)} right there can be ${percentIntervalWords(interval)} in truth.`,
          columns: [],
          evidence: { measure: 'test rows', value: rows, threshold: fewestRows },
          remedies: testIsFile ? [] : [largerTestPart(share)],
        },
      ],
      ...figure,
    };
  },
};
