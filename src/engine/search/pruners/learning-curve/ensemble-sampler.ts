import type { Random } from '../../../random.ts';

/** Natural logarithm of a density that need not be normalised; -Infinity where it is 0. */
export type LogDensity = (point: Float64Array) => number;

/** The scale of stretches that Goodman and Weare (2010, section 2) recommend. */
const stretch = 2;

/**
 * Markov chain Monte Carlo by an ensemble of walkers (Goodman and Weare 2010, stretch move): each walker in turn jumps along the line
 * through another one, of the other half of the ensemble, so that no step size has to be tuned to the density's shape.
 * @param walkers where they start, all with a density above 0; an even number, at least twice as many as dimensions
 * @param visit called after each sweep of all walkers
 */
export function sampleEnsemble(
  walkers: readonly Float64Array[],
  logDensity: LogDensity,
  sweeps: number,
  random: Random,
  visit: (walkers: readonly Float64Array[], sweep: number) => void,
): void {
  const points = walkers.map((walker) => walker.slice());
  const logs = points.map(logDensity);
  const half = points.length >> 1;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let k = 0; k < points.length; k++) {
      const other = points[(k < half ? half : 0) + random.integer(half)];
      jump(k, points, logs, other, logDensity, random);
    }
    visit(points, sweep);
  }
}

function jump(
  k: number,
  points: Float64Array[],
  logs: number[],
  other: Float64Array,
  logDensity: LogDensity,
  random: Random,
): void {
  // A draw from g(z) ~ 1 / sqrt(z) on [1 / a, a] (equation 9).
  const z = ((stretch - 1) * random.uniform() + 1) ** 2 / stretch;
  const proposal = points[k].map((value, i) => other[i] + z * (value - other[i]));
  const log = logDensity(proposal);
  const accept = (proposal.length - 1) * Math.log(z) + log - logs[k];
  if (!(Math.log(1 - random.uniform()) < accept)) return;
  points[k] = proposal;
  logs[k] = log;
}
