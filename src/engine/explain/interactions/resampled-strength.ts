import type { InteractionStrength } from '../../../shared/results/interactions.ts';
import type { Random } from '../../random.ts';
import { mean } from '../../statistics/mean.ts';
import { quantile } from '../../statistics/quantile.ts';
import type { Crossed, Squares } from './h-statistic.ts';

/** [resamples][rows] how often each row was drawn. */
export function drawWeights(rows: number, resamples: number, random: Random): Float64Array[] {
  return Array.from({ length: resamples }, () => {
    const weights = new Float64Array(rows);
    for (let i = 0; i < rows; i++) weights[random.integer(rows)]++;
    return weights;
  });
}

/** Rounding alone, of models that compute with 32 bits, leaves squares of such shares of the numbers' variance and mean square. */
const [ofVariance, ofSquares] = [1e-12, 1e-24];

/** H, its interval over resampled rows, and its strength, with that in each resample. */
export interface ResampledStrength extends InteractionStrength {
  readonly strengths: readonly number[];
}

/** @param values the numbers: below a rounding error of them there is no interaction */
export function resampledStrength(
  squares: (weights: Float64Array) => Squares,
  resamples: readonly Float64Array[],
  { values, rows, outputs }: Crossed,
): ResampledStrength {
  const none = roundingOf(values) * outputs;
  const h = ({ interaction, whole }: Squares) =>
    interaction > none && whole > none ? Math.sqrt(interaction / whole) : 0;
  const strength = ({ interaction }: Squares) => (interaction > none ? Math.sqrt(interaction) : 0);
  const own = squares(new Float64Array(rows).fill(1));
  const again = resamples.map(squares);
  const sorted = Float64Array.from(again, h).sort();
  return {
    h: h(own),
    interval: { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) },
    strength: strength(own),
    strengths: again.map(strength),
  };
}

function roundingOf(values: Float64Array): number {
  const centre = mean(values);
  let [squares, own] = [0, 0];
  for (const value of values) {
    squares += (value - centre) ** 2;
    own += value * value;
  }
  return (ofVariance * squares + ofSquares * own) / values.length;
}
