import { oneStepTuner } from './one-step-tuner.ts';
import { reverseTuner } from './reverse-tuner.ts';
import type { Tuner } from './tuner.ts';

/** Every tuner by its name. */
export const tuners = {
  reverse: reverseTuner(),
  'one-step': oneStepTuner(),
} as const satisfies Record<string, Tuner>;

export type TunerName = keyof typeof tuners;
