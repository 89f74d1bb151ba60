import type { Params } from '../../shared/space.ts';
import type { Dataset } from '../data/dataset.ts';
import { reweighted } from '../fairness/reweighting.ts';
import type { FitContext, Learner } from '../learners/learner.ts';
import { createRandom } from '../random.ts';

/** Of a configuration, beside what the learner itself knows: whether its training rows are weighted so that groups and classes are independent. */
export const mitigationParameter = 'mitigation';
export const mitigations = ['none', 'reweight'] as const;

export interface FairFit {
  readonly context: Pick<FitContext, 'train' | 'weights'>;
  /** What the learner itself is told. */
  readonly params: Params;
  /** How rows were weighted; null where they were not. */
  readonly words: string | null;
}

/** What a configuration says of its training rows, done to them. @param columns that rows are weighted by */
export function fairFit(
  { tags }: Learner,
  train: Dataset,
  { [mitigationParameter]: mitigation, ...params }: Params,
  columns: readonly string[],
  seed: number,
): FairFit {
  const random = createRandom(seed).fork('reweighting');
  const weighed =
    mitigation === 'reweight' && columns.length > 0
      ? reweighted(train, columns, tags.weighsRows === true, random)
      : undefined;
  if (!weighed) return { context: { train }, params, words: null };
  const { words, ...context } = weighed;
  return { context, params, words };
}
