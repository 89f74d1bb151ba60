import type { Distribution, Value } from '../../../shared/space.ts';
import type { Random } from '../../random.ts';
import { type Numeric, numericAxis } from '../../space/axis.ts';
import { fromNumber, isCategorical, size, toNumber } from '../../space/distribution.ts';
import { decodeValue, encodeValue } from '../../space/encoding.ts';

/** The larger, the smaller the steps; the usual value (Deb and Agrawal 1999). */
const smallness = 20;

/** Another value of the distribution: any other choice, or a number not far away, at least one step of a grid. The same where there is only one. */
export function mutateValue(distribution: Distribution, value: Value, random: Random): Value {
  if (size(distribution) === 1) return value;
  if (isCategorical(distribution)) {
    const others = distribution.choices.filter((choice) => choice !== value);
    return others[random.integer(others.length)];
  }
  const moved = decodeValue(distribution, polynomial(encodeValue(distribution, value), random));
  return moved === value && Number.isFinite(size(distribution)) ? neighbour(distribution, value, random) : moved;
}

/** Polynomial mutation within [0, 1]: small steps most often, cut so that no mass is lost at the ends (Deb and Agrawal 1999). */
export function polynomial(x: number, random: Random): number {
  const u = random.uniform();
  const power = 1 / (smallness + 1);
  if (u < 0.5) return x + (2 * u + (1 - 2 * u) * (1 - x) ** (smallness + 1)) ** power - 1;
  return x + 1 - (2 * (1 - u) + (2 * u - 1) * x ** (smallness + 1)) ** power;
}

/** The value before or after on a grid. */
function neighbour(distribution: Numeric, value: Value, random: Random): Value {
  const { count, step, valueAt } = numericAxis(distribution);
  const place = Math.round((toNumber(distribution, value) - valueAt(0)) / (step as number));
  const up = place === 0 || (place < count - 1 && random.uniform() < 0.5);
  return fromNumber(distribution, valueAt(place + (up ? 1 : -1)));
}
