import { shareWords } from '../../shared/results/data-findings.ts';
import { countWords } from '../../shared/results/numbers.ts';
import { repeatedWholeRows, targetColumn } from '../data/alike-rows.ts';
import { chancePairs } from '../data/row-keys.ts';
import { atMost, type DataCheck, foundRows } from './data-check.ts';
import { dropRows } from './remedies.ts';

/** Deepchecks' bound (reference table); below a hundredth it changes no score that can be told from another. */
const many = 0.05;
const some = 0.01;
/** Columns go together, so that chance makes more equal rows than were they independent: by so much at most. */
export const chanceSlack = 10;

/** Rows that repeat an earlier one, target included: they weigh double, and judge what learnt them. */
export const duplicates: DataCheck = {
  name: 'duplicates',
  title: 'Duplicate rows',
  asks: 'Do rows repeat earlier ones?',
  cost: 'scan',
  async run({ development }) {
    const rowCount = development.features.rowCount;
    const groups = repeatedWholeRows(development);
    const repeats = groups.flatMap((rows) => rows.slice(1)).sort((a, b) => a - b);
    const share = repeats.length / rowCount;
    const figure = atMost('share of repeated rows', share, some);
    if (repeats.length === 0) return { findings: [], ...figure };
    const pairs = groups.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
    const chance = chanceSlack * chancePairs([...development.features.columns, targetColumn(development)], rowCount);
    const byChance = pairs <= chance;
    return {
      findings: [
        {
          check: 'duplicates',
          severity: byChance || share < some ? 'note' : share < many ? 'warning' : 'error',
          message: `${shareWords(repeats.length, rowCount)} repeat an earlier row, target included${byChance ? `; with so few different values chance alone can make as many` : ''}.`,
          columns: [],
          rows: foundRows('development', development, repeats),
          evidence: { measure: 'share of repeated rows', value: share, threshold: some },
          remedies: byChance
            ? []
            : [
                dropRows(
                  'duplicates',
                  `Leave ${countWords(repeats.length, 'row')} out, unless each stands for a case of its own: \`drop: {duplicates: true}\`.`,
                ),
              ],
        },
      ],
      ...figure,
    };
  },
};
