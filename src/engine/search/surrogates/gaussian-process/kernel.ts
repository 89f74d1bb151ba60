/**
 * The kernel over squared distances D_d of each parameter d: a Matern 5/2 of all parameters together and, where it is additive, one of
 * each parameter by itself (first-order additive kernel, Duvenaud et al. 2011), on top of a constant of variance 1:
 *
 *   k = 1 + v m(sum_d w_d D_d) + sum_d a_d m(u_d D_d),   m(q) = (1 + s + s^2 / 3) e^-s,   s = sqrt(5 q)
 *
 * (Rasmussen and Williams 2006, equation 4.17). w and u are inverse squared length scales.
 */
export interface Kernel {
  readonly dimensions: number;
  readonly additive: boolean;
}

/**
 * Hyperparameters are logarithms in one vector: log v, log w [d], log noise variance, and where the kernel is additive
 * log a [d], log u [d].
 */
export const places = ({ dimensions }: Kernel) => ({
  variance: 0,
  scales: 1,
  noise: dimensions + 1,
  sideVariances: dimensions + 2,
  sideScales: 2 * dimensions + 2,
});

export const hyperparameterCount = ({ dimensions, additive }: Kernel): number =>
  dimensions + 2 + (additive ? 2 * dimensions : 0);

/** What the kernel adds where two points are equal, without noise. */
export function priorVariance(kernel: Kernel, theta: Float64Array): number {
  const { variance, sideVariances } = places(kernel);
  let sum = 1 + Math.exp(theta[variance]);
  if (kernel.additive) for (let d = 0; d < kernel.dimensions; d++) sum += Math.exp(theta[sideVariances + d]);
  return sum;
}

/** Numbers that one evaluation of the kernel leaves for its derivatives; [count] each. */
export interface Slopes {
  /** v m of all parameters together, and v dm/dq. */
  readonly joint: Float64Array;
  readonly jointSlope: Float64Array;
  /** [parameters][count]: a_d m and a_d dm/dq of each by itself; empty where the kernel is not additive. */
  readonly side: readonly Float64Array[];
  readonly sideSlope: readonly Float64Array[];
}

export function makeSlopes({ dimensions, additive }: Kernel, count: number): Slopes {
  const rows = () => Array.from({ length: additive ? dimensions : 0 }, () => new Float64Array(count));
  return { joint: new Float64Array(count), jointSlope: new Float64Array(count), side: rows(), sideSlope: rows() };
}

/**
 * The kernel of `count` pairs of points.
 * @param distances [parameters][count or more] squared
 * @param into [count], the kernel; @param slopes its parts
 */
export function evaluateKernel(
  kernel: Kernel,
  theta: Float64Array,
  distances: readonly Float64Array[],
  count: number,
  into: Float64Array,
  slopes: Slopes,
): void {
  const { dimensions, additive } = kernel;
  const at = places(kernel);
  const { joint, jointSlope } = slopes;
  joint.fill(0, 0, count);
  for (let d = 0; d < dimensions; d++) {
    const own = distances[d];
    const weight = Math.exp(theta[at.scales + d]);
    for (let p = 0; p < count; p++) joint[p] += weight * own[p];
  }
  matern(joint, 1, Math.exp(theta[at.variance]), count, joint, jointSlope);
  for (let p = 0; p < count; p++) into[p] = 1 + joint[p];
  if (!additive) return;
  for (let d = 0; d < dimensions; d++) {
    const side = slopes.side[d];
    const variance = Math.exp(theta[at.sideVariances + d]);
    matern(distances[d], Math.exp(theta[at.sideScales + d]), variance, count, side, slopes.sideSlope[d]);
    for (let p = 0; p < count; p++) into[p] += side[p];
  }
}

/** v m(weight D) and v dm/dq of each squared distance; value and distance may be one array. */
function matern(
  distance: Float64Array,
  weight: number,
  variance: number,
  count: number,
  value: Float64Array,
  slope: Float64Array,
): void {
  for (let p = 0; p < count; p++) {
    const s = Math.sqrt(5 * weight * distance[p]);
    const decay = variance * Math.exp(-s);
    slope[p] = (-5 / 6) * (1 + s) * decay;
    value[p] = (1 + s + (s * s) / 3) * decay;
  }
}
