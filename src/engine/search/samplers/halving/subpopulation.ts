import type { Trial } from '../../../../shared/trial.ts';
import { createRandom } from '../../../random.ts';
import { containsConfiguration } from '../../../space/configuration.ts';
import { isCategorical } from '../../../space/distribution.ts';
import { encode } from '../../../space/encoding.ts';
import { fittestFirst } from '../../populations/standing.ts';
import type { StudyView } from '../../study-view.ts';

/** A member of a population as differential evolution moves it. */
export interface Individual {
  /** A point of the unit cube without gaps. */
  readonly point: Float64Array;
  /** The trial that it is; undefined for one drawn at random to fill a population up. */
  readonly number?: number;
}

/** DEHB's population at one amount of the resource (Awad et al. 2021, section 3.2): in each slot the best trial that was made for it. */
export interface Subpopulation {
  /** The slot of the next trial: they take turns. */
  readonly next: number;
  /** By slot; gaps where no trial has been completed yet. */
  readonly members: readonly (Trial | undefined)[];
  /** The members, best first. */
  readonly ranked: readonly Trial[];
}

const slotName = 'dehb.slot';
export const slotAttribute = (slot: number): Record<string, number> => ({ [slotName]: slot });

/** @param size number of slots */
export function subpopulation(study: StudyView, fidelity: number, size: number): Subpopulation {
  const slots: Trial[][] = Array.from({ length: size }, () => []);
  let started = 0;
  for (const trial of study.trials) {
    const slot = trial.attributes[slotName];
    if (typeof slot !== 'number' || trial.fidelity !== fidelity) continue;
    started++;
    if (slot < size && trial.state === 'complete') slots[slot].push(trial);
  }
  // Newest first, so that among equals the newer one stays: a plateau must not hold the population where it began.
  const members = slots.map((trials) =>
    fittestFirst(trials.toReversed(), study.directions).find(({ params }) =>
      containsConfiguration(study.space, params),
    ),
  );
  const known = members.filter((trial) => trial !== undefined);
  return { next: started % size, members, ranked: fittestFirst(known, study.directions) };
}

/**
 * A trial as an individual. A choice is a point drawn from its cell, the same whenever it is asked for, and a parameter that is not
 * active anywhere: differences between middles of cells would always land on the same edges of others.
 */
export function individual({ space, seed }: StudyView, { number, params }: Trial): Individual {
  const random = createRandom(seed).fork(`individual ${number}`);
  const point = encode(space, params);
  for (const [i, { distribution }] of space.parameters.entries()) {
    const within = random.uniform();
    if (Number.isNaN(point[i])) point[i] = within;
    else if (isCategorical(distribution)) point[i] += (within - 0.5) / distribution.choices.length;
  }
  return { point, number };
}
