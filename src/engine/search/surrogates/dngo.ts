import type { Space } from '../../../shared/space.ts';
import type { Random } from '../../random.ts';
import { type TrainingOptions, trainRegression } from './dense-network/train.ts';
import { DenseNetwork } from './dense-network.ts';
import { fitBayesianLinear, leaveOneOutFit, linearWeights, predictLinear } from './dngo/bayesian-linear-regression.ts';
import { networkFeatures } from './network-features.ts';
import { standardise } from './standardised-losses.ts';
import type { Surrogate } from './surrogate.ts';

export interface DngoOptions extends TrainingOptions {
  /** Units of each of the three hidden layers, the last of which are the basis; default: 50. */
  readonly units?: number;
}

export interface Dngo extends Surrogate {
  /** Of the linear regression, its basis staying as it is; undefined where the losses are all equal. */
  readonly fit?: number;
  readonly fitName: 'leave-one-out R2 of the last layer';
  /** [observations] */
  weights(point: Float64Array): Float64Array;
}

/**
 * Deep networks for global optimisation (Snoek et al. 2015): a network of three tanh layers is trained to the most probable weights, and
 * its last layer is replaced by a Bayesian linear regression on the values of the layer below: linear in the observations, where a
 * Gaussian process is cubic.
 * @param points [observations] of the unit cube; at least one
 */
export function fitDngo(
  space: Space,
  points: readonly Float64Array[],
  losses: Float64Array,
  random: Random,
  options: DngoOptions = {},
): Dngo {
  const { units = 50 } = options;
  const features = networkFeatures(space);
  const standardised = standardise(losses);
  const network = new DenseNetwork([features.count, units, units, units, 1]);
  const weights = trainRegression(network, features.of(points), standardised.values, random, options);
  const width = units + 1;
  const basisOf = (asked: readonly Float64Array[]) =>
    withConstant(network.forward(weights, features.of(asked), asked.length)[3], units, asked.length);
  const basis = basisOf(points);
  const model = fitBayesianLinear(basis, width, standardised.values);
  return {
    name: 'network basis with Bayesian linear regression',
    noise: standardised.deviation(1 / Math.sqrt(model.beta)),
    fit: leaveOneOutFit(model, basis, standardised.values),
    fitName: 'leave-one-out R2 of the last layer',
    predict(asked) {
      const rows = basisOf(asked);
      const found = asked.map((_, i) => predictLinear(model, rows.subarray(i * width, (i + 1) * width)));
      return {
        mean: Float64Array.from(found, ({ mean }) => standardised.mean(mean)),
        deviation: Float64Array.from(found, ({ variance }) => standardised.deviation(Math.sqrt(variance))),
      };
    },
    weights: (point) => linearWeights(model, basis, basisOf([point])),
  };
}

/** [rows x units] with a column of ones: [rows x (units + 1)]. */
function withConstant(values: Float64Array, units: number, rows: number): Float64Array {
  const basis = new Float64Array(rows * (units + 1)).fill(1);
  for (let row = 0; row < rows; row++) {
    basis.set(values.subarray(row * units, (row + 1) * units), row * (units + 1));
  }
  return basis;
}
