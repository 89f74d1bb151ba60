import { goldenSection } from '../../numerics/golden-section.ts';
import type { ScaleKind } from './scale.ts';

export interface PowerState {
  readonly lambda: number;
  /** Of the bent training values. */
  readonly mean: number;
  readonly deviation: number;
}

/** Powers beyond these only follow an outlier. */
const [lowest, highest] = [-5, 5];
/** Larger numbers cannot be raised to a power. */
export const largest = 1e30;
/** No value comes to lie further out than this many deviations. */
export const bound = 1e3;

/**
 * Power transform that makes a column as normal as it can (Yeo and Johnson 2000), its lambda by maximum likelihood, then mean 0 and
 * deviation 1.
 */
export const power: ScaleKind<PowerState> = {
  learn(sorted) {
    if (Math.max(-sorted[0], sorted[sorted.length - 1]) > largest) return null;
    const lambda = goldenSection((candidate) => -logLikelihood(sorted, candidate), lowest, highest, 1e-6);
    const { mean, variance } = momentsOf(sorted, lambda);
    const deviation = Math.sqrt(variance);
    return deviation > 1e-12 * Math.max(1, Math.abs(mean)) && Number.isFinite(deviation)
      ? { lambda, mean, deviation }
      : null;
  },
  restore: ({ lambda, mean, deviation }) => {
    const scaled = (value: number) => (bent(within(value), lambda) - mean) / deviation;
    return {
      of: (value) => Math.max(-bound, Math.min(bound, scaled(value))),
      slope(value) {
        const isInside = Math.abs(value) < largest && Math.abs(scaled(value)) < bound;
        return isInside ? slopeOf(value, lambda) / deviation : 0;
      },
    };
  },
};

const within = (value: number) => Math.max(-largest, Math.min(largest, value));

/** Equation 2.1 of the paper; the two limits are logarithms. */
function bent(value: number, lambda: number): number {
  if (value >= 0) {
    return Math.abs(lambda) < 1e-12 ? Math.log1p(value) : Math.expm1(lambda * Math.log1p(value)) / lambda;
  }
  const other = 2 - lambda;
  return Math.abs(other) < 1e-12 ? -Math.log1p(-value) : -Math.expm1(other * Math.log1p(-value)) / other;
}

const slopeOf = (value: number, lambda: number): number =>
  value >= 0 ? (value + 1) ** (lambda - 1) : (1 - value) ** (1 - lambda);

/** Equation 3.1, with the variance at its own maximum. */
function logLikelihood(values: Float64Array, lambda: number): number {
  const { variance } = momentsOf(values, lambda);
  let logSlopes = 0;
  for (const value of values) logSlopes += Math.sign(value) * Math.log1p(Math.abs(value));
  const likelihood = (-values.length / 2) * Math.log(variance) + (lambda - 1) * logSlopes;
  return variance > 0 && Number.isFinite(likelihood) ? likelihood : -1e300;
}

function momentsOf(values: Float64Array, lambda: number): { mean: number; variance: number } {
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = bent(values[i], lambda);
    const step = value - mean;
    mean += step / (i + 1);
    squares += step * (value - mean);
  }
  return { mean, variance: squares / values.length };
}
