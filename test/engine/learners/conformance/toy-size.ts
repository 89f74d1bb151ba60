import type { Learner } from '../../../../src/engine/learners/learner.ts';
import { cnnToySize } from '../cnn.toy-size.ts';
import { mlpToySize } from '../mlp.toy-size.ts';
import { residualMlpToySize } from '../residual-mlp.toy-size.ts';
import { textCnnToySize } from '../text-cnn.toy-size.ts';

/** How much of a learner is enough to check it by. */
export interface ToySize {
  /** Rounds or epochs where a check asks for none and is not about accuracy; absent: a whole training. */
  readonly resource?: number;
  /** Rows on a part of which it beats the baseline on the others. */
  readonly telling: number;
  /** Rows and rounds or epochs that take long enough for others to want to be heard. */
  readonly long: { readonly rows: number; readonly resource: number };
  /** Rounds or epochs after which it shows what rows count. */
  readonly weighing: number;
}

const usual: ToySize = { telling: 560, long: { rows: 2000, resource: 100 }, weighing: 30 };

/** Of those that would take too long at the usual size. */
const own: Readonly<Record<string, ToySize>> = {
  mlp: mlpToySize,
  residual_mlp: residualMlpToySize,
  text_cnn: textCnnToySize,
  cnn: cnnToySize,
};

export const toySizeOf = ({ name }: Learner): ToySize => own[name] ?? usual;
