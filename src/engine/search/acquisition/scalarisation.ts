import type { Random } from '../../random.ts';

/** Weight of the plain sum beside the largest term, which keeps weakly dominated points from being as good. */
const rho = 0.05;

/**
 * Several losses as one, by random weights (ParEGO, Knowles 2006, equation 2: augmented Tchebycheff norm): each suggestion looks for
 * another place of the front.
 * @param objectives [objectives][trials], finite
 */
export function scalarised(objectives: readonly Float64Array[], random: Random): Float64Array {
  const weights = simplexPoint(objectives.length, random);
  const scaled = objectives.map(toUnit);
  return objectives[0].map((_, trial) => {
    const terms = scaled.map((losses, m) => weights[m] * losses[trial]);
    return Math.max(...terms) + rho * terms.reduce((sum, term) => sum + term, 0);
  });
}

/** Uniform among the weights that sum to 1: gaps of exponential draws. */
function simplexPoint(count: number, random: Random): number[] {
  const draws = Array.from({ length: count }, () => -Math.log(1 - random.uniform()));
  const sum = draws.reduce((total, draw) => total + draw, 0) || 1;
  return draws.map((draw) => draw / sum);
}

/** The smallest to 0, the largest to 1; halves are taken first, so that the largest numbers do not overflow. */
function toUnit(losses: Float64Array): Float64Array {
  const low = losses.reduce((least, loss) => Math.min(least, loss), Number.POSITIVE_INFINITY);
  const high = losses.reduce((most, loss) => Math.max(most, loss), Number.NEGATIVE_INFINITY);
  const half = high / 2 - low / 2;
  return losses.map((loss) => (half > 0 ? (loss / 2 - low / 2) / half : 0));
}
