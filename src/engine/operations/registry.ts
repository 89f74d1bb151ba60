import type { OperationName } from '../../shared/operations/operations.ts';
import { cohortForget, cohortKeep, cohortList, cohortShow } from './cohort-operations.ts';
import { dataCheck, dataInspect } from './data-operations.ts';
import { engineDoctor } from './doctor-operation.ts';
import { editList, editPreview, editRemove, editSave } from './edit-operations.ts';
import { engineCatalog, engineStatus } from './engine-operations.ts';
import { studyExplain } from './explain-study.ts';
import type { Implementation } from './implementation.ts';
import { studyExport, studyImport, studyInspect } from './import-operations.ts';
import { modelsCompare, modelsCorrelation, modelsImportances } from './model-operations.ts';
import { studyVerdictsShow, trialDocument } from './report-operations.ts';
import { experimentCheck, runStart, runStop, runWait } from './run-operations.ts';
import {
  searchDependence,
  searchFootprint,
  searchImportance,
  searchImportanceAlongFront,
  searchOutlook,
  searchRecord,
  searchRuns,
  searchWhy,
} from './search-operations.ts';
import { studyEnergy, studyReport, studyShow } from './study-operations.ts';
import { engineTechniques } from './technique-list.ts';
import {
  ensembleShow,
  modelPredict,
  trialAttack,
  trialExplain,
  trialExport,
  trialPredict,
  trialShow,
  trialsList,
} from './trial-operations.ts';
import { trialSteps, trialWhatIf } from './what-if-operations.ts';

/** One function for each operation of shared/operations. */
export const implementations: { readonly [N in OperationName]: Implementation<N> } = {
  'engine.status': engineStatus,
  'engine.catalog': engineCatalog,
  'engine.techniques': engineTechniques,
  'engine.doctor': engineDoctor,
  'data.inspect': dataInspect,
  'data.check': dataCheck,
  'experiment.check': experimentCheck,
  'run.start': runStart,
  'run.stop': runStop,
  'run.wait': runWait,
  'study.show': studyShow,
  'study.energy': studyEnergy,
  'study.report': studyReport,
  'study.explain': studyExplain,
  'study.verdicts': studyVerdictsShow,
  'study.inspect': studyInspect,
  'study.import': studyImport,
  'study.export': studyExport,
  'trials.list': trialsList,
  'trial.show': trialShow,
  'ensemble.show': ensembleShow,
  'trial.explain': trialExplain,
  'trial.attack': trialAttack,
  'trial.whatIf': trialWhatIf,
  'trial.steps': trialSteps,
  'trial.predict': trialPredict,
  'trial.export': trialExport,
  'trial.document': trialDocument,
  'model.predict': modelPredict,
  'models.compare': modelsCompare,
  'models.correlation': modelsCorrelation,
  'models.importances': modelsImportances,
  'cohort.show': cohortShow,
  'cohort.list': cohortList,
  'cohort.keep': cohortKeep,
  'cohort.forget': cohortForget,
  'edit.preview': editPreview,
  'edit.save': editSave,
  'edit.list': editList,
  'edit.remove': editRemove,
  'search.why': searchWhy,
  'search.record': searchRecord,
  'search.runs': searchRuns,
  'search.importance': searchImportance,
  'search.importanceAlongFront': searchImportanceAlongFront,
  'search.dependence': searchDependence,
  'search.footprint': searchFootprint,
  'search.outlook': searchOutlook,
};
