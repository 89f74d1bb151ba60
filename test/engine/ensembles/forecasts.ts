import type { Target } from '../../../src/engine/data/dataset.ts';
import type { Prediction } from '../../../src/engine/models/predictor.ts';
import { softmax } from '../../../src/engine/numerics/softmax.ts';
import type { Random } from '../../../src/engine/random.ts';

export const probabilitiesOf = (values: ArrayLike<number>, classCount: number): Prediction => ({
  kind: 'probabilities',
  classCount,
  values: Float64Array.from(values),
});
export const valuesOf = (values: ArrayLike<number>): Prediction => ({
  kind: 'values',
  values: Float64Array.from(values),
});
export const classesOf = (codes: ArrayLike<number>, classCount: number) =>
  ({
    kind: 'classes',
    codes: Int32Array.from(codes),
    classes: Array.from({ length: classCount }, (_, k) => `class ${k}`),
  }) as const satisfies Target;
export const truthOf = (values: ArrayLike<number>) =>
  ({ kind: 'values', values: Float64Array.from(values) }) as const satisfies Target;

/** Fold of each row, in turn. */
export const foldsInTurn = (rows: number, folds: number) => Int32Array.from({ length: rows }, (_, row) => row % folds);

/** Classes drawn from known probabilities, and those probabilities as a model states them that is `sharpness` times too sure. */
export function drawForecast(random: Random, rows: number, classCount: number, sharpness: number) {
  const scores = Float64Array.from({ length: rows * classCount }, () => random.normal());
  const real = scores.slice();
  const stated = scores.map((score) => score * sharpness);
  const codes = new Int32Array(rows);
  for (let row = 0, base = 0; row < rows; row++, base += classCount) {
    softmax(real, base, classCount);
    softmax(stated, base, classCount);
    let left = random.uniform();
    for (let k = 0; k < classCount - 1 && left >= real[base + k]; k++) {
      left -= real[base + k];
      codes[row] = k + 1;
    }
  }
  return { stated, codes, real };
}

/** Members of an ensemble: the truth's log odds with each one's own noise. */
export function drawMembers(random: Random, rows: number, classCount: number, noises: readonly number[]) {
  const scores = Float64Array.from({ length: rows * classCount }, () => 1.5 * random.normal());
  const codes = Int32Array.from({ length: rows }, (_, row) => {
    const own = scores.slice(row * classCount, (row + 1) * classCount);
    softmax(own, 0, classCount);
    let left = random.uniform();
    let code = 0;
    while (code < classCount - 1 && left >= own[code]) left -= own[code++];
    return code;
  });
  const members = noises.map((noise) => {
    const values = scores.map((score) => score + noise * random.normal());
    for (let base = 0; base < values.length; base += classCount) softmax(values, base, classCount);
    return probabilitiesOf(values, classCount);
  });
  return { members, codes };
}
