import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { chanceWords } from '../../shared/results/data-findings.ts';
import { numberWords, percentWords } from '../../shared/results/numbers.ts';
import { rowLosses } from '../explain/row-losses.ts';
import { mean, standardDeviation } from '../statistics/mean.ts';
import { atMost, type DataCheck } from './data-check.ts';
import { fitQuick } from './out-of-fold.ts';
import { quickJudgement, quickLimits, quickRounds } from './quick-judgement.ts';
import { mendData } from './remedies.ts';
import { sampledData } from './sampled-data.ts';
import { unreadColumns } from './unread-columns.ts';

/** Cries wolf at most so often. */
const level = 0.005;
/** Deepchecks' bound (reference table) of the relative drop. */
const worthNoting = 0.1;
const fewestRows = 50;

/**
 * A model that does worse on the test part than out of fold: columns and target go together otherwise there, though each may look the same. One
 * quick model, judged on both; means of row losses with their normal limit.
 */
export const scoreDrop: DataCheck = {
  name: 'score-drop',
  title: 'Drop on the test part',
  asks: 'Is the target harder to tell in the test part than out of fold?',
  cost: 'model',
  unsuited({ development, test }) {
    if (!test) return 'no rows are kept for a final score.';
    const least = Math.min(development.features.rowCount, test.features.rowCount);
    return least < fewestRows ? `a part has fewer than ${fewestRows} rows.` : unreadColumns(development);
  },
  async run({ development, test: wholeTest }, context) {
    if (!wholeTest) return { findings: [] };
    const { data, losses, sampled } = await quickJudgement(development, context);
    const { data: test } = sampledData(wholeTest, { rows: quickLimits.rows }, context.random.fork('score drop'));
    const model = await fitQuick(data, quickRounds, context);
    const there = rowLosses(await model.predict(test.features), test.target);
    const here = losses.filter((loss) => !Number.isNaN(loss));
    const error = Math.hypot(
      standardDeviation(here) / Math.sqrt(here.length),
      standardDeviation(there) / Math.sqrt(there.length),
    );
    const drop = mean(there) / mean(here) - 1;
    const p = error > 0 ? normalCdf((mean(here) - mean(there)) / error, 0, 1) : 1;
    const told = {
      ...(sampled && { sampled }),
      ...atMost('growth of the loss on the test part beyond chance', p < level ? drop : 0, worthNoting),
    };
    if (!(drop >= worthNoting && p < level)) return { findings: [], ...told };
    const metric = data.target.kind === 'classes' ? 'log loss' : 'squared error';
    return {
      findings: [
        {
          check: 'score-drop',
          severity: 'warning',
          message: `A quick model's ${metric} is ${percentWords(drop, 0)} higher in the test part than out of fold, ${numberWords(mean(there))} against ${numberWords(mean(here))} (${chanceWords(p)}).`,
          columns: [data.info.target],
          evidence: {
            measure: 'growth of the loss from out of fold to the test part',
            value: drop,
            threshold: worthNoting,
            p,
          },
          remedies: [
            mendData(
              'See how the test part came about: another time or place, other labels; the folds then promise too much.',
            ),
          ],
        },
      ],
      ...told,
    };
  },
};
