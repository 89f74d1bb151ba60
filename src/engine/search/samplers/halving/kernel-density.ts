import type { Parameter } from '../../../../shared/space.ts';
import { softmaxRows } from '../../../numerics/softmax.ts';
import { sampleTruncated } from '../../../numerics/standard-normal.ts';
import type { Random } from '../../../random.ts';
import { isCategorical } from '../../../space/distribution.ts';

/** Below this a bandwidth would be a spike on what has been seen (Falkner et al. 2018, appendix; HpBandSter's min_bandwidth). */
const narrowest = 1e-3;

/**
 * The multivariate kernel density of BOHB (Falkner et al. 2018, section 3.1): around each point a product of a normal distribution in
 * each number and of Aitchison and Aitken's (1976) kernel in each choice, all points alike. Bandwidths by the normal reference rule
 * 1.06 sd n^(-1 / (4 + d)) (Silverman 1986), so there is one a parameter. Points are of the unit cube, without gaps.
 */
export class KernelDensity {
  readonly #points: readonly Float64Array[];
  readonly #bandwidths: Float64Array;
  /** Number of choices by parameter, 0 for numbers. */
  readonly #choices: readonly number[];

  /** Logarithm of a kernel at its own point. */
  readonly #logPeak: number;
  /** By choice: of another choice's mass over that of the observed one. */
  readonly #logOdds: Float64Array;

  constructor(parameters: readonly Parameter[], points: readonly Float64Array[]) {
    this.#points = points;
    this.#choices = parameters.map(({ distribution }) =>
      isCategorical(distribution) ? distribution.choices.length : 0,
    );
    this.#bandwidths = Float64Array.from(parameters, (_, i) => this.#bandwidth(i));
    this.#logPeak = this.#bandwidths.reduce((sum, width, i) => {
      const count = this.#choices[i];
      return sum + (count > 0 ? Math.log(1 - width) : -Math.log(width * Math.sqrt(2 * Math.PI)));
    }, 0);
    this.#logOdds = this.#bandwidths.map((width, i) => Math.log(width / (this.#choices[i] - 1) / (1 - width)));
  }

  #bandwidth(column: number): number {
    const n = this.#points.length;
    const count = this.#choices[column];
    // Choices are spread by their place, as HpBandSter's are.
    const values = this.#points.map((point) => (count > 0 ? Math.floor(point[column] * count) : point[column]));
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
    const width = Math.max(narrowest, 1.06 * deviation * n ** (-1 / (4 + this.#choices.length)));
    // Beyond (c - 1) / c the observed choice would be less likely than the others; a single one has all.
    return count > 0 ? Math.min(width, (count - 1) / count) : width;
  }

  /** Natural logarithm of the density at a point. */
  logDensity(point: Float64Array): number {
    const logs = this.#logs(point);
    const largest = Math.max(...logs);
    return largest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - largest), 0) / logs.length);
  }

  /** Each point's share in the density; they sum to 1. */
  shares(point: Float64Array): Float64Array {
    const logs = this.#logs(point);
    return softmaxRows(logs, logs.length);
  }

  /** Of each point's kernel; what it makes of equal coordinates is the same for all. */
  #logs(point: Float64Array): Float64Array {
    const widths = this.#bandwidths;
    const choices = this.#choices;
    return Float64Array.from(this.#points, (centre) => {
      let log = this.#logPeak;
      for (let i = 0; i < point.length; i++) {
        if (choices[i] > 0) {
          if (!sameCell(centre[i], point[i], choices[i])) log += this.#logOdds[i];
        } else {
          const gap = (point[i] - centre[i]) / widths[i];
          log -= 0.5 * gap * gap;
        }
      }
      return log;
    });
  }

  /** A draw around one of the points, with the bandwidths of numbers widened by a factor and cut to the cube. */
  sample(widening: number, random: Random): Float64Array {
    const centre = this.#points[random.integer(this.#points.length)];
    return centre.map((value, i) => {
      const count = this.#choices[i];
      if (count === 0) return sampleTruncated(value, widening * this.#bandwidths[i], 0, 1, random);
      return random.uniform() < 1 - this.#bandwidths[i] ? value : (random.integer(count) + 0.5) / count;
    });
  }
}

const sameCell = (a: number, b: number, count: number): boolean => Math.floor(a * count) === Math.floor(b * count);
