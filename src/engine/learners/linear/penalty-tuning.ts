import type { Target } from '../../data/dataset.ts';
import type { EncodedMatrix } from '../../data/encoders/matrix-encoder.ts';
import { type NumericRows, perceptronProblem } from '../../hypergradients/perceptron-problem.ts';
import { type TunerName, tuners } from '../../hypergradients/registry.ts';
import { stableRate } from '../../hypergradients/stable-rate.ts';
import { createRandom } from '../../random.ts';
import { scaleOf } from '../target-scale.ts';

/** Penalties of a linear model, one for each encoded input, on the mean loss of all training rows: 1/2 penalty_j w_j^2. */
export interface TunedPenalties {
  readonly byInput: Float64Array;
  readonly words: string;
}

/** Rows to learn from and to choose by, at most. */
const mostRows = 2000;
/** Gradients that may be spent: a turn through a whole training costs some six hundred, and some twenty turns are needed. */
const gradients: Readonly<Record<TunerName, number>> = { 'one-step': 3000, reverse: 12_000 };
const steps = 100;
const momentum = 0.9;
/** Choosing rows that each input needs for a penalty of its own: with fewer, what looks best for them is not for others. */
const rowsPerPenalty = 10;
/** Choosing rows below which not even one penalty can be told from another. */
const fewestChoosing = 200;
/** Share of the rows that choose. */
const choosingShare = 0.25;

/**
 * Tunes the penalties of ridge or logistic regression by their gradients: a part of the training rows learns, the rest chooses. What
 * is found is scaled from the learning rows to all, since a penalty on the mean loss weighs less the more rows there are.
 * @param start penalty on the mean loss to begin with
 */
export async function tunePenalties(
  tuner: TunerName,
  x: EncodedMatrix,
  target: Target,
  start: number,
  seed: number,
  signal: AbortSignal,
): Promise<TunedPenalties> {
  const random = createRandom(seed).fork('penalties');
  const order = random.permutation(x.rows);
  const count = Math.min(mostRows, x.rows);
  const choosing = Math.max(1, Math.round(count * choosingShare));
  const kept = (why: string): TunedPenalties => ({
    byInput: new Float64Array(x.columns).fill(start),
    words: `its penalty not tuned: ${why}`,
  });
  if (choosing < fewestChoosing) return kept(`${x.rows} rows are too few to choose by`);
  const [choose, learn] = [order.subarray(0, choosing), order.subarray(choosing, count)];
  const loss = target.kind === 'classes' ? 'classes' : 'values';
  const outputs = target.kind === 'classes' ? target.classes.length : 1;
  const byInput = choosing >= rowsPerPenalty * x.columns;
  const problem = perceptronProblem({
    train: numericRows(x, target, outputs, learn),
    validation: numericRows(x, target, outputs, choose),
    inputs: x.columns,
    hidden: [],
    outputs,
    loss,
    penalties: byInput ? 'by-input' : 'by-layer',
  });
  const scale = learn.length / x.rows;
  // Two classes are one score in the learner, the difference of the two here: its square is twice as large.
  const shared = outputs === 2 ? 0.5 : 1;
  const from = problem.hyperparameters.map(({ low, high }) =>
    Math.min(high, Math.max(low, Math.log(start / (scale * shared)))),
  );
  const rate = stableRate(problem, Float64Array.from(from), random.fork('rate'));
  const settings = {
    descent: { steps, rate, momentum },
    gradients: gradients[tuner],
    start: Float64Array.from(from),
    signal,
  };
  const { lambda, validationLoss } = await tuners[tuner].tune(problem, settings, random.fork('start'));
  if (!Number.isFinite(validationLoss)) return kept('the training diverged');
  const tuned = Float64Array.from({ length: x.columns }, (_, j) => Math.exp(lambda[byInput ? j : 0]) * scale * shared);
  return { byInput: tuned, words: penaltyWords(tuned, byInput, tuner) };
}

function penaltyWords(penalties: Float64Array, byInput: boolean, tuner: TunerName): string {
  const [low, high] = [Math.min(...penalties), Math.max(...penalties)].map((value) => Number(value.toPrecision(2)));
  const which = byInput ? `a penalty for each input, ${low} to ${high},` : `one penalty, ${low},`;
  return `${which} tuned by ${tuner === 'reverse' ? 'gradients through the training' : 'one-step gradients'}`;
}

/** Values are standardised, as the learners do. */
function numericRows(x: EncodedMatrix, target: Target, outputs: number, rows: Uint32Array): NumericRows {
  const values = new Float64Array(rows.length * x.columns);
  const y = new Float64Array(rows.length * outputs);
  const { mean, deviation } = target.kind === 'values' ? scaleOf(target.values) : { mean: 0, deviation: 1 };
  for (const [i, row] of rows.entries()) {
    for (let j = 0; j < x.columns; j++) values[i * x.columns + j] = x.values[row * x.columns + j];
    if (target.kind === 'classes') y[i * outputs + target.codes[row]] = 1;
    else y[i] = (target.values[row] - mean) / deviation;
  }
  return { count: rows.length, x: values, y };
}
