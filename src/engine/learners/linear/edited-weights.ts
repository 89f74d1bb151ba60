import type { EditedParts } from '../../models/editable.ts';
import type { EditedLearnt } from '../define-learner.ts';
import { type LinearInputsState, readingOf } from './inputs.ts';

/** The model with these weights, laid out as `weightsReading` reads them; no formula tells their errors any more. */
export function editedWeights(state: LinearInputsState, scores: number, parts: EditedParts): EditedLearnt {
  if (parts.kind !== 'weights') throw new RangeError(`a linear model has no ${parts.kind}`);
  const weights = Float64Array.from([...parts.weights.flat(), ...parts.intercept]);
  const reading = readingOf(weights, scores);
  // The penalty tells of a minimum that these weights are not.
  const { penalty: _, ...inputs } = state;
  return {
    state: { ...inputs, edited: true },
    arrays: { weights },
    facts: { parameters: weights.length, reading, words: `${reading.count} of its weights are not 0, edited` },
  };
}
