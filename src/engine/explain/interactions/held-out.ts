import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import type { Target } from '../../data/dataset.ts';
import { mean, standardDeviation } from '../../statistics/mean.ts';

/** Fewer rows say nothing. */
const fewestRows = 20;

/** What the loss of rows grows by without an interaction, and the one-sided chance of as much were it noise (a test of Student's kind). */
export interface Saving {
  readonly saved: number;
  readonly chance: number;
}

/**
 * Whether an interaction helps to predict rows that the model was not fitted on. One that was learned of noise does not: without it they are
 * predicted better, as in the mean over rows a part that has nothing to do with the truth adds its own variance to the squared error.
 * @param scores [rows x outputs] on the scale on which the model adds up
 * @param interaction the part of the scores that is tried
 */
export function savingOf(scores: Float64Array, interaction: Float64Array, target: Target): Saving {
  const without = scoreLosses(
    scores.map((score, i) => score - interaction[i]),
    target,
  );
  const growth = scoreLosses(scores, target).map((loss, row) => without[row] - loss);
  const saved = mean(growth);
  const error = standardDeviation(growth) / Math.sqrt(growth.length);
  if (growth.length < fewestRows || !(error > 0)) return { saved, chance: 1 };
  return { saved, chance: 1 - normalCdf(saved / error, 0, 1) };
}

/** [rows] squared errors, or log losses of log odds or of logarithms of probabilities. */
function scoreLosses(scores: Float64Array, target: Target): Float64Array {
  if (target.kind === 'values') return target.values.map((truth, row) => (scores[row] - truth) ** 2);
  const outputs = scores.length / target.codes.length;
  return Float64Array.from(target.codes, (code, row) => {
    const own = outputs === 1 ? [0, scores[row]] : scores.subarray(row * outputs, (row + 1) * outputs);
    const most = Math.max(...own);
    let sum = 0;
    for (const score of own) sum += Math.exp(score - most);
    return most + Math.log(sum) - own[code];
  });
}
