import type { Params, Space } from '../../../shared/space.ts';
import type { Reason, Trial } from '../../../shared/trial.ts';
import { containsConfiguration } from '../../space/configuration.ts';
import type { Split } from './tpe-split.ts';

/** Values for one group of parameters that were considered. */
export interface Candidate {
  readonly params: Params;
  /** Its coordinates in the group's estimators. */
  readonly point: Float64Array;
  /** A trial has this very configuration. */
  readonly tried: boolean;
  /** log l - log g of the group. */
  readonly acquisition: number;
}

/** How one group's values were chosen. */
export interface GroupChoice {
  readonly split: Split;
  /** Of the rest, those that make g. */
  readonly against: readonly Trial[];
  readonly taken: Candidate;
  /** Best first. */
  readonly rejected: readonly Candidate[];
  /** Share of each good trial's kernel in l at what was taken, the prior's last. */
  readonly goodShares: Float64Array;
  /** Likewise of the kernels in g. */
  readonly restShares: Float64Array;
  readonly contributions: NonNullable<Reason['parameters']>;
}

/** Voices and alternatives that a reason names at most. */
const named = 3;
/** Share of a density, on average over the groups, from which on a trial is heard. */
const leastHeard = 0.05;

export const startUpReason = (sampler: string, finished: number, needed: number): Reason => ({
  sampler,
  phase: 'start-up',
  words: `Drawn at random: ${finished} of the ${needed} finished trials that the sampler needs before it learns.`,
});

/** The reason of a suggestion, from what was computed when it was made. `params`: all that the groups took together. */
export function tpeReason(sampler: string, choices: readonly GroupChoice[], params: Params, space: Space): Reason {
  const acquisition = choices.reduce((sum, { taken }) => sum + taken.acquisition, 0);
  const spokeFor = voices(choices.map(({ split, goodShares }) => [split.good, goodShares]));
  const spokeAgainst = voices(choices.map(({ against, restShares }) => [against, restShares]));
  const prior = choices.reduce((sum, { goodShares }) => sum + goodShares[goodShares.length - 1], 0) / choices.length;
  const phase = prior > 0.5 ? 'explore' : 'exploit';
  const known = choices[0]?.split;
  return {
    sampler,
    phase,
    words: words(phase, acquisition, spokeFor, spokeAgainst),
    acquisition,
    acquisitionName: 'log l - log g',
    parameters: choices.flatMap(({ contributions }) => contributions),
    ...(known && { surrogate: { name: 'Parzen estimators', trials: known.good.length + known.rest.length } }),
    rejected: alternatives(choices, acquisition, params, space),
    spokeFor,
    spokeAgainst,
  };
}

/** Numbers of the trials whose kernels had the largest shares, summed over the groups; those below a twentieth are not heard. */
function voices(groups: readonly (readonly [readonly Trial[], Float64Array])[]): number[] {
  const loud = new Set(
    groups.flatMap(([trials, shares]) => trials.filter((_, i) => shares[i] >= leastHeard).map(({ number }) => number)),
  );
  const sums = new Map([...loud].map((number) => [number, 0]));
  for (const [trials, shares] of groups) {
    for (let i = 0; i < trials.length; i++) {
      const sum = loud.size > 0 ? sums.get(trials[i].number) : undefined;
      if (sum !== undefined) sums.set(trials[i].number, sum + shares[i]);
    }
  }
  return [...sums]
    .filter(([, sum]) => sum >= leastHeard * groups.length)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, named)
    .map(([number]) => number);
}

/** The best whole configurations that differ in one group's candidate; one that would open or close other groups is not whole. */
function alternatives(choices: readonly GroupChoice[], total: number, params: Params, space: Space) {
  const seen = new Set([JSON.stringify(params)]);
  const whole = choices.flatMap(({ taken, rejected }) =>
    rejected.map((candidate) => ({
      params: { ...params, ...candidate.params },
      acquisition: total - taken.acquisition + candidate.acquisition,
    })),
  );
  const best: { params: Params; acquisition: number }[] = [];
  for (const candidate of whole.sort((a, b) => b.acquisition - a.acquisition)) {
    const text = JSON.stringify(candidate.params);
    if (best.length === named) break;
    if (seen.has(text) || !containsConfiguration(space, candidate.params)) continue;
    seen.add(text);
    best.push(candidate);
  }
  return best;
}

function words(
  phase: 'explore' | 'exploit',
  acquisition: number,
  spokeFor: readonly number[],
  spokeAgainst: readonly number[],
): string {
  const ratio = Math.exp(acquisition);
  const times = ratio >= 1 ? `${round(ratio)} times` : `only ${round(ratio)} times`;
  const where = `where good trials are ${times} as dense as the others`;
  const near = spokeFor.length > 0 ? `Close to the good ${trialList(spokeFor)}` : 'Among the good trials';
  const first = phase === 'explore' ? 'Explores' : near;
  return `${first}, ${where}${spokeAgainst.length > 0 ? `; ${trialList(spokeAgainst)} spoke against it` : ''}.`;
}

const round = (value: number) => (value >= 100 ? Math.round(value) : Number(value.toPrecision(2)));

const trialList = (numbers: readonly number[]): string =>
  numbers.length === 1 ? `trial ${numbers[0]}` : `trials ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
