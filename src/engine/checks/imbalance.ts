import { listWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import { levelCounts } from './column-cells.ts';
import { atLeast, type DataCheck } from './data-check.ts';
import { reweigh } from './remedies.ts';

/** Of the least class to the largest: Deepchecks (reference table). */
const leastRatio = 0.1;
/** 1 - entropy / its most: ydata-profiling (reference table). */
const mostUneven = 0.5;

/** Classes so uneven that a model that never names the least of them looks good. */
export const imbalance: DataCheck = {
  name: 'imbalance',
  title: 'Uneven classes',
  asks: 'Is a class so rare that a model can leave it out?',
  cost: 'scan',
  unsuited: ({ development }) => (development.target.kind === 'values' ? 'the target is a number.' : undefined),
  async run({ development: { target } }) {
    if (target.kind !== 'classes') return { findings: [] };
    const counts = levelCounts(target.codes, target.classes.length);
    const rows = target.codes.length;
    const largest = Math.max(...counts);
    const rare = target.classes.filter((_, k) => counts[k] < leastRatio * largest);
    const entropy = counts.reduce((sum, count) => (count > 0 ? sum - (count / rows) * Math.log(count / rows) : sum), 0);
    const uneven = 1 - entropy / Math.log(target.classes.length);
    const ratio = Math.min(...counts) / largest;
    const figure = atLeast('rows of the least class to the largest', ratio, leastRatio);
    if (rare.length === 0 && uneven <= mostUneven) return { findings: [], ...figure };
    const named = rare.slice(0, 5).map((name) => `"${name}" (${numberWords(counts[target.classes.indexOf(name)])})`);
    return {
      findings: [
        {
          check: 'imbalance',
          severity: 'warning',
          message: `The largest class has ${percentWords(largest / rows)} of the rows${rare.length > 0 ? `, beside which these are rare: ${listWords(named)}` : ''}.`,
          columns: [],
          evidence: { measure: 'rows of the least class to the largest', value: ratio, threshold: leastRatio },
          remedies: [
            reweigh(
              'Judge by balanced accuracy, AUC or log loss, not by accuracy; `balance: weights` makes classes count alike.',
            ),
          ],
        },
      ],
      ...figure,
    };
  },
};
