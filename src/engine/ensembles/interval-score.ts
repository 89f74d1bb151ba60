/** How far an interval reaches from its prediction to either side, in units of a row's own size; null: without bound. Plain JSON. */
export interface Reach {
  readonly below: number | null;
  readonly above: number | null;
}

/**
 * Mean interval score (Winkler 1972; Gneiting and Raftery 2007, equation 43): the width, and 2 / alpha times the distance of a truth that
 * is outside. Least in expectation for the interval between the true alpha / 2 and 1 - alpha / 2 quantiles: width and coverage in one number.
 * @param errors [rows] truth - prediction
 * @param sizes [rows] what the reach is multiplied by
 */
export function intervalScore(
  errors: Float64Array,
  sizes: Float64Array,
  { below, above }: Reach,
  alpha: number,
): number {
  if (below === null || above === null) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (let row = 0; row < errors.length; row++) {
    const [low, high] = [-below * sizes[row], above * sizes[row]];
    sum += high - low + (2 / alpha) * (Math.max(0, low - errors[row]) + Math.max(0, errors[row] - high));
  }
  return sum / errors.length;
}
