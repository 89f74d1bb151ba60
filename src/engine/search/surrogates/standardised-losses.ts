/** Losses with mean 0 and standard deviation 1, and the way back to their unit. */
export interface StandardisedLosses {
  readonly values: Float64Array;
  /** A mean in the losses' unit; finite, however far away. */
  mean(value: number): number;
  /** A standard deviation in the losses' unit; finite. */
  deviation(value: number): number;
}

/**
 * Standardises losses of any finite size: squares are only taken of shares of the largest, so that even 1e308 does not overflow. Equal
 * losses all become 0.
 * @param losses [observations] at least one
 */
export function standardise(losses: Float64Array): StandardisedLosses {
  const unit = losses.reduce((most, loss) => Math.max(most, Math.abs(loss)), 0) || 1;
  const shares = losses.map((loss) => loss / unit);
  const [least, most] = [shares.reduce((a, b) => Math.min(a, b)), shares.reduce((a, b) => Math.max(a, b))];
  // The mean of equal numbers, summed, is not always that number.
  const centre = least === most ? least : shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const spread = Math.sqrt(shares.reduce((sum, share) => sum + (share - centre) ** 2, 0) / shares.length);
  const scale = spread > 0 ? spread : 1;
  return {
    values: shares.map((share) => (share - centre) / scale),
    mean: (value) => finite((centre + value * scale) * unit),
    deviation: (value) => finite(value * scale * unit),
  };
}

const finite = (value: number): number => Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));
