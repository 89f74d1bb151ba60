import type { MessageToPage, WebviewRequest } from '../../src/shared/webview-protocol.ts';
import { finishedStudy } from './fixtures/studies.ts';
import { fullTrial, studyEnergy } from './fixtures/trials.ts';

/** What the engine would answer: an attack stays half done and an explanation is refused, so that both can be looked at. */
export function answer({ id, operation }: WebviewRequest): readonly MessageToPage[] {
  switch (operation) {
    case 'study.show':
      return [{ type: 'response', id, operation, output: finishedStudy }];
    case 'study.energy':
      return [{ type: 'response', id, operation, output: studyEnergy }];
    case 'trial.show':
      return [{ type: 'response', id, operation, output: fullTrial }];
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
