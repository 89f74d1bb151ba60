import {
  type NumericRows,
  type PerceptronOptions,
  perceptronProblem,
} from '../../../src/engine/hypergradients/perceptron-problem.ts';
import { createRandom } from '../../../src/engine/random.ts';

/** Rows whose first two inputs decide; the others are noise. Three classes, or one value. */
export function rowsOf(count: number, inputs: number, loss: PerceptronOptions['loss'], seed: number): NumericRows {
  const random = createRandom(seed);
  const x = Float64Array.from({ length: count * inputs }, () => random.normal());
  const outputs = loss === 'classes' ? 3 : 1;
  const y = new Float64Array(count * outputs);
  for (let row = 0; row < count; row++) {
    const [a, b] = [x[row * inputs], x[row * inputs + 1]];
    const score = a + 0.5 * b + 0.3 * random.normal();
    if (loss === 'values') y[row] = Math.sin(score);
    else y[row * 3 + (score > 0.5 ? 2 : score < -0.5 ? 0 : 1)] = 1;
  }
  return { count, x, y };
}

export const problemOf = (more: Partial<PerceptronOptions> = {}) => {
  const { loss = 'classes', inputs = 5 } = more;
  return perceptronProblem({
    train: rowsOf(40, inputs, loss, 1),
    validation: rowsOf(60, inputs, loss, 2),
    inputs,
    hidden: [4, 3],
    outputs: loss === 'classes' ? 3 : 1,
    loss,
    penalties: 'by-input',
    ...more,
  });
};

/** Central difference of f along each coordinate of x. */
export function differences(f: (x: Float64Array) => number, x: Float64Array, h = 1e-5): Float64Array {
  return x.map((value, i) => {
    const [up, down] = [h, -h].map((change) => f(x.with(i, value + change)));
    return (up - down) / (2 * h);
  });
}

/** Largest gap, as a share of the largest value. */
export function gap(found: Float64Array, wanted: Float64Array): number {
  const scale = Math.max(1e-12, ...wanted.map(Math.abs));
  return Math.max(...found.map((value, i) => Math.abs(value - wanted[i]) / scale));
}
