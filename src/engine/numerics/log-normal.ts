import { cumulative } from './standard-normal.ts';

/** Functions of the standard normal distribution that stay exact where the plain ones underflow or cancel. */

const logRootTwoPi = 0.5 * Math.log(2 * Math.PI);
/** Below it the continued fraction is used: 60 terms then give 12 digits. */
const tail = -2;
const terms = 60;

export const logDensity = (z: number): number => -0.5 * z * z - logRootTwoPi;
export const density = (z: number): number => Math.exp(logDensity(z));

/**
 * c(t) in Laplace's continued fraction of Mills' ratio, R(t) = (1 - Phi(t)) / phi(t) = 1 / (t + c(t)), for t >= 2; it makes
 * 1 - t R(t) = c / (t + c) without cancellation.
 */
function millsRemainder(t: number): number {
  let c = 0;
  for (let k = terms; k >= 1; k--) c = k / (t + c);
  return c;
}

/** log Phi(z). */
export function logCumulative(z: number): number {
  if (z > tail) return Math.log(cumulative(z));
  return logDensity(z) - Math.log(-z + millsRemainder(-z));
}

/** phi(z) / Phi(z), the slope of log Phi. */
export function slopeOfLogCumulative(z: number): number {
  if (z > tail) return density(z) / cumulative(z);
  return -z + millsRemainder(-z);
}

/** log h(z), h(z) = phi(z) + z Phi(z): the expected improvement of a standard normal over -z (Ament et al. 2023, equation 9). */
export function logImprovement(z: number): number {
  if (z > tail) return Math.log(density(z) + z * cumulative(z));
  const c = millsRemainder(-z);
  return logDensity(z) + Math.log(c / (-z + c));
}

/** Phi(z) / h(z), the slope of log h. */
export function slopeOfLogImprovement(z: number): number {
  if (z > tail) return cumulative(z) / (density(z) + z * cumulative(z));
  return 1 / millsRemainder(-z);
}
