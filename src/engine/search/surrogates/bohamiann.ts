import type { Space } from '../../../shared/space.ts';
import type { Random } from '../../random.ts';
import { importanceFit, jointWeights } from './bohamiann/posterior-draws.ts';
import { type SghmcOptions, scaleAdaptedSghmc } from './bohamiann/scale-adapted-sghmc.ts';
import { drawBatch, trainRegression } from './dense-network/train.ts';
import { DenseNetwork } from './dense-network.ts';
import { networkFeatures } from './network-features.ts';
import { standardise } from './standardised-losses.ts';
import type { Surrogate } from './surrogate.ts';

export interface BohamiannOptions extends SghmcOptions {
  /** Units of each of the two hidden layers; default: 30. */
  readonly units?: number;
  /** Steps before the first draw, draws, and steps from one to the next; defaults: 400, 30 and 20. */
  readonly burnIn?: number;
  readonly draws?: number;
  readonly between?: number;
  /** Observations that a step looks at; default: 20. */
  readonly batch?: number;
}

export interface Bohamiann extends Surrogate {
  /** Undefined where the losses are all equal. */
  readonly fit?: number;
  readonly fitName: 'leave-one-out R2 by importance weights';
  /** [observations] how closely the networks' values there and here go together; running trials count too */
  weights(point: Float64Array): Float64Array;
}

/** One network drawn from the posterior. */
interface Draw {
  readonly weights: Float64Array;
  /** log of the noise's variance. */
  readonly logVariance: number;
}

/** Normal prior of the logarithm of the noise's variance, for losses with variance 1: about a thirtieth of their deviation. */
const [noiseMean, noiseVariance] = [Math.log(1e-3), 1];

/**
 * Bayesian optimisation with Hamiltonian Monte Carlo artificial neural networks (Springenberg et al. 2016): networks are drawn from
 * their posterior by scale-adapted stochastic gradient HMC, and their mean and spread foretell. Weights have a standard normal prior, the
 * noise is one number and drawn with them. Two layers of 30 units in place of three of 50, and a chain that begins at the most probable
 * weights, let a suggestion cost a fraction of a second.
 * @param points [observations] of the unit cube; at least one
 */
export function fitBohamiann(
  space: Space,
  points: readonly Float64Array[],
  losses: Float64Array,
  random: Random,
  options: BohamiannOptions = {},
): Bohamiann {
  const { units = 30 } = options;
  const features = networkFeatures(space);
  const standardised = standardise(losses);
  const network = new DenseNetwork([features.count, units, units, 1]);
  const inputs = features.of(points);
  const draws = posterior(network, inputs, standardised.values, random, options);
  const valuesOf = (at: Float64Array, rows: number) =>
    draws.map(({ weights }) => network.forward(weights, at, rows)[3]);
  const seen = valuesOf(inputs, points.length);
  const variances = draws.map(({ logVariance }) => Math.exp(logVariance));
  return {
    name: 'Bayesian neural network',
    noise: standardised.deviation(Math.sqrt(variances.reduce((sum, one) => sum + one, 0) / draws.length)),
    fit: importanceFit(seen, variances, standardised.values),
    fitName: 'leave-one-out R2 by importance weights',
    predict(asked) {
      const values = valuesOf(features.of(asked), asked.length);
      const means = asked.map((_, i) => values.reduce((sum, draw) => sum + draw[i], 0) / draws.length);
      const spreads = means.map((mean, i) =>
        Math.sqrt(values.reduce((sum, draw) => sum + (draw[i] - mean) ** 2, 0) / draws.length),
      );
      return {
        mean: Float64Array.from(means, standardised.mean),
        deviation: Float64Array.from(spreads, standardised.deviation),
      };
    },
    weights(point) {
      const here = valuesOf(features.of([point]), 1).map(([value]) => value);
      return jointWeights(here, seen);
    },
  };
}

function posterior(
  network: DenseNetwork,
  inputs: Float64Array,
  losses: Float64Array,
  random: Random,
  options: BohamiannOptions,
): Draw[] {
  const { burnIn = 400, draws: count = 30, between = 20, batch = 20 } = options;
  const size = network.weightCount;
  // The logarithm of the noise's variance stands after the weights, and is drawn with them.
  const state = Float64Array.of(...trainRegression(network, inputs, losses, random, { steps: 150 }), noiseMean);
  const chain = scaleAdaptedSghmc(size + 1, options);
  const draws: Draw[] = [];
  for (let step = 0; draws.length < count; step++) {
    if (step === burnIn) chain.freeze();
    const drawn = drawBatch(inputs, losses, network.sizes[0], batch, random);
    chain.step(state, posteriorSlopes(network, state, drawn, losses.length), losses.length, random);
    const due = step >= burnIn && (step - burnIn) % between === 0;
    if (due) draws.push({ weights: state.slice(0, size), logVariance: state[size] });
  }
  return draws;
}

/** Slopes of -log p(weights, noise | observations) / observations, the errors being those of a batch. */
export function posteriorSlopes(
  network: DenseNetwork,
  state: Float64Array,
  { inputs, targets }: { readonly inputs: Float64Array; readonly targets: Float64Array },
  observations: number,
): Float64Array {
  const size = network.weightCount;
  const [weights, logVariance] = [state.subarray(0, size), state[size]];
  const precision = Math.exp(-logVariance);
  const rows = targets.length;
  const values = network.forward(weights, inputs, rows);
  const errors = values[values.length - 1].map((value, row) => value - targets[row]);
  const slopes = state.map((weight) => weight / observations);
  network.backward(
    weights,
    values,
    errors.map((error) => (precision * error) / rows),
    rows,
    slopes.subarray(0, size),
  );
  const squares = errors.reduce((sum, error) => sum + error ** 2, 0) / rows;
  slopes[size] = (1 - precision * squares) / 2 + (logVariance - noiseMean) / noiseVariance / observations;
  return slopes;
}
