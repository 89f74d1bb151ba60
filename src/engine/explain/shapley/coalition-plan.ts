import type { Random } from '../../random.ts';
import type { Members } from './hybrid-rows.ts';

/** Which coalitions are asked, each with its complement. */
export interface CoalitionPlan {
  readonly players: number;
  /** [pairs x players] one of each two; the first ones are single players. */
  readonly members: Members;
  /** [pairs] players in it, at most half of all. */
  readonly sizes: Uint32Array;
  /** The first so many pairs are all that there are of their sizes; the others are drawn from the kernel's distribution. */
  readonly enumerated: number;
  /** The kernel's share of the sizes that are drawn from; 0 where all are enumerated. */
  readonly sampledShare: number;
}

/** The Shapley kernel's weight of all coalitions of a size and of its complement's size. */
const sizeWeight = (players: number, size: number): number =>
  ((players - 1) / (size * (players - size))) * (2 * size === players ? 1 : 2);

/** [sizes] the kernel's share of each size from 1 to half of the players, at the size's place. */
export function sizeShares(players: number): Float64Array {
  const shares = new Float64Array(Math.floor(players / 2) + 1);
  let total = 0;
  for (let size = 1; size < shares.length; size++) total += sizeWeight(players, size);
  for (let size = 1; size < shares.length; size++) shares[size] = sizeWeight(players, size) / total;
  return shares;
}

/** Pairs of a coalition of that size and its complement; Infinity where nobody counts them. */
export function pairCount(players: number, size: number): number {
  let count = 1;
  for (let i = 1; i <= size; i++) count = (count * (players - size + i)) / i;
  return Math.round(2 * size === players ? count / 2 : count);
}

/**
 * Pairs for at most `pairs` questions (Lundberg and Lee 2017; paired as in Covert and Lee 2021): sizes are enumerated from the outside in
 * while their share of the kernel pays for all of their pairs, the rest is drawn. Single players are always enumerated.
 */
export function planCoalitions(players: number, pairs: number, random: Random): CoalitionPlan {
  const shares = sizeShares(players);
  const members: number[] = [];
  const sizes: number[] = [];
  const add = (chosen: Iterable<number>, size: number) => {
    const begin = members.length;
    for (let i = 0; i < players; i++) members.push(0);
    for (const player of chosen) members[begin + player] = 1;
    sizes.push(size);
  };
  let left = 1;
  let size = 1;
  for (; size < shares.length; size++) {
    const count = pairCount(players, size);
    const affordable = (Math.max(0, pairs - sizes.length) * shares[size]) / left >= count * (1 - 1e-9);
    if (size > 1 && !affordable) break;
    for (const chosen of pairsOfSize(players, size)) add(chosen, size);
    left -= shares[size];
  }
  const enumerated = sizes.length;
  if (size === shares.length) left = 0;
  if (left > 0) {
    for (let i = enumerated; i < Math.max(pairs, 2 * enumerated); i++) {
      const drawn = drawSize(shares, size, left, random);
      add(random.permutation(players).subarray(0, drawn), drawn);
    }
  }
  return { players, members: Uint8Array.from(members), sizes: Uint32Array.from(sizes), enumerated, sampledShare: left };
}

function drawSize(shares: Float64Array, first: number, left: number, random: Random): number {
  let rest = random.uniform() * left;
  for (let size = first; size < shares.length - 1; size++) {
    rest -= shares[size];
    if (rest < 0) return size;
  }
  return shares.length - 1;
}

/** All subsets of that size in order; of half of the players only those with the first one, the others are their complements. */
function* pairsOfSize(players: number, size: number): Generator<number[]> {
  const chosen = Array.from({ length: size }, (_, i) => i);
  const isHalf = 2 * size === players;
  for (;;) {
    yield [...chosen];
    let i = size - 1;
    while (i >= 0 && chosen[i] === players - size + i) i--;
    if (i < 0 || (isHalf && i === 0)) return;
    chosen[i]++;
    for (let j = i + 1; j < size; j++) chosen[j] = chosen[j - 1] + 1;
  }
}
