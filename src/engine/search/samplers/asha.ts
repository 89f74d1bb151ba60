import { isOver, type Trial } from '../../../shared/trial.ts';
import { sampleValue } from '../../space/distribution.ts';
import type { Sampler } from '../sampler.ts';
import type { StudyView } from '../study-view.ts';
import { freshConfiguration } from './halving/fresh.ts';
import { resourceOf, whole } from './halving/halving-sampler.ts';
import { fidelityLevels } from './halving/levels.ts';
import { type Candidate, promotable, promotion } from './halving/promotion.ts';

export interface AshaOptions {
  /** One in this many goes on from a rung, with this many times the resource. */
  readonly eta?: number;
}

const name = 'asha';

/**
 * Asynchronous successive halving (Li et al. 2020, ASHA, algorithm 2): whenever a worker is free, the best trial of the highest rung that
 * is among its rung's best 1 / eta and has not gone on yet goes on; where there is none, a new random configuration starts on the
 * lowest rung. No worker ever waits, at the price of a few promotions that a full rung would not have made.
 */
export const ashaSampler = ({ eta = 3 }: AshaOptions = {}): Sampler => ({
  name,
  sharesResource: true,
  relativeSpace: (study) => study.space,
  sampleRelative(study, _number, _space, random) {
    const resource = resourceOf(study, name);
    const levels = fidelityLevels(resource, eta);
    const rungs = rungsOf(study, levels);
    const candidate = highest(study, rungs, levels, (rung) => Math.floor(rung.length / eta));
    if (candidate) return goOn(candidate, levels, study);
    const params = freshConfiguration(study, levels[0], random);
    const words = `Drawn at random: no trial is among the best 1 in ${eta} of its rung and could go on.`;
    const why = { sampler: name, phase: 'explore', words } as const;
    if (params) return { params, why, fidelity: levels[0], attributes: { 'asha.rung': 0 } };
    const best = highest(study, rungs, levels, (rung) => rung.length);
    return best ? goOn(best, levels, study) : whole(study, name, resource, random);
  },
  sampleIndependent: (_study, _number, _name, distribution, random) => sampleValue(distribution, random),
});

/** [levels][trials]: those that are over, by the rung that they were started on. */
function rungsOf({ trials }: StudyView, levels: readonly number[]): Trial[][] {
  const rungs: Trial[][] = levels.map(() => []);
  for (const trial of trials) {
    const rung = trial.attributes['asha.rung'];
    if (typeof rung !== 'number' || trial.fidelity !== levels[rung]) continue;
    if (isOver(trial)) rungs[rung].push(trial);
  }
  return rungs;
}

function highest(
  study: StudyView,
  rungs: readonly Trial[][],
  levels: readonly number[],
  places: (rung: readonly Trial[]) => number,
): (Candidate & { readonly rung: number }) | undefined {
  for (let rung = levels.length - 2; rung >= 0; rung--) {
    const candidate = promotable(study, rungs[rung], places(rungs[rung]), levels[rung + 1]);
    if (candidate) return { ...candidate, rung: rung + 1 };
  }
  return undefined;
}

const goOn = (candidate: Candidate & { readonly rung: number }, levels: readonly number[], study: StudyView) =>
  promotion(name, candidate, levels[candidate.rung], resourceOf(study, name), { 'asha.rung': candidate.rung });
