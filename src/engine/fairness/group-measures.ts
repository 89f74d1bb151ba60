import { type ErrorName, errorNames, type RateName, rateNames } from '../../shared/results/fairness.ts';

/** What some rows of a group add up to; NaN where they do not determine it. */
export type Measures = Readonly<Record<string, number>>;

/** What is known of each row: whether it has the class, whether it is predicted, how probable that was. */
export interface LabelRows {
  readonly kind: 'labels';
  readonly truth: Uint8Array;
  readonly label: Uint8Array;
  readonly probability: Float64Array;
}

/** [rows] predicted and true numbers. */
export interface ValueRows {
  readonly kind: 'values';
  readonly truth: Float64Array;
  readonly prediction: Float64Array;
}
export type JudgedRows = LabelRows | ValueRows;

export const namesOf = ({ kind }: JudgedRows): readonly string[] => (kind === 'labels' ? rateNames : errorNames);

/** The measures of the rows at these places. */
export const measuresOf = (judged: JudgedRows, rows: ArrayLike<number>): Measures =>
  judged.kind === 'labels' ? ratesOf(judged, rows) : errorsOf(judged, rows);

function ratesOf({ truth, label, probability }: LabelRows, rows: ArrayLike<number>): Record<RateName, number> {
  const cells = [0, 0, 0, 0];
  let stated = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    cells[2 * truth[row] + label[row]]++;
    stated += probability[row];
  }
  const [trueNegative, falsePositive, falseNegative, truePositive] = cells;
  const count = rows.length;
  const [positives, negatives] = [falseNegative + truePositive, trueNegative + falsePositive];
  return {
    base: positives / count,
    selection: (falsePositive + truePositive) / count,
    truePositive: truePositive / positives,
    falsePositive: falsePositive / negatives,
    falseNegative: falseNegative / positives,
    precision: truePositive / (truePositive + falsePositive),
    accuracy: (truePositive + trueNegative) / count,
    calibration: (stated - positives) / count,
  };
}

function errorsOf({ truth, prediction }: ValueRows, rows: ArrayLike<number>): Record<ErrorName, number> {
  let [predicted, sum, absolute, squares] = [0, 0, 0, 0];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const error = prediction[row] - truth[row];
    predicted += prediction[row];
    sum += error;
    absolute += Math.abs(error);
    squares += error * error;
  }
  const count = rows.length;
  return {
    prediction: predicted / count,
    mean: sum / count,
    absolute: absolute / count,
    root: Math.sqrt(squares / count),
  };
}
