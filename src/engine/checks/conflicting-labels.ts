import { shareWords } from '../../shared/results/data-findings.ts';
import { conflictingRows } from '../data/alike-rows.ts';
import { chancePairs, repeatedRows, rowKeys } from '../data/row-keys.ts';
import { atMost, type DataCheck, foundRows } from './data-check.ts';
import { chanceSlack } from './duplicates.ts';
import { dropRows, reviewLabels } from './remedies.ts';

const some = 0.005;

/** Rows with the same features and another target: no model can be right about both. */
export const conflictingLabels: DataCheck = {
  name: 'conflicting-labels',
  title: 'Conflicting labels',
  asks: 'Have rows that are alike in every feature different targets?',
  cost: 'scan',
  async run({ development }) {
    const rowCount = development.features.rowCount;
    const groups = repeatedRows(rowKeys(development.features.columns, rowCount));
    const rows = conflictingRows(development)
      .flat()
      .sort((a, b) => a - b);
    const share = rows.length / rowCount;
    const figure = atMost('share of rows in conflict', share, some);
    if (rows.length === 0) return { findings: [], ...figure };
    const pairs = groups.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
    const byChance = pairs <= chanceSlack * chancePairs(development.features.columns, rowCount);
    return {
      findings: [
        {
          check: 'conflicting-labels',
          severity: byChance || share < some ? 'note' : 'warning',
          message: `${shareWords(rows.length, rowCount)} are alike in every feature but not in the target${byChance ? '; with so few different values that is no wonder' : ''}.`,
          columns: [],
          rows: foundRows('development', development, rows),
          evidence: { measure: 'share of rows in conflict', value: share, threshold: some },
          remedies: [
            reviewLabels('See which of them is right, or what column is missing that tells them apart.'),
            ...(byChance ? [] : [dropRows('conflicting', 'Or learn from none of them: `drop: {conflicting: true}`.')]),
          ],
        },
      ],
      ...figure,
    };
  },
};
