import type { Direction } from '../../../shared/metrics.ts';
import type { Space } from '../../../shared/space.ts';
import type { Trial } from '../../../shared/trial.ts';
import { configurationKey } from '../../space/configuration.ts';
import type { Resource, StudyView } from '../study-view.ts';

/** A study as an analysis needs it; JSON keeps it whole. */
export interface AnalysedStudy {
  readonly space: Space;
  readonly directions: readonly Direction[];
  /** What the objectives are called. */
  readonly objectives: readonly string[];
  readonly seed: number;
  readonly trials: readonly Trial[];
  readonly resource?: Resource;
}

/** Without what no analysis by surrogate looks at: the reasons and the courses of thousands of trials. */
export const lightened = (study: AnalysedStudy): AnalysedStudy => ({
  ...study,
  trials: study.trials.map(({ why: { sampler, phase }, ...trial }) => ({
    ...trial,
    why: { sampler, phase, words: '' },
    intermediate: [],
    attributes: {},
  })),
});

/** As samplers and analyses see it. */
export function viewOf({ space, directions, seed, trials, resource }: AnalysedStudy): StudyView {
  const keys = new Set(trials.map(({ params }) => configurationKey(params)));
  const tried: StudyView['tried'] = (params) => keys.has(configurationKey(params));
  return { space, directions, seed, trials, ...(resource && { resource }), expected: {}, tried };
}
