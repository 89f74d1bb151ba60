import type { Reason } from '../../shared/trial.ts';
import type { LearnerMark } from '../charts/learner-marks.ts';

type Phase = Reason['phase'];

/** What a suggestion was for, in a word or two. */
export const phaseTitles: Readonly<Record<Phase, string>> = {
  default: 'default values',
  enqueued: 'asked for',
  'start-up': 'start-up',
  explore: 'exploring',
  exploit: 'exploiting',
  mutate: 'mutation',
  promote: 'goes on with more of the resource',
  resume: 'resumed',
  imported: 'imported',
};

/** A phase's colour and shape, the same in every drawing of the search; the shape alone tells them apart. */
export const phaseMarks: Readonly<Record<Phase, LearnerMark>> = {
  default: { shape: 'star', color: 'quiet' },
  enqueued: { shape: 'cross', color: 'quiet' },
  'start-up': { shape: 'circle', color: 'quiet' },
  explore: { shape: 'triangle', color: 'blue' },
  exploit: { shape: 'rect', color: 'green' },
  mutate: { shape: 'rectRot', color: 'purple' },
  promote: { shape: 'rectRounded', color: 'orange' },
  resume: { shape: 'rectRounded', color: 'yellow' },
  imported: { shape: 'circle', color: 'blue' },
};
