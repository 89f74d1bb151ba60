import type { Distribution, Value } from '../../../shared/space.ts';
import type { Random } from '../../random.ts';
import { isCategorical } from '../../space/distribution.ts';
import { decodeValue, encodeValue } from '../../space/encoding.ts';

/** How alike children are to their parents; the usual value for numbers (Deb and Agrawal 1995). */
const likeness = 15;

/** A child's value from both parents' values: one of the two choices, or a number around the one of the first or second parent. */
export function crossValues(distribution: Distribution, first: Value, second: Value, random: Random): Value {
  const [near, far] = random.uniform() < 0.5 ? [first, second] : [second, first];
  if (near === far || isCategorical(distribution) || random.uniform() < 0.5) return near;
  return decodeValue(
    distribution,
    simulatedBinary(encodeValue(distribution, near), encodeValue(distribution, far), random),
  );
}

/**
 * Simulated binary crossover (Deb and Agrawal 1995): a coordinate near the first parent's, spread in proportion to the parents'
 * distance; cut to [0, 1].
 */
export function simulatedBinary(near: number, far: number, random: Random): number {
  const u = random.uniform();
  const spread = u <= 0.5 ? (2 * u) ** (1 / (likeness + 1)) : (1 / (2 * (1 - u))) ** (1 / (likeness + 1));
  return Math.min(1, Math.max(0, 0.5 * ((1 + spread) * near + (1 - spread) * far)));
}
