import { isOver, type Trial } from '../../../../shared/trial.ts';
import type { StudyView } from '../../study-view.ts';
import type { Bracket } from './brackets.ts';

/** Where a trial may be started now, so that synchronous halving goes on. */
export interface Place {
  readonly bracket: number;
  readonly rung: number;
  readonly fidelity: number;
  /** How many trials the rung is meant to have. */
  readonly size: number;
  /** Trials of the rung so far. */
  readonly own: readonly Trial[];
  /** Trials of the rung below, all over; empty on the lowest rung. */
  readonly below: readonly Trial[];
}

/**
 * The places that are free, oldest bracket first, read off the trials' attributes `SAMPLER.bracket` and `SAMPLER.rung`. A rung opens when
 * all trials of the one below are over; a worker that would wait for them finds the next bracket (Li et al. 2018, section 3; DEHB and
 * HpBandSter run brackets side by side likewise). A taker that has nothing for a place asks for the next one.
 * @param bracketAt the shape of the i-th bracket
 * @param kinds after how many brackets the shapes repeat
 */
export function* openPlaces(
  study: StudyView,
  sampler: string,
  bracketAt: (i: number) => Bracket,
  kinds: number,
): Generator<Place> {
  const members = byBracket(study.trials, sampler);
  const last = members.size === 0 ? 0 : Math.max(...members.keys()) + 1;
  for (let bracket = 0; bracket < last + kinds; bracket++) {
    yield* openPlacesOf(bracket, bracketAt(bracket), members.get(bracket) ?? []);
  }
}

function* openPlacesOf(bracket: number, { sizes, fidelities }: Bracket, members: readonly Trial[][]): Generator<Place> {
  let below: readonly Trial[] = [];
  for (const [rung, fidelity] of fidelities.entries()) {
    // What was run at another amount, before the resource was changed, tells nothing about this rung.
    const own = (members[rung] ?? []).filter((trial) => trial.fidelity === fidelity);
    if (own.length < sizes[rung]) yield { bracket, rung, fidelity, size: sizes[rung], own, below };
    if (own.length === 0 || !own.every(isOver)) return;
    below = own;
  }
}

/** [rungs][trials] of each bracket that has been begun. */
function byBracket(trials: readonly Trial[], sampler: string): Map<number, Trial[][]> {
  const [bracketName, rungName] = placeNames(sampler);
  const brackets = new Map<number, Trial[][]>();
  for (const trial of trials) {
    const bracket = trial.attributes[bracketName];
    const rung = trial.attributes[rungName];
    if (typeof bracket !== 'number' || typeof rung !== 'number') continue;
    const rungs = brackets.get(bracket) ?? [];
    brackets.set(bracket, rungs);
    rungs[rung] ??= [];
    rungs[rung].push(trial);
  }
  return brackets;
}

const placeNames = (sampler: string): [string, string] => [`${sampler}.bracket`, `${sampler}.rung`];

/** The attributes by which a trial at a place is found again. */
export function placeAttributes(sampler: string, { bracket, rung }: Place): Record<string, number> {
  const [bracketName, rungName] = placeNames(sampler);
  return { [bracketName]: bracket, [rungName]: rung };
}
