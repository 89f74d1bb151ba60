import { logistic } from '../numerics/logistic.ts';
import { softmax } from '../numerics/softmax.ts';

/**
 * Probabilities [rows x classes] of scores [outputs x rows], as models that add score to score hold them: one output for two classes (log
 * odds), else one a class (softmax).
 */
export function probabilitiesOf(scores: Float64Array, classes: number): Float64Array {
  const outputs = classes === 2 ? 1 : classes;
  const rows = scores.length / outputs;
  const values = new Float64Array(rows * classes);
  for (let row = 0, base = 0; row < rows; row++, base += classes) {
    if (outputs > 1) {
      for (let k = 0, at = row; k < classes; k++, at += rows) values[base + k] = scores[at];
      softmax(values, base, classes);
    } else {
      values[base + 1] = logistic(scores[row]);
      values[base] = 1 - values[base + 1];
    }
  }
  return values;
}
