import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import type { VarianceShare } from '../../../shared/results/functional-anova.ts';
import { holm } from '../../statistics/holm.ts';
import { mean, standardDeviation } from '../../statistics/mean.ts';

/** Numbers of the design of Saltelli (2002): two independent sets of draws, and each with one factor as in the other. [draws x outputs] */
export interface Design {
  readonly a: Float64Array;
  readonly b: Float64Array;
  /** [factors] a with the factor as in b, and b with the factor as in a. */
  readonly ab: readonly Float64Array[];
  readonly ba: readonly Float64Array[];
  readonly outputs: number;
  /** What a function of single factors that stands for the numbers roughly gives in a and in b: [factors][draws x outputs]. */
  readonly roughA: readonly Float64Array[];
  readonly roughB: readonly Float64Array[];
}

/** Standard errors on either side of a 95 % interval. */
const normal95 = 1.96;
const level = 0.05;
/** A smaller share than this is a rounding error. */
const leastShare = 1e-9;

/**
 * [factors] first-order indices: the covariance of two numbers whose draws share the factor alone, over the variance (Sobol 1993; Saltelli
 * 2002), both ways round. The rough effects of all other factors are taken away first: that leaves the factor's own effect, and less noise.
 */
export function firstOrder(design: Design): VarianceShare[] {
  const { a, b, ab, ba } = design;
  return shares(
    ab.map((_, j) => {
      const others = [...ab.keys()].filter((factor) => factor !== j);
      const [inA, inB] = [sumOf(design.roughA, others, a.length), sumOf(design.roughB, others, b.length)];
      return products(
        [
          [less(b, inB), less(ab[j], inA)],
          [less(a, inA), less(ba[j], inB)],
        ],
        design.outputs,
      );
    }),
    design,
  );
}

/** [factors] total indices: half the mean squared change when the factor alone is drawn again (Jansen 1999). */
export function totalOrder(design: Design): VarianceShare[] {
  const { a, b, ab, ba, outputs } = design;
  return shares(
    ab.map((_, j) => perDraw(a.length, outputs, (i) => ((a[i] - ab[j][i]) ** 2 + (b[i] - ba[j][i]) ** 2) / 4)),
    design,
  );
}

/** Of each pair: the covariance of two numbers whose draws share both factors alone, less what each gives (Saltelli 2002), after all rough effects. */
export function secondOrder(design: Design, pairs: readonly (readonly [number, number])[]): VarianceShare[] {
  const { a, b, roughA, roughB, outputs } = design;
  const all = [...roughA.keys()];
  const [inA, inB] = [sumOf(roughA, all, a.length), sumOf(roughB, all, b.length)];
  const residual = { a: less(a, inA), b: less(b, inB) };
  const swap = (
    values: Float64Array,
    base: Float64Array,
    from: readonly Float64Array[],
    to: readonly Float64Array[],
    j: number,
  ) => values.map((value, i) => value - base[i] + from[j][i] - to[j][i]);
  const ab = design.ab.map((values, j) => swap(values, inA, roughA, roughB, j));
  const ba = design.ba.map((values, j) => swap(values, inB, roughB, roughA, j));
  const single = ab.map((_, j) =>
    products(
      [
        [residual.b, ab[j]],
        [residual.a, ba[j]],
      ],
      outputs,
    ),
  );
  return shares(
    pairs.map(([j, k]) => {
      const both = products(
        [
          [ab[j], ba[k]],
          [ab[k], ba[j]],
        ],
        outputs,
      );
      return both.map((value, draw) => value - single[j][draw] - single[k][draw]);
    }),
    design,
  );
}

/** The variance over both sets of draws and all outputs. */
export const varianceOf = (design: Design): number => mean(variances(design));

/** [draws] */
function variances({ a, b, outputs }: Design): Float64Array {
  const centres = Float64Array.from({ length: outputs }, (_, k) => {
    const own = (values: Float64Array) => values.filter((_, i) => i % outputs === k);
    return (mean(own(a)) + mean(own(b))) / 2;
  });
  return perDraw(a.length, outputs, (i) => {
    const centre = centres[i % outputs];
    return ((a[i] - centre) ** 2 + (b[i] - centre) ** 2) / 2;
  });
}

/** [draws] a number a cell, added up over the outputs. */
function perDraw(cells: number, outputs: number, value: (i: number) => number): Float64Array {
  const sums = new Float64Array(cells / outputs);
  for (let i = 0; i < cells; i++) sums[Math.floor(i / outputs)] += value(i);
  return sums;
}

/** [draws] products of centred numbers, mean of both ways round. */
function products(both: readonly (readonly [Float64Array, Float64Array])[], outputs: number): Float64Array {
  const centred = both.map((two) => two.map((values) => centre(values, outputs)));
  return perDraw(
    both[0][0].length,
    outputs,
    (i) => centred.reduce((sum, [x, y]) => sum + x[i] * y[i], 0) / both.length,
  );
}

function centre(values: Float64Array, outputs: number): Float64Array {
  const means = new Float64Array(outputs);
  values.forEach((value, i) => {
    means[i % outputs] += (value * outputs) / values.length;
  });
  return values.map((value, i) => value - means[i % outputs]);
}

function sumOf(rough: readonly Float64Array[], factors: readonly number[], length: number): Float64Array {
  const sum = new Float64Array(length);
  for (const factor of factors) for (let i = 0; i < length; i++) sum[i] += rough[factor][i];
  return sum;
}

const less = (values: Float64Array, taken: Float64Array): Float64Array => values.map((value, i) => value - taken[i]);

/** Ratios of means over draws, with intervals by linear expansion; a share below 0 is 0. parts: [shares][draws] */
function shares(parts: readonly Float64Array[], design: Design): VarianceShare[] {
  const whole = variances(design);
  const variance = mean(whole);
  const found = parts.map((part) => {
    const share = variance > 0 ? mean(part) / variance : 0;
    const spread = standardDeviation(part.map((value, draw) => value - share * whole[draw]));
    const error = variance > 0 ? spread / variance / Math.sqrt(part.length) : 0;
    return {
      share,
      error,
      chance: share > leastShare && error > 0 ? 1 - normalCdf(share / error, 0, 1) : share > leastShare ? 0 : 1,
    };
  });
  const chances = holm(found.map(({ chance }) => chance));
  return found.map(({ share, error }, i) => ({
    share: share > leastShare ? share : 0,
    interval: { low: Math.max(0, share - normal95 * error), high: Math.max(0, share + normal95 * error) },
    distinguishable: chances[i] <= level,
  }));
}
