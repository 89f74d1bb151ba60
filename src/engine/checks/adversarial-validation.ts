import { chanceWords } from '../../shared/results/data-findings.ts';
import { listWords, numberWords } from '../../shared/results/numbers.ts';
import type { Dataset } from '../data/dataset.ts';
import { stack } from '../data/stack.ts';
import { rankSum } from '../statistics/rank-sum.ts';
import { columnDrifts } from './column-drift.ts';
import { atMost, type DataCheck } from './data-check.ts';
import { outOfFold } from './out-of-fold.ts';
import { mendData, reweigh } from './remedies.ts';
import { sampledData } from './sampled-data.ts';
import { onlyUnread } from './unread-columns.ts';

/** The check stands alone, so that it cries wolf at most so often. */
const level = 0.005;
/** 2 AUC - 1: Deepchecks' bound is 0.25 (reference table), of a weaker model and without a chance beside it. */
const worthNoting = 0.15;
const large = 0.3;
const mostRowsOfPart = 1000;
const mostCells = 1e5;
const mostColumns = 200;
const folds = 4;
const rounds = 25;
const fewestRows = 25;

/**
 * Can a model tell test rows from the others? Gradient boosting out of fold, its area under the ROC curve with the chance of Mann and
 * Whitney: it sees what no column shows by itself.
 */
export const adversarialValidation: DataCheck = {
  name: 'adversarial',
  title: 'Parts that can be told apart',
  asks: 'Can a model tell test rows from those that are learnt from?',
  cost: 'model',
  unsuited({ development, test }) {
    if (!test) return 'no rows are kept for a final score.';
    const least = Math.min(development.features.rowCount, test.features.rowCount);
    if (least < fewestRows) return `a part has fewer than ${fewestRows} rows.`;
    const unread = onlyUnread(development);
    if (unread) return unread;
    const timed = development.info.columns.some(({ role }) => role === 'time');
    return timed ? 'the test part is later than the rest, so that it may differ.' : undefined;
  },
  async run({ development, test }, context) {
    if (!test) return { findings: [] };
    const { random } = context;
    const limits = { rows: mostRowsOfPart, cells: mostCells, columns: mostColumns };
    const [here, there] = [development, test].map((part, i) => {
      const { data, sampled } = sampledData(part, limits, random.fork('adversarial'));
      return { data, sampled: i === 0 ? sampled : undefined };
    });
    const parts = partTarget(here.data, there.data);
    const predicted = await outOfFold(parts, { folds, rounds }, context);
    const isTest = parts.target.kind === 'classes' ? parts.target.codes : [];
    const { area, p } = rankSum(
      predicted.filter((_, i) => i % 2 === 1),
      isTest,
    );
    const effect = 2 * area - 1;
    const told = {
      ...(here.sampled && { sampled: here.sampled }),
      ...atMost('2 AUC - 1 of telling the parts apart beyond chance', p < level ? effect : 0, worthNoting),
    };
    if (effect < worthNoting || p >= level) return { findings: [], ...told };
    const drifts = columnDrifts(here.data, there.data, context).filter((drift) => drift.p < 0.05);
    const columns = [...new Set(drifts.map(({ column }) => column))].slice(0, 3);
    const by =
      columns.length > 0 ? `, most by ${listWords(columns.map((name) => `"${name}"`))}` : ', by no column alone';
    return {
      findings: [
        {
          check: 'adversarial',
          severity: effect >= large ? 'error' : 'warning',
          message: `A model tells test rows from the others (AUC ${numberWords(area)}, ${chanceWords(p)})${by}.`,
          columns,
          evidence: { measure: '2 AUC - 1 of telling the parts apart', value: effect, threshold: worthNoting, p },
          remedies: [
            mendData('Draw the test part at random from all rows, or from where the model will be used.'),
            reweigh('Where the test part is what matters, weigh the rows that are like it more.'),
          ],
        },
      ],
      ...told,
    };
  },
};

/** Rows of both parts, the target being the part. */
function partTarget(development: Dataset, test: Dataset): Dataset {
  const features = stack(development.features, test.features);
  const own = development.features.rowCount;
  const classes = ['development', 'test'];
  return {
    info: { ...development.info, rowCount: features.rowCount, task: 'binary', target: 'part', classes },
    features,
    target: {
      kind: 'classes',
      codes: Int32Array.from({ length: features.rowCount }, (_, i) => (i < own ? 0 : 1)),
      classes,
    },
    rowIds: Uint32Array.from({ length: features.rowCount }, (_, i) => i),
    keys: { rowCount: features.rowCount, columns: [] },
  };
}
