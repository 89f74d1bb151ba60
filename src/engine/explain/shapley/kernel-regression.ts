import { cholesky, inverse } from '../../numerics/cholesky.ts';
import { type CoalitionPlan, sizeShares } from './coalition-plan.ts';

/** What a game pays: to the coalitions of a plan and to their complements, [pairs asked] each, to nobody and to all. */
export interface GameValues {
  readonly coalitions: Float64Array;
  readonly complements: Float64Array;
  readonly nobody: number;
  readonly all: number;
}

export interface ShapleyEstimate {
  /** [players] summing to what all together add. */
  readonly values: Float64Array;
  /** [players] standard errors: 0 where all coalitions were asked; null where too few were for telling. */
  readonly errors: Float64Array | null;
}

/** Below so many drawn pairs more than players nothing is said of errors. */
const fewestSpare = 10;

/**
 * Shapley values by the weighted least squares of KernelSHAP (Lundberg and Lee 2017, theorem 2), constrained to add up, and their standard
 * errors. Enumerated coalitions have no error. What is drawn are independent pairs of a coalition and its complement, so that the estimate
 * varies as P Cov(g) P' / n (Covert and Lee 2021, section 3.3, in the form of the residuals): g a pair's part of the normal equations
 * at the estimate, P their inverse on the plane of the constraint.
 */
export function fitShapley(plan: CoalitionPlan, { coalitions, complements, nobody, all }: GameValues): ShapleyEstimate {
  const { players, members } = plan;
  const asked = coalitions.length;
  const weights = weightsOf(plan, asked);
  const products = new Float64Array(players * players);
  const responses = new Float64Array(players);
  const others = new Float64Array(players);
  for (let pair = 0; pair < asked; pair++) {
    const own = members.subarray(pair * players, (pair + 1) * players);
    for (let i = 0; i < players; i++) others[i] = 1 - own[i];
    addEquation(products, responses, own, weights[pair] / 2, coalitions[pair] - nobody);
    addEquation(products, responses, others, weights[pair] / 2, complements[pair] - nobody);
  }
  const projected = projectedInverse(products, players);
  const values = projected.solve(responses, all - nobody);
  if (asked < plan.members.length / players && asked <= plan.enumerated) return { values, errors: null };
  if (plan.sampledShare === 0) return { values, errors: new Float64Array(players) };
  const drawn = asked - plan.enumerated;
  if (drawn < players + fewestSpare) return { values, errors: null };
  const spread = pairSpread(plan, { coalitions, complements, nobody, all }, values);
  // Cov(g) / n with as many degrees of freedom less as there are players.
  const scale = plan.sampledShare / Math.sqrt(drawn - players);
  return { values, errors: projected.deviations(spread).map((deviation) => scale * deviation) };
}

/**
 * [pairs] share of the kernel: of an enumerated size each pair has the same part; drawn pairs share what is left. Sizes that were asked in
 * part, because time ended, keep their share.
 */
function weightsOf({ players, sizes, enumerated, sampledShare }: CoalitionPlan, asked: number): Float64Array {
  const shares = sizeShares(players);
  const askedOfSize = new Map<number, number>();
  for (let pair = 0; pair < Math.min(asked, enumerated); pair++)
    askedOfSize.set(sizes[pair], (askedOfSize.get(sizes[pair]) ?? 0) + 1);
  return Float64Array.from({ length: asked }, (_, pair) =>
    pair < enumerated ? shares[sizes[pair]] / askedOfSize.get(sizes[pair])! : sampledShare / (asked - enumerated),
  );
}

/** Adds `weight z z'` to the lower triangle and `weight z y`. */
function addEquation(
  products: Float64Array,
  responses: Float64Array,
  coalition: ArrayLike<number>,
  weight: number,
  paid: number,
): void {
  const players = responses.length;
  for (let i = 0; i < players; i++) {
    if (coalition[i] === 0) continue;
    responses[i] += weight * paid;
    for (let j = 0; j <= i; j++) products[i * players + j] += weight * coalition[j];
  }
}

/** A^-1 restricted to what sums to a constant: P = A^-1 - A^-1 1 1' A^-1 / (1' A^-1 1). */
function projectedInverse(products: Float64Array, players: number) {
  const factor = products.slice();
  // Single players with their complements make the matrix positive definite.
  if (!cholesky(factor, players)) throw new RangeError('too few coalitions were asked to tell the columns apart');
  const full = new Float64Array(players * players);
  inverse(factor, players, full, new Float64Array(players * players));
  const rowSums = new Float64Array(players);
  for (let i = 0; i < players; i++) for (let j = 0; j < players; j++) rowSums[i] += full[i * players + j];
  const total = rowSums.reduce((a, b) => a + b, 0);
  const times = (matrix: (i: number, j: number) => number, vector: Float64Array) =>
    Float64Array.from({ length: players }, (_, i) => {
      let sum = 0;
      for (let j = 0; j < players; j++) sum += matrix(i, j) * vector[j];
      return sum;
    });
  return {
    /** The least squares whose values sum to `sum`. */
    solve(responses: Float64Array, sum: number): Float64Array {
      const free = times((i, j) => full[i * players + j], responses);
      const excess = (free.reduce((a, b) => a + b, 0) - sum) / total;
      return free.map((value, i) => value - rowSums[i] * excess);
    },
    /** Roots of the diagonal of P C P', C given by the columns of its factor: rows whose outer products sum to it. */
    deviations(rows: readonly Float64Array[]): Float64Array {
      const squares = new Float64Array(players);
      for (const row of rows) {
        const moved = times((i, j) => full[i * players + j] - (rowSums[i] * rowSums[j]) / total, row);
        for (let i = 0; i < players; i++) squares[i] += moved[i] ** 2;
      }
      return squares.map(Math.sqrt);
    },
  };
}

/** The drawn pairs' parts of the normal equations, centred and divided by the root of their number: their outer products sum to Cov(g). */
function pairSpread(
  { players, members, enumerated }: CoalitionPlan,
  { coalitions, complements, nobody, all }: GameValues,
  values: Float64Array,
): Float64Array[] {
  const count = coalitions.length - enumerated;
  const means = new Float64Array(players);
  const parts = Array.from({ length: count }, (_, drawn) => {
    const pair = enumerated + drawn;
    let explained = 0;
    for (let i = 0; i < players; i++) explained += members[pair * players + i] * values[i];
    const rest = coalitions[pair] - nobody - explained;
    const otherRest = complements[pair] - nobody - (all - nobody - explained);
    const part = new Float64Array(players);
    for (let i = 0; i < players; i++) {
      part[i] = (members[pair * players + i] === 1 ? rest : otherRest) / 2;
      means[i] += part[i] / count;
    }
    return part;
  });
  const scale = 1 / Math.sqrt(count);
  return parts.map((part) => part.map((value, i) => (value - means[i]) * scale));
}
