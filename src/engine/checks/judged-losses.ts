import type { JudgedLosses } from '../../shared/results/awesome-results.ts';
import type { Dataset } from '../data/dataset.ts';
import { lossFromMean, rowLosses } from '../explain/row-losses.ts';
import { constant } from '../learners/constant.ts';
import { tree } from '../learners/tree.ts';
import type { Predictor } from '../models/predictor.ts';
import { mean } from '../statistics/mean.ts';
import type { CheckContext } from './data-check.ts';

/** What a person could have drawn by hand: three questions. */
const handMade = { max_depth: 3, leaves: 8 };

/**
 * What a model's loss on the judged part is held to: the constant's and that of a tree of depth 3, both fitted on the same development rows. Log loss,
 * or the root mean square error.
 */
export async function judgedLosses(
  model: Predictor,
  development: Dataset,
  judged: Dataset,
  { seed, signal }: Pick<CheckContext, 'seed' | 'signal'>,
): Promise<JudgedLosses> {
  const fitting = { train: development, seed, signal, report: async () => 'continue' as const };
  const loss = async (of: Predictor) =>
    lossFromMean(judged.target)(mean(rowLosses(await of.predict(judged.features), judged.target)));
  return {
    metric: judged.target.kind === 'classes' ? 'log loss' : 'RMSE',
    model: await loss(model),
    constant: await loss(await constant.fit(fitting, {})),
    simple: await loss(await tree.fit(fitting, handMade)),
    rows: judged.features.rowCount,
  };
}
