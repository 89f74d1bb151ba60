import type { DatasetInfo } from '../../../shared/dataset.ts';
import type { Table } from '../../data/table.ts';
import type { Predictor } from '../../models/predictor.ts';
import { predictScores, type Scores } from '../functional-complexity/additive-scale.ts';
import { scoreUnit } from '../score-unit.ts';

/** The numbers of a prediction that are taken apart. */
export interface ExplainedNumbers {
  /** 'charges', 'probability of yes', 'log odds of each class' */
  readonly unit: string;
  /** The class that each number speaks for, of several. */
  readonly classes?: readonly string[];
  /** [rows x outputs] */
  of(rows: Table): Promise<Scores>;
}

/** As the model gives them: values, the probability of the second of two classes, or of each of several. */
export function predictedNumbers(predictor: Predictor, { target }: DatasetInfo): ExplainedNumbers {
  const { classes } = predictor;
  const second = classes?.length === 2;
  return {
    unit: classes ? `probability of ${second ? classes[1] : 'each class'}` : target,
    ...(classes && !second && { classes }),
    async of(rows) {
      const { values } = await predictor.predict(rows);
      if (second) return { outputs: 1, values: values.filter((_, i) => i % 2 === 1) };
      return { outputs: classes?.length ?? 1, values };
    },
  };
}

/** On the scale where a logistic regression is a sum of its columns: what is no sum there is an interaction. */
export function additiveNumbers(predictor: Predictor, info: DatasetInfo): ExplainedNumbers {
  const { classes } = predictor;
  const second = classes?.length === 2;
  return {
    unit: scoreUnit(info, second ? classes.slice(1) : classes),
    ...(classes && !second && { classes }),
    of: (rows) => predictScores(predictor, rows),
  };
}
