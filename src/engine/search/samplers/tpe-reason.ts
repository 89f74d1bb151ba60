import type { Params, Space } from '../../../shared/space.ts';
import type { Reason } from '../../../shared/trial.ts';
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
  readonly taken: Candidate;
  /** Best first. */
  readonly rejected: readonly Candidate[];
  /** Share of each good trial's kernel in l at what was taken, the prior's last. */
  readonly goodShares: Float64Array;
  /** Likewise of the other trials' kernels in g. */
  readonly restShares: Float64Array;
}

/** Voices and alternatives that a reason names at most. */
const named = 3;

export const startUpReason = (finished: number, needed: number): Reason => ({
  sampler: 'tpe',
  phase: 'start-up',
  words: `Drawn at random: ${finished} of the ${needed} finished trials that the sampler needs before it learns.`,
});

/** The reason of a suggestion, from what was computed when it was made. `params`: all that the groups took together. */
export function tpeReason(choices: readonly GroupChoice[], params: Params, space: Space): Reason {
  const acquisition = choices.reduce((sum, { taken }) => sum + taken.acquisition, 0);
  const spokeFor = voices(choices.map(({ split, goodShares }) => [split.good, goodShares]));
  const spokeAgainst = voices(choices.map(({ split, restShares }) => [split.rest, restShares]));
  const prior = choices.reduce((sum, { goodShares }) => sum + goodShares[goodShares.length - 1], 0) / choices.length;
  const phase = prior > 0.5 ? 'explore' : 'exploit';
  return {
    sampler: 'tpe',
    phase,
    words: words(phase, acquisition, spokeFor, spokeAgainst),
    acquisition,
    rejected: alternatives(choices, acquisition, params, space),
    spokeFor,
    spokeAgainst,
  };
}

/** Numbers of the trials whose kernels had the largest shares, summed over the groups; those below a twentieth are not heard. */
function voices(groups: readonly (readonly [Split['good'], Float64Array])[]): number[] {
  const shares = new Map<number, number>();
  for (const [trials, values] of groups) {
    for (const [i, { number }] of trials.entries()) shares.set(number, (shares.get(number) ?? 0) + values[i]);
  }
  const loud = [...shares].filter(([, share]) => share >= 0.05 * groups.length);
  return loud
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
