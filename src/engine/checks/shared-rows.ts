import { shareWords } from '../../shared/results/data-findings.ts';
import { targetColumn } from '../data/alike-rows.ts';
import { chancePairs, rowKeys } from '../data/row-keys.ts';
import { stack } from '../data/stack.ts';
import { atMost, type DataCheck, foundRows } from './data-check.ts';
import { chanceSlack } from './duplicates.ts';
import { dropRows } from './remedies.ts';

/** Deepchecks' bound (reference table), and where a score begins to differ. */
const many = 0.05;
const some = 0.005;

/** Test rows whose features stand in the development part too: they are remembered, not predicted. */
export const sharedRows: DataCheck = {
  name: 'shared-rows',
  title: 'Rows in both parts',
  asks: 'Does the final score look at rows that were learnt from?',
  cost: 'scan',
  unsuited: ({ test }) => (test ? undefined : 'no rows are kept for a final score.'),
  async run({ development, test, testIsFile }) {
    if (!test) return { findings: [] };
    const own = development.features.rowCount;
    const both = stack(development.features, test.features);
    const keys = rowKeys(both.columns, both.rowCount);
    const known = new Set(keys.slice(0, own));
    const shared = Array.from({ length: test.features.rowCount }, (_, row) => row).filter((row) =>
      known.has(keys[own + row]),
    );
    const share = shared.length / test.features.rowCount;
    const figure = atMost('share of test rows that are known', share, some);
    if (shared.length === 0) return { findings: [], ...figure };
    const targets = stack(
      { rowCount: own, columns: [targetColumn(development)] },
      { rowCount: test.features.rowCount, columns: [targetColumn(test)] },
    );
    const chance = chanceSlack * chancePairs([...both.columns, ...targets.columns], both.rowCount);
    const byChance = shared.length <= chance;
    return {
      findings: [
        {
          check: 'shared-rows',
          severity: byChance || share < some ? 'note' : share < many ? 'warning' : 'error',
          message: `${shareWords(shared.length, test.features.rowCount, 'test row')} stand in the development part as well${byChance ? '; with so few different values chance alone can make as many' : ''}.`,
          columns: [],
          rows: foundRows('test', test, shared),
          evidence: { measure: 'share of test rows that are known', value: share, threshold: some },
          remedies: byChance
            ? []
            : [
                dropRows(
                  'shared',
                  `Learn from none of them: \`drop: {shared: true}\`${testIsFile ? '' : ', or group rows by what they are of'}.`,
                ),
              ],
        },
      ],
      ...figure,
    };
  },
};
