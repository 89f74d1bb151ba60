/** Share of the training over which the rate rises from 0. */
const warmUp = 0.05;

/**
 * Factor of the learning rate when a share `progress` in [0, 1] of the training is done: a short linear rise, while Adam's
 * second moments are still guesses, then half a cosine down to 0 (Loshchilov and Hutter 2017, equation 5, one period).
 */
export function cosineSchedule(progress: number): number {
  if (progress < warmUp) return progress / warmUp;
  return 0.5 * (1 + Math.cos((Math.PI * (progress - warmUp)) / (1 - warmUp)));
}
