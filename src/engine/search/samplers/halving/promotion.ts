import type { Reason, Trial } from '../../../../shared/trial.ts';
import { containsConfiguration } from '../../../space/configuration.ts';
import { fittestFirst } from '../../populations/standing.ts';
import type { Suggestion } from '../../sampler.ts';
import type { Resource, StudyView } from '../../study-view.ts';

/** A trial that may go on with more of the resource, and how it stands among those it is compared with. */
export interface Candidate {
  readonly trial: Trial;
  /** From 1. */
  readonly rank: number;
  /** How many were compared, and how many of them may go on. */
  readonly of: number;
  readonly places: number;
  /** The best that may not go on. */
  readonly passedOver: readonly Trial[];
}

/** The best of a rung that may go on and has not done so yet, to an amount of the resource; undefined where all have. */
export function promotable(
  study: StudyView,
  rung: readonly Trial[],
  places: number,
  fidelity: number,
): Candidate | undefined {
  if (places === 0) return undefined;
  const complete = rung.filter(({ state }) => state === 'complete');
  const ranked = fittestFirst(complete, study.directions);
  const gone = continuedTrials(study.trials);
  const mayGoOn = ({ number, params }: Trial): boolean =>
    !gone.has(number) && containsConfiguration(study.space, params) && !study.tried(params, fidelity);
  const index = ranked.findIndex((trial, i) => i < places && mayGoOn(trial));
  if (index < 0) return undefined;
  const passedOver = ranked.slice(places, places + 3);
  return { trial: ranked[index], rank: index + 1, of: rung.length, places, passedOver };
}

/** Numbers of the trials that another one goes on with. */
function continuedTrials(trials: readonly Trial[]): ReadonlySet<number> {
  const gone = new Set<number>();
  for (const { continues } of trials) if (continues !== undefined) gone.add(continues);
  return gone;
}

/** The candidate's configuration again, with more of the resource. */
export const promotion = (
  sampler: string,
  candidate: Candidate,
  fidelity: number,
  resource: Resource,
  attributes: Suggestion['attributes'],
): Suggestion => ({
  params: candidate.trial.params,
  fidelity,
  continues: candidate.trial.number,
  attributes,
  why: promotionReason(sampler, candidate, fidelity, resource),
});

function promotionReason(sampler: string, candidate: Candidate, fidelity: number, resource: Resource): Reason {
  const { trial, rank, of, places, passedOver } = candidate;
  const among = `ranks ${rank} of ${of} at ${amount(trial.fidelity ?? resource.max, resource)}`;
  const best = places === 1 ? 'the best one goes' : `the best ${places} go`;
  return {
    sampler,
    phase: 'promote',
    words: `Goes on with the configuration of trial ${trial.number}: it ${among}, and ${best} on to ${amount(fidelity, resource)}.`,
    spokeFor: [trial.number],
    spokeAgainst: passedOver.map(({ number }) => number),
  };
}

/** '9 epochs' */
export const amount = (fidelity: number, { name }: Resource): string => `${Number(fidelity.toPrecision(4))} ${name}`;
