import type { Target } from '../data/dataset.ts';
import { defineLearner } from './define-learner.ts';

/** What every model has to beat: the frequencies of the classes, or the mean. */
export const constant = defineLearner<{ output: number[] }>({
  name: 'constant',
  title: 'Constant baseline',
  tags: { tasks: ['binary', 'multiclass', 'regression'], deterministic: true, readable: true, byDefault: false },
  space: () => ({ parameters: [] }),
  defaults: () => ({}),
  async fit({ train }) {
    const output = [...priorOf(train.target)];
    const words = train.target.kind === 'classes' ? 'frequencies of the classes' : 'mean of the target';
    return { state: { output }, arrays: {}, facts: { parameters: output.length, words } };
  },
  restore: ({ output }) => ({
    predict({ rowCount }) {
      const values = new Float64Array(rowCount * output.length);
      for (let i = 0; i < values.length; i++) values[i] = output[i % output.length];
      return values;
    },
  }),
});

/** [classes] frequencies, or [1] the mean. */
export function priorOf(target: Target): Float64Array {
  if (target.kind === 'classes') {
    const prior = new Float64Array(target.classes.length);
    for (const code of target.codes) prior[code] += 1 / target.codes.length;
    return prior;
  }
  let mean = 0;
  for (let i = 0; i < target.values.length; i++) mean += (target.values[i] - mean) / (i + 1);
  return Float64Array.of(mean);
}
