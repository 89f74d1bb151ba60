import type { Target } from '../../data/dataset.ts';
import { linearScores, sparseRows } from '../../data/encoders/sparse-rows.ts';
import type { Inference } from '../define-learner.ts';
import { encodedColumns } from '../encoded-columns.ts';
import { editedWeights } from './edited-weights.ts';
import { isTraceable, linearInfluences } from './influence.ts';
import { type LinearInputsState, restoreLinearInputs } from './inputs.ts';
import { weightErrors } from './weight-errors.ts';
import { weightsReading } from './weights-reading.ts';

/** The target of a regression. [rows] */
export function valuesOf(target: Target): Float64Array {
  if (target.kind !== 'values') throw new RangeError('linear regression needs a numeric target');
  return target.values;
}

/** [columns + 1], the intercept last. */
export function withIntercept(weights: Float64Array, intercept: number): Float64Array {
  const all = new Float64Array(weights.length + 1);
  all.set(weights);
  all[weights.length] = intercept;
  return all;
}

/** Predicts weights'x + intercept. weights: [columns + 1], the intercept last. */
export function linearInference(state: LinearInputsState, weights: Float64Array): Inference {
  const inputs = restoreLinearInputs(state);
  const predict: Inference['predict'] = (rows) => linearScores(sparseRows(inputs.encode(rows)), weights, 1);
  return {
    reading: () => weightsReading(state, weights, 1),
    editable: 'weights',
    edited: (parts) => editedWeights(state, 1, parts),
    weightErrors: (train, signal) => weightErrors(state, state.penalty, weights, train, signal),
    encoded: (rows) => encodedColumns(state.encoder, rows),
    predict,
    ...(isTraceable(state) && {
      influential: {
        influenceWay: 'influence functions',
        influences: (train, row, settings) => linearInfluences({ state, weights, outputs: 1 }, train, row, settings),
      },
    }),
    async inputGradient(rows, target) {
      const truth = valuesOf(target);
      const byScore = (await predict(rows)).map((value, row) => 2 * (value - truth[row]));
      return inputs.inputGradient(rows, byScore, weights, 1);
    },
  };
}
