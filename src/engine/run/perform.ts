import { analyseSearch } from '../search/analysis/analyses.ts';
import type { Answers, Job } from './job.ts';
import { performAttack } from './perform-attack.ts';
import { performBackendProbe } from './perform-backend-probe.ts';
import { performCohort } from './perform-cohort.ts';
import { performCompare } from './perform-compare.ts';
import { performCorrelate } from './perform-correlate.ts';
import { performDataCheck } from './perform-data-check.ts';
import { performDoubt } from './perform-doubt.ts';
import { performEdit } from './perform-edit.ts';
import { performEnsemble } from './perform-ensemble.ts';
import { performExplain } from './perform-explain.ts';
import { performOnnx } from './perform-onnx.ts';
import { performPredict } from './perform-predict.ts';
import { performRefit } from './perform-refit.ts';
import { performSteps } from './perform-steps.ts';
import { performTrial } from './perform-trial.ts';
import { performWhatIf } from './perform-what-if.ts';
import { performScript } from './script/perform-script.ts';
import type { Surroundings } from './surroundings.ts';

/** Does a job, whatever its kind. */
export async function perform(job: Job, surroundings: Surroundings): Promise<Answers[keyof Answers]> {
  switch (job.kind) {
    case 'trial':
      return performTrial(job, surroundings);
    case 'script':
      return performScript(job, surroundings);
    case 'refit':
      return performRefit(job, surroundings);
    case 'ensemble':
      return performEnsemble(job, surroundings);
    case 'explain':
      return performExplain(job, surroundings);
    case 'attack':
      return performAttack(job, surroundings);
    case 'cohort':
      return performCohort(job, surroundings);
    case 'predict':
      return performPredict(job, surroundings);
    case 'compare':
      return performCompare(job, surroundings);
    case 'correlate':
      return performCorrelate(job, surroundings);
    case 'what-if':
      return performWhatIf(job, surroundings);
    case 'steps':
      return performSteps(job);
    case 'onnx':
      return performOnnx(job);
    case 'backend-probe':
      return performBackendProbe(job);
    case 'data-check':
      return performDataCheck(job, surroundings);
    case 'doubt':
      return performDoubt(job, surroundings);
    case 'edit':
      return performEdit(job, surroundings);
    case 'search-analysis':
      return analyseSearch(job.study, job.request);
  }
}
