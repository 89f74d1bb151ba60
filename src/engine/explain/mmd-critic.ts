/** Symmetric [count x count] kernel values, row-major. */
export interface Kernel {
  readonly count: number;
  readonly values: Float64Array;
  /** Bandwidth: the squared length at which two rows are half-way strangers. */
  readonly bandwidth: number;
}

/**
 * `K = exp(-d / (2 s))`, with d a squared distance and s its median over all pairs of different rows (the median
 * heuristic; Kim et al. 2016 name no rule). Gower's distance is the square of a Euclidean one where nothing is missing
 * (Gower and Legendre 1986), so that K is then positive definite.
 * @param distances [count x count] row-major, symmetric, 0 on the diagonal
 */
export function rbfKernel(distances: Float64Array, count: number): Kernel {
  const pairs = new Float64Array((count * (count - 1)) / 2);
  let next = 0;
  for (let i = 0; i < count; i++) for (let j = 0; j < i; j++) pairs[next++] = distances[i * count + j];
  pairs.sort();
  const middle = pairs.length === 0 ? 0 : pairs[Math.floor(pairs.length / 2)];
  // Where half of all pairs are twins, the median is 0 and the mean must do; where all are, any bandwidth does.
  const bandwidth = middle > 0 ? middle : pairs.reduce((sum, value) => sum + value, 0) / Math.max(1, pairs.length) || 1;
  return { count, values: distances.map((distance) => Math.exp(-distance / (2 * bandwidth))), bandwidth };
}

/**
 * Prototypes by MMD-critic (Kim, Khanna and Koyejo 2016, algorithm 1): greedily the row i that adds most to
 * `(2/n) sum_j K_ij - (2 sum_{s in S} K_is + K_ii) / (|S| + 1)`. Returns positions in the order they were chosen.
 */
export function prototypes({ count, values }: Kernel, wanted: number): number[] {
  const likeness = new Float64Array(count);
  for (let i = 0; i < count; i++) for (let j = 0; j < count; j++) likeness[i] += (2 / count) * values[i * count + j];
  const toChosen = new Float64Array(count);
  const chosen: number[] = [];
  while (chosen.length < Math.min(wanted, count)) {
    const gain = (i: number) => likeness[i] - (2 * toChosen[i] + values[i * count + i]) / (chosen.length + 1);
    let best = -1;
    for (let i = 0; i < count; i++) if (!chosen.includes(i) && (best < 0 || gain(i) > gain(best))) best = i;
    chosen.push(best);
    for (let i = 0; i < count; i++) toChosen[i] += values[i * count + best];
  }
  return chosen;
}

/**
 * [rows] how much denser the rows are at each than the prototypes say (Kim et al. 2016, equation 3): above 0 where these leave
 * something out, below where they say too much.
 */
export function witness({ count, values }: Kernel, chosen: readonly number[]): Float64Array {
  const gaps = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) gaps[i] += values[i * count + j] / count;
    for (const s of chosen) gaps[i] -= values[i * count + s] / chosen.length;
  }
  return gaps;
}

/** Squared maximum mean discrepancy between all rows and the chosen (Kim et al. 2016, equation 2). */
export function squaredDiscrepancy({ count, values }: Kernel, chosen: readonly number[]): number {
  let [all, cross, own] = [0, 0, 0];
  for (const value of values) all += value;
  for (const s of chosen) {
    for (let j = 0; j < count; j++) cross += values[s * count + j];
    for (const t of chosen) own += values[s * count + t];
  }
  return Math.max(0, all / count ** 2 - (2 * cross) / (count * chosen.length) + own / chosen.length ** 2);
}

/** What is left of a row's own likeness below this is rounding: it is a twin of a chosen one. */
const leastRest = 1e-10;

/**
 * Criticisms by MMD-critic (Kim et al. 2016, algorithm 2): greedily the row, none of the prototypes, that adds most to the size of the
 * witness plus log det K of the chosen, so that they differ from each other. Returns positions in the order they were chosen, fewer where all
 * that is left are twins of them.
 */
export function criticisms(kernel: Kernel, typical: readonly number[], wanted: number): number[] {
  const { count, values } = kernel;
  const gaps = witness(kernel, typical);
  const isTypical = new Set(typical);
  // K_ii - k' K_SS^-1 k by a Cholesky factor that grows a row with every choice.
  const rest = Float64Array.from({ length: count }, (_, i) => values[i * count + i]);
  const factor: Float64Array[] = [];
  const chosen: number[] = [];
  while (chosen.length < wanted) {
    let best = -1;
    const gain = (i: number) => Math.abs(gaps[i]) + Math.log(rest[i]);
    for (let i = 0; i < count; i++)
      if (!isTypical.has(i) && rest[i] > leastRest && (best < 0 || gain(i) > gain(best))) best = i;
    if (best < 0) break;
    const root = Math.sqrt(rest[best]);
    const row = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      let value = values[best * count + i];
      for (const before of factor) value -= before[best] * before[i];
      row[i] = value / root;
    }
    factor.push(row);
    chosen.push(best);
    for (let i = 0; i < count; i++) rest[i] = i === best ? 0 : rest[i] - row[i] ** 2;
  }
  return chosen;
}

/** For each row the position within `chosen` of the prototype that it is most like; the first of equals. */
export const nearestPrototypes = ({ count, values }: Kernel, chosen: readonly number[]): Int32Array =>
  Int32Array.from({ length: count }, (_, i) => {
    let best = 0;
    for (let p = 1; p < chosen.length; p++)
      if (values[i * count + chosen[p]] > values[i * count + chosen[best]]) best = p;
    return best;
  });
