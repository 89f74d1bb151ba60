import type { CategoricalDistribution, Distribution, Value } from '../../../shared/space.ts';
import { cumulative, sampleTruncated } from '../../numerics/standard-normal.ts';
import type { Random } from '../../random.ts';
import { type Axis, numericAxis } from '../../space/axis.ts';
import { fromNumber, isCategorical, toNumber } from '../../space/distribution.ts';
import { firstAtLeast } from '../../statistics/first-at-least.ts';

/**
 * One parameter's part of every kernel of a Parzen estimator: kernel i < n around the i-th observation, the last one the prior. A
 * value is a coordinate here: the index of a choice, or a number's position on its axis.
 */
export interface Kernels {
  /** Multiplies each kernel's probability of the value into exp(logs[i]) x factors[i], except for its constant. */
  weigh(coordinate: number, logs: Float64Array, factors: Float64Array): void;
  /** Logarithm of the constant that `weigh` leaves out, by kernel. */
  readonly constants: Float64Array;
  sample(kernel: number, random: Random): number;
}

/** What turns a distribution's values into coordinates. */
export function coordinatesOf(distribution: Distribution): (value: Value) => number {
  if (isCategorical(distribution)) return (value) => distribution.choices.indexOf(value);
  const axis = numericAxis(distribution);
  return (value) => axis.toPosition(toNumber(distribution, value));
}

export const fromCoordinate = (distribution: Distribution, coordinate: number): Value =>
  isCategorical(distribution)
    ? distribution.choices[coordinate]
    : fromNumber(distribution, numericAxis(distribution).toValue(coordinate));

/** @param observed coordinates of the observations */
export function kernelsAround(distribution: Distribution, observed: Float64Array): Kernels {
  if (isCategorical(distribution)) return choiceKernels(distribution, observed);
  const axis = numericAxis(distribution);
  if (axis.count === 1) return singleKernels(axis, observed);
  return axis.step === undefined ? continuousKernels(axis, observed) : gridKernels(axis, observed);
}

/** Each kernel spreads one prior count, shared by all kernels, over the choices and adds 1 to the observed one (Bergstra et al. 2011, section 4.2). */
function choiceKernels({ choices }: CategoricalDistribution, observed: Float64Array): Kernels {
  const count = observed.length + 1;
  const share = 1 / count;
  const total = 1 + choices.length * share;
  const [hit, miss] = [(1 + share) / total, share / total];
  return {
    constants: new Float64Array(count),
    weigh(coordinate, _logs, factors) {
      for (let i = 0; i < observed.length; i++) factors[i] *= observed[i] === coordinate ? hit : miss;
      factors[observed.length] /= choices.length;
    },
    sample(kernel, random) {
      const any = random.integer(choices.length);
      return kernel < observed.length && random.uniform() * total < 1 ? observed[kernel] : any;
    },
  };
}

/** The only value there is has the probability 1. */
function singleKernels(axis: Axis, observed: Float64Array): Kernels {
  const position = axis.toPosition(axis.valueAt(0));
  return { constants: new Float64Array(observed.length + 1), weigh: () => {}, sample: () => position };
}

function continuousKernels(axis: Axis, observed: Float64Array): Kernels {
  const { means, deviations } = normals(axis, observed);
  const masses = means.map((mean, i) => massWithin(axis.low, axis.high, mean, deviations[i]));
  const sharpness = deviations.map((deviation) => -0.5 / (deviation * deviation));
  return {
    constants: masses.map((mass, i) => -Math.log(mass * deviations[i] * Math.sqrt(2 * Math.PI))),
    weigh(position, logs) {
      for (let i = 0; i < means.length; i++) {
        const gap = position - means[i];
        logs[i] += gap * gap * sharpness[i];
      }
    },
    sample: (kernel, random) => sampleTruncated(means[kernel], deviations[kernel], axis.low, axis.high, random),
  };
}

