import type { Dataset } from '../data/dataset.ts';
import { isEnsemble } from '../ensembles/ensemble-model.ts';
import type { FitReweighted } from '../explain/explainer.ts';
import { readBundle } from '../models/bundle.ts';
import { fairFit, mitigationParameter } from './fair-fit.ts';
import type { ExplainJob } from './job.ts';
import { learnerNamed } from './learners.ts';

/**
 * Fits the learner of a kept model again, on the rows that it was fitted on, weighted so that groups and classes are independent; all its
 * rounds. Gives back undefined for an ensemble, whose members would all have to be fitted again.
 */
export const fitReweightedOf =
  ({ modelFolder, seed }: Pick<ExplainJob, 'modelFolder' | 'seed'>, train: Dataset): FitReweighted =>
  async (column, signal, enough) => {
    const bundle = await readBundle(modelFolder);
    if (isEnsemble(bundle) || train.target.kind !== 'classes') return undefined;
    const learner = await learnerNamed(bundle.learner);
    const wished = { ...bundle.params, [mitigationParameter]: 'reweight' };
    const { context, params } = fairFit(learner, train, wished, [column], seed);
    let isCut = false;
    const report = async () => {
      isCut ||= enough?.() === true;
      return isCut ? ('prune' as const) : ('continue' as const);
    };
    const model = await learner.fit({ ...context, seed: bundle.seed, signal, report }, params);
    return isCut ? undefined : model;
  };
