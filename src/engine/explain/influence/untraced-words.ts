import { UserError } from '../../../shared/faults.ts';
import { numberWords } from '../../../shared/results/numbers.ts';
import type { ModelFacts } from '../../../shared/trial.ts';
import { mostTracedWeights } from '../../models/influential.ts';

/** Why predictions of a model are traced back to no training rows, and what shows rows instead; undefined where they are. */
export function untracedWords(learner: string, { influence, members, trees, reading }: ModelFacts): string | undefined {
  const instead = 'examples shows the training rows most like it, trust-score whether they speak for the prediction';
  const weights = reading?.unit === 'coefficients' ? reading.count : 0;
  if (influence === 'influence functions' && weights > mostTracedWeights)
    return `its ${numberWords(weights)} weights are too many to be turned over at once (at most ${mostTracedWeights}): ${instead}.`;
  if (influence) return undefined;
  if (members !== undefined)
    return `an ensemble has no one loss whose training rows could be traced: ask its members, or ${instead}.`;
  if (reading?.unit === 'constant') return `it says the same of every row, so no row speaks for one: ${instead}.`;
  if (trees) return `trees change by jumps as a row leaves, which no slope foretells: ${instead}.`;
  return `what ${learner} owes to single training rows could only be found by fitting it again without each; or rows were weighted, or classes balanced: ${instead}.`;
}

export const notInfluential = () =>
  new UserError('no-influence', 'predictions of this model cannot be traced back to training rows.', {
    advice: 'Choose examples, which shows the training rows most like it, or trust-score.',
  });
