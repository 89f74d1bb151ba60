import { mostProbable } from '../metrics/classification.ts';
import type { Prediction, Predictor } from '../models/predictor.ts';

/** Which number of a prediction is explained. */
export interface ExplainedOutput {
  /** The class whose probability it is; absent for values. */
  readonly name?: string;
  /** Its place among the numbers of a row. */
  readonly index: number;
  /** [rows] */
  readonly of: (prediction: Prediction) => Float64Array;
}

/** The wanted class, else the most probable one of the first row. Throws a RangeError on a class that there is not. */
export function explainedOutput({ classes }: Predictor, prediction: Prediction, wanted?: string): ExplainedOutput {
  if (prediction.kind === 'values') {
    if (wanted !== undefined)
      throw new RangeError(`a number is predicted, so there is no class "${wanted}" to explain`);
    return { index: 0, of: ({ values }) => values };
  }
  const index =
    wanted === undefined ? mostProbable(prediction.values, prediction.classCount)[0] : classes!.indexOf(wanted);
  if (index < 0) throw new RangeError(`no class "${wanted}" among ${classes!.join(', ')}`);
  const of = ({ values }: Prediction) =>
    Float64Array.from({ length: values.length / classes!.length }, (_, i) => values[i * classes!.length + index]);
  return { name: classes![index], index, of };
}
