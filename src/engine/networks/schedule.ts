/** Factor of the learning rate when a share `progress` in [0, 1] of the training is done. */
export type Schedule = (progress: number) => number;

/** Share of the training over which the rate rises from 0. */
const warmUp = 0.05;

/**
 * A short linear rise, while Adam's second moments are still guesses, then half a cosine down to 0 (Loshchilov and Hutter 2017,
 * equation 5, one period).
 */
export function cosineSchedule(progress: number): number {
  if (progress < warmUp) return progress / warmUp;
  return halfCosine(1, 0, (progress - warmUp) / (1 - warmUp));
}

/** One cycle (Smith and Topin 2019): from a 25th up to the top in the first quarter, then down to nearly 0, along cosines. */
export const oneCycleSchedule: Schedule = (progress) =>
  progress < 0.25 ? halfCosine(1 / 25, 1, progress / 0.25) : halfCosine(1, 1e-5, (progress - 0.25) / 0.75);

/**
 * Four cycles, each twice as long as the last (RealMLP, Holzmueller et al. 2024, section 3): the rate is 0 at 1/15, 3/15, 7/15 and
 * at the end, so that a training that is cut off has lately come to rest.
 */
export const fourCycleSchedule: Schedule = (progress) =>
  0.5 * (1 - Math.cos(2 * Math.PI * Math.log2(1 + 15 * progress)));

/** Nearly constant, for optimisers that need no schedule: the warm-up only. */
export const constantSchedule: Schedule = (progress) => Math.min(1, progress / warmUp);

export const schedules = {
  cosine: cosineSchedule,
  one_cycle: oneCycleSchedule,
  four_cycles: fourCycleSchedule,
  constant: constantSchedule,
} as const satisfies Record<string, Schedule>;

const halfCosine = (from: number, to: number, share: number): number =>
  to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * share));
