import type { Random } from '../../random.ts';
import { sobolPoints } from '../sobol.ts';
import type { Cube } from './cube.ts';

/** What each settled point is worth; higher is better. */
export type Score = (points: readonly Float64Array[]) => Float64Array;

export interface ScoredPoint {
  readonly point: Float64Array;
  readonly score: number;
}

export interface CandidateSearchOptions {
  /** Settled points to look around first: the best configurations so far. */
  readonly incumbents?: readonly Float64Array[];
  /** Quasi-random points over the whole cube. */
  readonly draws?: number;
  /** Candidates from which a local search starts, and the most steps that one takes. */
  readonly starts?: number;
  readonly rounds?: number;
}

/**
 * Looks for the points of a space, of whatever types and conditions, that a score is highest at (as SMAC does: Hutter et al. 2011,
 * section 4.3): quasi-random points and the neighbours of the incumbents are scored together, then from the best of them each local search
 * moves to the best neighbour while that is better. All points seen, best first, none twice; none is forbidden.
 */
export function searchCandidates(
  cube: Cube,
  score: Score,
  { incumbents = [], draws = 1024, starts = 8, rounds = 30 }: CandidateSearchOptions,
  random: Random,
): ScoredPoint[] {
  const seen = new Map<string, ScoredPoint>();
  const scored = (points: readonly Float64Array[]): ScoredPoint[] => {
    const fresh = unseen(points, seen);
    const scores = score(fresh);
    const found = fresh.map((point, i) => ({ point, score: scores[i] }));
    for (const one of found) seen.set(keyOf(one.point), one);
    return found;
  };
  const wide = { deviations: [0.2, 0.05, 0.01], values: 8 };
  scored([
    ...incumbents,
    ...scatter(cube, draws, random),
    ...incumbents.flatMap((point) => cube.neighbours(point, wide, random)),
  ]);
  for (let at of bestFirst(seen).slice(0, starts)) {
    let narrow = 1;
    for (let round = 0; round < rounds && narrow > 1e-3; round++) {
      const steps = { deviations: [0.1 * narrow, 0.02 * narrow], values: 8 };
      const [best] = bestOf(scored(cube.neighbours(at.point, steps, random)));
      if (best && best.score > at.score) at = best;
      else narrow /= 3;
    }
  }
  return bestFirst(seen);
}

/** Quasi-random settled points that are not forbidden. */
export function scatter(cube: Cube, count: number, random: Random): Float64Array[] {
  return sobolPoints(cube.sides.length, count, random).filter((point) => cube.settle(point));
}

/** The points that are not scored yet, each once. */
export function unseen(points: readonly Float64Array[], seen: ReadonlyMap<string, unknown>): Float64Array[] {
  const fresh = new Map(points.map((point) => [keyOf(point), point]));
  return [...fresh].filter(([key]) => !seen.has(key)).map(([, point]) => point);
}

/** The bits of a point as text: a key that costs a tenth of its numbers written out. */
export const keyOf = ({ buffer, byteOffset, byteLength }: Float64Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('latin1');

const bestOf = (points: readonly ScoredPoint[]): ScoredPoint[] => points.toSorted((a, b) => b.score - a.score);
const bestFirst = (seen: ReadonlyMap<string, ScoredPoint>): ScoredPoint[] => bestOf([...seen.values()]);
