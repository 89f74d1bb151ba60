import type { Target } from '../../data/dataset.ts';
import { mostProbable } from '../../metrics/classification.ts';
import type { Prediction, Predictor } from '../../models/predictor.ts';
import { standardDeviation } from '../../statistics/mean.ts';
import { median } from '../../statistics/median.ts';
import type { CountedPredictor } from '../counted-predictor.ts';
import { type WantedOutcome, wantedClass, wantedValue } from '../counterfactuals/wanted-outcome.ts';

/** What is said of a row, what might have been said, and the numbers in which they differ. */
export interface ContrastedOutputs {
  readonly fact: string | number;
  readonly foil: string | number;
  /** 'probability of Adelie minus that of Chinstrap' */
  readonly unit: string;
  /** That the model says the foil. */
  readonly wanted: WantedOutcome;
  /** Row-major, `width` a row: the difference first, then the score of the fact and that of the foil; a value is by itself. */
  numbers(prediction: Prediction): Float64Array;
  readonly width: number;
}

/**
 * Sets the predicted class against another (the runner-up, if none is named), or the predicted value against another (the median of the
 * training target). Throws a RangeError on a foil that is no class, no number, or what is predicted.
 */
export function contrastedOutputs(
  { classes }: Predictor,
  prediction: Prediction,
  against: string | number | undefined,
  target: Target,
  targetName: string,
): ContrastedOutputs {
  if (prediction.kind === 'values') {
    if (typeof against === 'string' || Number.isNaN(against))
      throw new RangeError(`a number is predicted, and "${against}" is none`);
    const fact = prediction.values[0];
    const values = target.kind === 'values' ? target.values : new Float64Array(0);
    const foil = against ?? (values.length > 0 ? median(values) : fact);
    const step = (values.length > 1 && standardDeviation(values) / 2) || 0.5;
    return {
      fact,
      foil,
      unit: targetName,
      wanted: wantedValue(fact, { ...(foil >= fact ? { above: foil } : { below: foil }), step }),
      numbers: (of) => of.values,
      width: 1,
    };
  }
  const width = prediction.classCount;
  if (width < 2) throw new RangeError('the model knows one class only, so there is no other to set against it');
  const own = mostProbable(prediction.values, width)[0];
  const other = against === undefined ? runnerUp(prediction.values, own, width) : classes!.indexOf(String(against));
  if (other < 0) throw new RangeError(`no class "${against}" among ${classes!.join(', ')}`);
  if (other === own) throw new RangeError(`${against} is what the model predicts for this row`);
  const [fact, foil] = [classes![own], classes![other]];
  return {
    fact,
    foil,
    unit: `probability of ${fact} minus that of ${foil}`,
    wanted: wantedClass(classes!, own, foil),
    width: 3,
    numbers({ values }) {
      const numbers = new Float64Array((3 * values.length) / width);
      for (let row = 0; row * width < values.length; row++) {
        const [a, b] = [values[row * width + own], values[row * width + other]];
        numbers.set([a - b, a, b], 3 * row);
      }
      return numbers;
    },
  };
}

function runnerUp(values: Float64Array, own: number, width: number): number {
  let best = -1;
  for (let k = 0; k < width; k++) if (k !== own && (best < 0 || values[k] > values[best])) best = k;
  return best;
}

/** The model as one that predicts what is set against one another. */
export const contrasting = (counted: CountedPredictor, outputs: ContrastedOutputs): CountedPredictor => ({
  ...counted,
  async predict(rows) {
    return { kind: 'values', values: outputs.numbers(await counted.predict(rows)) };
  },
});