/** A grid value has the mass of its cell. Of thousands of kernels on a grid few differ, and each kind is computed once. */
function gridKernels(axis: Axis, observed: Float64Array): Kernels {
  const { means, deviations } = normals(axis, observed);
  const { kinds, kindOf } = differentPairs(means, deviations);
  const masses = new Float64Array(kinds.length);
  for (const [k, i] of kinds.entries()) masses[k] = massWithin(axis.low, axis.high, means[i], deviations[i]);
  const logs = masses.map((mass) => -Math.log(mass));
  const cells = new Float64Array(kinds.length);
  return {
    constants: Float64Array.from(kindOf, (kind) => logs[kind]),
    weigh(position, _logs, factors) {
      const [from, to] = axis.cell(axis.toValue(position));
      for (let k = 0; k < kinds.length; k++) {
        cells[k] = Math.max(0, massWithin(from, to, means[kinds[k]], deviations[kinds[k]]));
      }
      for (let i = 0; i < kindOf.length; i++) factors[i] *= cells[kindOf[i]];
    },
    sample(kernel, random) {
      const position = sampleTruncated(means[kernel], deviations[kernel], axis.low, axis.high, random);
      return axis.toPosition(axis.toValue(position));
    },
  };
}

interface Normals {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/** Before they are cut at the axis's ends. The prior is centred and as wide as the axis. */
function normals(axis: Axis, observed: Float64Array): Normals {
  const { low, high } = axis;
  return {
    means: withPrior(observed, (low + high) / 2),
    deviations: withPrior(bandwidths(observed, axis), high - low),
  };
}

const massWithin = (from: number, to: number, mean: number, deviation: number): number =>
  cumulative((to - mean) / deviation) - cumulative((from - mean) / deviation);

/** The first index of each pair that occurs, and each index's place among those. */
function differentPairs(a: Float64Array, b: Float64Array): { kinds: number[]; kindOf: Uint32Array } {
  const places = new Map<number, Map<number, number>>();
  const kinds: number[] = [];
  const kindOf = Uint32Array.from(a, (first, i) => {
    const seconds = places.get(first) ?? new Map<number, number>();
    places.set(first, seconds);
    let kind = seconds.get(b[i]);
    if (kind === undefined) {
      kind = kinds.push(i) - 1;
      seconds.set(b[i], kind);
    }
    return kind;
  });
  return { kinds, kindOf };
}

function withPrior(values: Float64Array, prior: number): Float64Array {
  const all = new Float64Array(values.length + 1);
  all.set(values);
  all[values.length] = prior;
  return all;
}

/**
 * Each observation's larger gap to its two neighbours (the outermost have one; a single observation takes the ends), at most the range
 * and at least a share of it that falls with the number of kernels, until it is a hundredth: "magic clipping" (Bergstra et al. 2011,
 * section 4.2; Watanabe 2023, section 3.3.4). On a grid the share is 1 / kernels, as it is there. On a continuous axis it falls with the
 * power 1.5: with the few good trials of a first hundred, wide kernels leave most draws far from the best (measured: bench/search).
 */
export function bandwidths(
  observed: Float64Array,
  { low, high, step }: Pick<Axis, 'low' | 'high' | 'step'>,
): Float64Array {
  const range = high - low;
  const kernels = 2 + observed.length;
  const narrowest = range / Math.min(100, step === undefined ? kernels ** 1.5 : kernels);
  if (observed.length === 1) return Float64Array.of(Math.max(narrowest, observed[0] - low, high - observed[0]));
  const sorted = observed.toSorted();
  // How many observations of a value have taken their place in its run of equals; counted at the run's start.
  const placed = new Uint32Array(observed.length);
  return observed.map((value) => {
    const start = firstAtLeast(sorted, value);
    const k = start + placed[start]++;
    const below = k > 0 ? value - sorted[k - 1] : 0;
    const above = k < sorted.length - 1 ? sorted[k + 1] - value : 0;
    return Math.min(range, Math.max(narrowest, below, above));
  });
}
