import {
  add,
  constant,
  define,
  type FunctionDefinition,
  f64,
  i32,
  i64,
  untilReached,
} from '../../../networks/backends/wasm/assembler.ts';
import {
  doubleMultiply,
  integerToLong,
  loadFloatAsDouble,
  loadLong,
  loadPair,
  longAnd,
  longOne,
  longOr,
  longShiftLeft,
  longShiftRight,
  longToDouble,
  pairSubtract,
  storeDouble,
  storeLong,
  storePair,
  toLong,
} from './instructions.ts';

/**
 * `quantise(gradient, hessian, end, values, gradientScale, hessianScale, shift)`: two float32 a row become two whole numbers,
 * the second with a 1 below the hessian that counts the row. end: of the gradient.
 */
export const defineQuantise: FunctionDefinition = define(
  'quantise',
  [i32, i32, i32, i32, f64, f64, i32],
  ([gradient, hessian, end, values, gradientScale, hessianScale, shift]) =>
    untilReached(gradient, end.get, [
      ...storeLong(values.get, toLong(doubleMultiply(loadFloatAsDouble(gradient.get), gradientScale.get))),
      ...storeLong(
        values.get,
        longOr(
          longShiftLeft(
            toLong(doubleMultiply(loadFloatAsDouble(hessian.get), hessianScale.get)),
            integerToLong(shift.get),
          ),
          longOne,
        ),
        8,
      ),
      ...gradient.increase(constant(4)),
      ...hessian.increase(constant(4)),
      ...values.increase(constant(16)),
    ]),
);

/** `subtract(parent, end, child)`: parent -= child, pair by pair. */
export const defineSubtract: FunctionDefinition = define('subtract', [i32, i32, i32], ([parent, end, child]) =>
  untilReached(parent, end.get, [
    ...storePair(parent.get, pairSubtract(loadPair(parent.get), loadPair(child.get))),
    ...parent.increase(constant(16)),
    ...child.increase(constant(16)),
  ]),
);

/** `unpack(sums, end, out, gradientUnit, hessianUnit, shift, mask)`: gradient, hessian and rows of each bin as three doubles. */
export const defineUnpack: FunctionDefinition = define(
  'unpack',
  [i32, i32, i32, f64, f64, i32, i32],
  ([sums, end, out, gradientUnit, hessianUnit, shift, mask], variable) => {
    const packed = variable(i64);
    return untilReached(sums, end.get, [
      ...packed.set(loadLong(sums.get, 8)),
      ...storeDouble(out.get, doubleMultiply(longToDouble(loadLong(sums.get)), gradientUnit.get)),
      ...storeDouble(
        out.get,
        doubleMultiply(longToDouble(longShiftRight(packed.get, integerToLong(shift.get))), hessianUnit.get),
        8,
      ),
      ...storeDouble(out.get, longToDouble(longAnd(packed.get, integerToLong(mask.get))), 16),
      ...sums.increase(constant(16)),
      ...out.set(add(out.get, constant(24))),
    ]);
  },
);
