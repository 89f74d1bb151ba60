import { createRandom } from '../../../src/engine/random.ts';
import type { StudyView } from '../../../src/engine/search/study-view.ts';
import { configurationKey, sampleConfiguration } from '../../../src/engine/space/configuration.ts';
import {
  describeSpace,
  type ForbiddenDescription,
  type SpaceDescription,
} from '../../../src/engine/space/description.ts';
import type { Direction } from '../../../src/shared/metrics.ts';
import type { Params } from '../../../src/shared/space.ts';
import type { Trial } from '../../../src/shared/trial.ts';
import { deepFreeze } from './frozen-study.ts';

export interface JudgedStudy {
  readonly space: SpaceDescription;
  readonly forbidden?: readonly ForbiddenDescription[];
  readonly trials: number;
  /** One value, or one an objective. */
  readonly value: (params: Params) => number | readonly number[];
  readonly directions?: readonly Direction[];
  /** The configuration that the search began with. */
  readonly first?: Params;
  readonly seed?: number;
}

/** A study of complete trials drawn at random, a second apart, unchangeable. */
export function judgedStudy(given: JudgedStudy): StudyView {
  const { value, directions = ['minimize'], first, seed = 1 } = given;
  const space = describeSpace(given.space, given.forbidden);
  const random = createRandom(seed);
  const trials = Array.from({ length: given.trials }, (_, number): Trial => {
    const isFirst = number === 0 && first !== undefined;
    const params = isFirst ? first : sampleConfiguration(space, random);
    const values = [value(params)].flat();
    const why = { sampler: 'random', phase: isFirst ? 'default' : 'start-up', words: 'Drawn at random.' } as const;
    const times = { startedAt: 1000 * number, endedAt: 1000 * number + 900 };
    return { number, state: 'complete', params, values, why, intermediate: [], attributes: {}, ...times };
  });
  return studyOf(space, directions, trials);
}

export function studyOf(
  space: StudyView['space'],
  directions: readonly Direction[],
  trials: readonly Trial[],
): StudyView {
  const keys = new Set(trials.map(({ params }) => configurationKey(params)));
  const tried = (params: Params) => keys.has(configurationKey(params));
  return deepFreeze({ space, directions, seed: 1, trials, expected: {}, tried });
}

/** The same study with other trials. */
export const withTrials = (study: StudyView, trials: readonly Trial[]): StudyView =>
  studyOf(study.space, study.directions, trials);
