import type { MessageToPage, WebviewRequest } from '../../src/shared/webview-protocol.ts';
import { cohortDetail, cohorts } from './fixtures/cohorts.ts';
import { comparison, comparisonOfValues } from './fixtures/comparisons.ts';
import { editingOf, keptEdit } from './fixtures/editing.ts';
import { ensemble } from './fixtures/ensembles.ts';
import * as search from './fixtures/search.ts';
import { importanceMap, modelCorrelation } from './fixtures/several-models.ts';
import { stepsOf } from './fixtures/steps.ts';
import { finishedStudy } from './fixtures/studies.ts';
import { fullTrial, studyEnergy } from './fixtures/trials.ts';
import { whatIfOf } from './fixtures/what-if.ts';

/** What the engine would answer: an attack stays half done and an explanation is refused, so that both can be looked at. */
export function answer({ id, operation, input }: WebviewRequest): readonly MessageToPage[] {
  switch (operation) {
    case 'study.show':
      return [{ type: 'response', id, operation, output: finishedStudy }];
    case 'study.energy':
      return [{ type: 'response', id, operation, output: studyEnergy }];
    case 'trial.show':
      return [{ type: 'response', id, operation, output: fullTrial }];
    case 'ensemble.show':
      return [{ type: 'response', id, operation, output: ensemble }];
    case 'models.compare':
      return [
        { type: 'response', id, operation, output: input.second === 'ensemble' ? comparison : comparisonOfValues },
      ];
    case 'models.correlation':
      return [{ type: 'response', id, operation, output: modelCorrelation }];
    case 'models.importances':
      return [{ type: 'response', id, operation, output: importanceMap }];
    case 'search.why':
      return [{ type: 'response', id, operation, output: input.trial === 32 ? search.whyPruned : search.why }];
    case 'search.record':
      return [{ type: 'response', id, operation, output: search.record }];
    case 'search.runs':
      return [{ type: 'response', id, operation, output: search.runs }];
    case 'search.importance':
      return [
        { type: 'response', id, operation, output: input.method === 'ablation' ? search.ablation : search.importance },
      ];
    case 'search.importanceAlongFront':
      return [{ type: 'response', id, operation, output: search.alongFront }];
    case 'search.dependence':
      return [{ type: 'response', id, operation, output: dependence(input.parameters) }];
    case 'search.footprint':
      return [{ type: 'response', id, operation, output: search.footprint }];
    case 'search.outlook':
      return [
        { type: 'progress', id, share: 0.3, words: 'Growing trees' },
        { type: 'response', id, operation, output: search.outlook },
      ];
    case 'cohort.list':
    case 'cohort.keep':
    case 'cohort.forget':
      return [{ type: 'response', id, operation, output: { cohorts } } as MessageToPage];
    case 'cohort.show':
      return [answerCohort(id, input)];
    case 'trial.whatIf':
      return [{ type: 'response', id, operation, output: whatIfOf(input) }];
    case 'trial.steps':
      return [{ type: 'response', id, operation, output: stepsOf(input.row ?? null) }];
    case 'edit.preview': {
      const output = editingOf(input);
      return 'message' in output
        ? [{ type: 'refusal', id, fault: output }]
        : [{ type: 'response', id, operation, output }];
    }
    case 'edit.save':
      return [{ type: 'response', id, operation, output: keptEdit }];
    case 'edit.list':
      return [{ type: 'response', id, operation, output: { edits: [keptEdit] } }];
    case 'edit.remove':
      return [{ type: 'response', id, operation, output: { removed: 'edit 1 of trial 51' } }];
    case 'trial.attack':
      return [{ type: 'progress', id, share: 0.42, words: 'Attacking row 116 of 275 by random search' }];
    case 'trial.explain':
      return [
        {
          type: 'refusal',
          id,
          fault: {
            code: 'model-gone',
            message: 'The model of trial 33 is not in .vitrine/models/penguins-33 any more.',
            advice: 'Run the experiment again to fit it afresh; the scores of the trial are kept.',
          },
        },
      ];
  }
}

/** No row is older than ninety; anything else is found. */
function answerCohort(
  id: number,
  { cohort = [] }: Extract<WebviewRequest, { operation: 'cohort.show' }>['input'],
): MessageToPage {
  const conditions = typeof cohort === 'string' ? cohorts[0].conditions : cohort;
  if (!conditions.some((one) => 'column' in one && one.column === 'nobody'))
    return { type: 'response', id, operation: 'cohort.show', output: cohortDetail(conditions) };
  const message = 'the cohort is empty: none of the 1,200 rows of the validation part is "nobody above 90".';
  const fault = { code: 'cohort-empty', message, advice: 'Widen the condition, or look at all rows.' };
  return { type: 'refusal', id, fault };
}

const dependence = (parameters: readonly string[]) =>
  parameters.length > 1 ? search.plane : parameters[0] === 'learner' ? search.choiceDependence : search.dependence;
