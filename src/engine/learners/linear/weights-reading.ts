import type { MatrixState } from '../../data/encoders/matrix-encoder.ts';
import type { ReadInput, WeightsReading } from '../../models/readable.ts';
import type { LinearInputsState } from './inputs.ts';

/** A linear model's weights, [inputs x scores] and then the intercepts, with what each is multiplied by. */
export function weightsReading(
  { encoder, products }: LinearInputsState,
  weights: Float64Array,
  scores: number,
): WeightsReading {
  const inputs = encoder.columns.flatMap(inputsOf);
  const all = [...inputs.map((input) => [input]), ...products.map(([i, j]) => [inputs[i], inputs[j]])];
  return {
    kind: 'weights',
    terms: all.map((own, j) => ({ inputs: own, weights: [...weights.subarray(j * scores, (j + 1) * scores)] })),
    intercept: [...weights.subarray(all.length * scores)],
  };
}

/** In the order of the encoder's outputs. */
function inputsOf(state: MatrixState['columns'][number]): ReadInput[] {
  const { name: column, hasMissing } = state;
  const missing: ReadInput[] = hasMissing
    ? [{ kind: 'flag', condition: { kind: 'missing', column, isNot: false } }]
    : [];
  if (state.kind === 'numeric') {
    const { center, scale, limit, median: fill, hasValue } = state;
    return hasValue ? [{ kind: 'number', column, center, scale, ...(limit && { limit }), fill }, ...missing] : missing;
  }
  const flag = (levels: readonly string[], isNot = false): ReadInput => ({
    kind: 'flag',
    condition: { kind: 'levels', column, levels, isNot, missing: false },
  });
  const { levels, joined, joinsUnseen } = state;
  const others = joinsUnseen ? [flag(levels, true)] : joined.length > 0 ? [flag(joined)] : [];
  return [...levels.map((level) => flag([level])), ...others, ...missing];
}
