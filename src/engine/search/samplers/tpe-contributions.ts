import type { Parameter } from '../../../shared/space.ts';
import type { Reason } from '../../../shared/trial.ts';
import type { ParzenEstimator } from './parzen-estimator.ts';

/**
 * What each parameter's value adds to log l (exploit) and to -log g (explore), against the same point with the best trial's value there.
 * @param point coordinates that were taken, one a parameter
 * @param best those of the best trial
 */
export function contributionsOf(
  group: readonly Parameter[],
  l: ParzenEstimator,
  g: ParzenEstimator,
  point: Float64Array,
  best: Float64Array,
): NonNullable<Reason['parameters']> {
  const [logL, logG] = [l.logDensity(point), g.logDensity(point)];
  return group.map(({ name }, i) => {
    if (point[i] === best[i]) return { name, exploit: 0, explore: 0 };
    const other = point.with(i, best[i]);
    return { name, exploit: logL - l.logDensity(other), explore: g.logDensity(other) - logG };
  });
}
