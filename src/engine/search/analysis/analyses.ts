import type {
  HyperparameterImportance,
  ImportanceAlongFront,
  ImportanceMethod,
} from '../../../shared/results/hyperparameter-importance.ts';
import type { SearchDependence } from '../../../shared/results/search-dependence.ts';
import type { SearchFootprint } from '../../../shared/results/search-footprint.ts';
import type { SearchOutlook } from '../../../shared/results/search-outlook.ts';
import { createRandom, type Random } from '../../random.ts';
import { importanceAlongFront } from '../importance/along-front.ts';
import { importances } from '../importance/registry.ts';
import type { StudyView } from '../study-view.ts';
import { type AnalysedStudy, viewOf } from './analysed-study.ts';
import { dependenceOf } from './dependence.ts';
import { studyAfter } from './ends.ts';
import { footprintOf } from './footprint.ts';
import { outlookOf } from './outlook.ts';

/** What each analysis of a search is asked, and answers. */
export interface Analyses {
  importance: {
    asked: { readonly method: ImportanceMethod; readonly objective: number };
    told: HyperparameterImportance;
  };
  importanceAlongFront: {
    asked: {
      readonly method: ImportanceMethod;
      readonly objectives: readonly [number, number];
      readonly points: number;
    };
    told: ImportanceAlongFront;
  };
  dependence: { asked: { readonly parameters: readonly string[]; readonly objective: number }; told: SearchDependence };
  footprint: { asked: { readonly objective: number }; told: SearchFootprint };
  outlook: { asked: { readonly trials: number; readonly epsilon: number }; told: SearchOutlook };
}
export type AnalysisName = keyof Analyses;

/** An analysis as it is sent to wherever it is computed. */
export type AnalysisRequest = {
  [N in AnalysisName]: {
    readonly analysis: N;
    readonly asked: Analyses[N]['asked'];
    /** As the study stood when so many trials had ended; default: as it stands. */
    readonly until?: number;
  };
}[AnalysisName];

type Perform<N extends AnalysisName> = (
  study: StudyView,
  asked: Analyses[N]['asked'],
  names: readonly string[],
  random: Random,
) => Analyses[N]['told'];

const performers: { readonly [N in AnalysisName]: Perform<N> } = {
  importance: (study, { method, objective }, names, random) =>
    importances[method].compute(study, { objective, names }, random),
  importanceAlongFront: (study, asked, names, random) => importanceAlongFront(study, { ...asked, names }, random),
  dependence: (study, { parameters, objective }, names, random) =>
    dependenceOf(study, parameters, { objective, names }, random),
  footprint: (study, { objective }, names, random) => footprintOf(study, { objective, names }, random),
  outlook: (study, asked, names, random) => outlookOf(study, asked, { names }, random),
};

/** Does one analysis; the same study and seed give the same answer. */
export function analyseSearch(study: AnalysedStudy, request: AnalysisRequest): Analyses[AnalysisName]['told'] {
  const view = viewOf(study);
  const perform = performers[request.analysis] as Perform<AnalysisName>;
  const random = createRandom(study.seed).fork(`analysis ${request.analysis}`);
  return perform(
    request.until === undefined ? view : studyAfter(view, request.until),
    request.asked,
    study.objectives,
    random,
  );
}
