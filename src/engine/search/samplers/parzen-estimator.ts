import type { Distribution } from '../../../shared/space.ts';
import type { Random } from '../../random.ts';
import { type Kernels, kernelsAround } from './kernels.ts';

/**
 * A density over several parameters as a weighted sum of kernels, one around each observation and one prior over the whole space; a
 * kernel is a product over the parameters (multivariate TPE: Falkner et al. 2018, section 3.1; Watanabe 2023, section 3.3).
 */
export class ParzenEstimator {
  readonly #kernels: readonly Kernels[];
  /** Log weight of each kernel with the constants of all its parameters; the prior last. */
  readonly #constants: Float64Array;
  readonly #cumulativeWeights: Float64Array;
  readonly #logs: Float64Array;
  readonly #factors: Float64Array;

  /**
   * @param columns coordinates of the observations, [parameters][observations]
   * @param weights one an observation; the prior weighs 1 beside them
   */
  constructor(distributions: readonly Distribution[], columns: readonly Float64Array[], weights: Float64Array) {
    this.#kernels = distributions.map((distribution, i) => kernelsAround(distribution, columns[i]));
    const all = new Float64Array(weights.length + 1).fill(1);
    all.set(weights);
    const total = all.reduce((sum, weight) => sum + weight, 0);
    this.#constants = all.map((weight) => Math.log(weight / total));
    for (const { constants } of this.#kernels) {
      for (let i = 0; i < all.length; i++) this.#constants[i] += constants[i];
    }
    let sum = 0;
    this.#cumulativeWeights = all.map((weight) => {
      sum += weight / total;
      return sum;
    });
    this.#logs = new Float64Array(all.length);
    this.#factors = new Float64Array(all.length);
  }

  /** Coordinates of one draw: a kernel by its weight, then each parameter from it. */
  sample(random: Random): Float64Array {
    const place = random.uniform();
    const found = this.#cumulativeWeights.findIndex((sum) => place < sum);
    const kernel = found < 0 ? this.#cumulativeWeights.length - 1 : found;
    return Float64Array.from(this.#kernels, (kernels) => kernels.sample(kernel, random));
  }

  /** Natural logarithm of the density (mass, for choices and grids) at the coordinates. */
  logDensity(point: Float64Array): number {
    const { largest, sum } = this.#weigh(point);
    return largest + Math.log(sum);
  }

  /** Each kernel's share in the density at the coordinates, the prior's last; they sum to 1. */
  shares(point: Float64Array): Float64Array {
    const { largest, sum } = this.#weigh(point);
    return this.#logs.map((log, i) => (this.#factors[i] * Math.exp(log - largest)) / sum);
  }

  /** Leaves each kernel's part in #logs and #factors; the density is exp(largest) x sum. */
  #weigh(point: Float64Array): { largest: number; sum: number } {
    const logs = this.#logs;
    const factors = this.#factors;
    logs.set(this.#constants);
    factors.fill(1);
    for (let column = 0; column < this.#kernels.length; column++) {
      this.#kernels[column].weigh(point[column], logs, factors);
      if (column % 16 === 15) moveFactors(logs, factors);
    }
    moveFactors(logs, factors, 1e-100);
    let largest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < logs.length; i++) if (factors[i] > 0 && logs[i] > largest) largest = logs[i];
    let sum = 0;
    for (let i = 0; i < logs.length; i++) sum += factors[i] * Math.exp(logs[i] - largest);
    return { largest, sum };
  }
}

/** Moves factors below the threshold into the logarithms, before many small ones multiply to 0. */
function moveFactors(logs: Float64Array, factors: Float64Array, threshold = 1): void {
  for (let i = 0; i < logs.length; i++) {
    if (factors[i] < threshold && factors[i] > 0) {
      logs[i] += Math.log(factors[i]);
      factors[i] = 1;
    }
  }
}
