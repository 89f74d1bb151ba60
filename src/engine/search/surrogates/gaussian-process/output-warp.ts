/**
 * A monotone change of the losses before they are modelled, since a Gaussian process believes in even tails: a search sees many bad
 * losses, some of them enormous, and what matters is among the good.
 */
export interface OutputWarp {
  readonly name: 'linear' | 'log';
  warp(loss: number): number;
  unwarp(value: number): number;
  /** log of the slope of `warp` where all losses are divided by the largest, so that likelihoods of different warps can be compared. */
  logSlope(loss: number): number;
}

/** Losses to mean 0 and variance 1. */
export function linearWarp(losses: Float64Array): OutputWarp {
  const unit = magnitude(losses);
  const { mean, deviation } = moments(losses.map((loss) => loss / unit));
  return {
    name: 'linear',
    warp: (loss) => (loss / unit - mean) / deviation,
    unwarp: (value) => finite((mean + deviation * value) * unit),
    logSlope: () => -Math.log(deviation),
  };
}

/**
 * log(1 + (loss - lowest) / (median - lowest)), then to mean 0 and variance 1: the better half about keeps its proportions, the worse
 * half is drawn in (in the spirit of the half-rank and log warps of Song et al. 2024, section 5).
 */
export function logWarp(losses: Float64Array): OutputWarp {
  const unit = magnitude(losses);
  const sorted = losses.map((loss) => loss / unit).sort();
  const lowest = sorted[0];
  const half = sorted[sorted.length >> 1] - lowest || sorted[sorted.length - 1] - lowest || 1;
  const aboveLowest = (loss: number) => (loss / unit - lowest) / half;
  // Below the lowest loss the curve goes on straight: the model may hope for better.
  const bend = (loss: number) => {
    const above = aboveLowest(loss);
    return above < 0 ? above : Math.log1p(above);
  };
  const { mean, deviation } = moments(losses.map(bend));
  return {
    name: 'log',
    warp: (loss) => (bend(loss) - mean) / deviation,
    unwarp(value) {
      const bent = mean + deviation * value;
      return finite(((bent < 0 ? bent : Math.expm1(bent)) * half + lowest) * unit);
    },
    logSlope: (loss) => -Math.log1p(Math.max(0, aboveLowest(loss))) - Math.log(half * deviation),
  };
}

/** Largest absolute loss, 1 where all are 0: divided by it, squares do not overflow. */
const magnitude = (losses: Float64Array): number =>
  losses.reduce((most, loss) => Math.max(most, Math.abs(loss)), 0) || 1;

/** Mean and standard deviation; equal values, and those that rounding alone tells apart, have deviation 1. */
function moments(values: Float64Array): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0));
  return { mean, deviation: deviation > 1e-14 * Math.max(1, Math.abs(mean)) ? deviation : 1 };
}

const finite = (loss: number): number => Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, loss));
