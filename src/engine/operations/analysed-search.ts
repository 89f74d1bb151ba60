import { resourceOf } from '../run/shared-resource.ts';
import { JobFailure } from '../run/worker-process.ts';
import { type AnalysedStudy, lightened } from '../search/analysis/analysed-study.ts';
import type { Analyses, AnalysisName, AnalysisRequest } from '../search/analysis/analyses.ts';
import { isImported } from '../store/records.ts';
import type { OperationContext, StudyInStore } from './context.ts';

/** A stored study as the analyses of a search take it. */
export function analysedStudy({ store, study }: StudyInStore): AnalysedStudy {
  const { experiment, data } = study;
  const resource = isImported(experiment) ? undefined : resourceOf(experiment, data);
  return {
    space: study.space,
    directions: study.objectives.map(({ direction }) => direction),
    objectives: study.objectives.map(({ metric }) => metric),
    seed: experiment.search.seed,
    trials: store.trials.all(study.id).map(({ trial }) => trial),
    ...(resource && { resource }),
  };
}

const titles: Readonly<Record<AnalysisName, string>> = {
  importance: 'Which hyperparameters matter',
  importanceAlongFront: 'How importance changes along the Pareto front',
  dependence: 'What the objective depends on',
  footprint: 'How much of the space has been seen',
  outlook: 'What further trials would bring',
};

/** Computes an analysis in a worker process, so that it can be stopped and the engine goes on answering. */
export async function analyse<N extends AnalysisName>(
  { state, signal, progress }: OperationContext,
  found: StudyInStore,
  request: Extract<AnalysisRequest, { analysis: N }>,
): Promise<Analyses[N]['told']> {
  progress(0, titles[request.analysis]);
  const job = { kind: 'search-analysis', study: lightened(analysedStudy(found)), request } as const;
  try {
    const { answer } = await state.pool.run<'search-analysis'>(job, { signal });
    return answer as Analyses[N]['told'];
  } catch (error) {
    if (error instanceof JobFailure && error.reason === 'aborted')
      throw new DOMException('The analysis was stopped.', 'AbortError');
    throw error;
  }
}
