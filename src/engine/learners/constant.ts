import type { Target } from '../data/dataset.ts';
import { constantOnnx } from './constant-onnx.ts';
import { defineLearner } from './define-learner.ts';

/** What every model has to beat: the frequencies of the classes, or the mean. */
export const constant = defineLearner<{ output: number[] }>({
  name: 'constant',
  title: 'Constant baseline',
  tags: {
    tasks: ['binary', 'multiclass', 'regression'],
    deterministic: true,
    readable: true,
    preparation: 'none',
    weighsRows: true,
    byDefault: false,
  },
  space: () => ({ parameters: [] }),
  defaults: () => ({}),
  work: ({ rowCount }) => rowCount,
  async fit({ train, weights }) {
    const output = [...priorOf(train.target, weights)];
    const words = train.target.kind === 'classes' ? 'frequencies of the classes' : 'mean of the target';
    const reading = { unit: 'constant', count: 1 } as const;
    return { state: { output }, arrays: {}, facts: { parameters: output.length, reading, words } };
  },
  restore: ({ output }) => ({
    reading: () => ({ kind: 'constant', prediction: output }),
    predict({ rowCount }) {
      const values = new Float64Array(rowCount * output.length);
      for (let i = 0; i < values.length; i++) values[i] = output[i % output.length];
      return values;
    },
  }),
  onnx: constantOnnx,
});

/**
 * [classes] frequencies, or [1] the mean.
 * @param weights [rows], mean 1: what each row counts; absent: all the same
 */
export function priorOf(target: Target, weights?: Float64Array): Float64Array {
  if (target.kind === 'classes') {
    const prior = new Float64Array(target.classes.length);
    target.codes.forEach((code, row) => {
      prior[code] += (weights?.[row] ?? 1) / target.codes.length;
    });
    return prior;
  }
  let [mean, sum] = [0, 0];
  for (let i = 0; i < target.values.length; i++) {
    const weight = weights?.[i] ?? 1;
    sum += weight;
    mean += (weight * (target.values[i] - mean)) / sum;
  }
  return Float64Array.of(mean);
}
