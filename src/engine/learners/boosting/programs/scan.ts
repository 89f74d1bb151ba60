import {
  add,
  type Code,
  constant,
  define,
  type FunctionDefinition,
  f64,
  i32,
  i64,
  multiply,
  subtract,
} from '../../../networks/backends/wasm/assembler.ts';
import {
  choose,
  doubleAdd,
  doubleDivide,
  doubleIsLess,
  doubleMultiply,
  doubleSubtract,
  doubleToInteger,
  integerAnd,
  integerIsEqual,
  integerIsLess,
  integerOr,
  integerShiftRight,
  integerToDouble,
  integerToLong,
  loadDouble,
  loadInteger,
  loadLong,
  longAdd,
  longIsNotZero,
  longShiftRight,
  longToDouble,
  longToInteger,
  longZero,
  not,
  repeatWhile,
  storeDouble,
  storeInteger,
  storeLong,
} from './instructions.ts';

/** Bytes of what a scan knows of a column: its number, where its bins begin, how many there are; at 16 a share for its random cut. */
export const scannedBytes = 24;

/**
 * Where a scan writes the best split, in bytes: gain; column; place of the last bin on the left; 1 where missing rows go left; the
 * sums of the left side.
 */
export const found = { gain: 0, column: 8, last: 12, missingLeft: 16, sums: 24 } as const;
export const foundBytes = 40;

/**
 * `scan(sums, columns, end, found, rows, minRows, shift, mask, randomCuts, g, h, l2, minH)`: `bestThreshold` of split.ts without its
 * penalties and limits, over the packed sums of several columns, at least one. A split is written where its gain, G^2 / (H + l2) of both sides, is above
 * the one that stands there. Everything in the units of the sums; rows, g, h: of the node. randomCuts: not 0 for one threshold a column.
 */
export const defineScan: FunctionDefinition = define(
  'scan',
  [...Array(9).fill(i32), f64, f64, f64, f64],
  ([sums, column, end, out, rows, minRows, shift, mask, randomCuts, nodeG, nodeH, l2, minH], variable) => {
    const [first, final, at, stop, only, low, high, count, pass] = Array.from({ length: 9 }, () => variable(i32));
    const [packedG, packedH] = [variable(i64), variable(i64)];
    const [g, h, gain, best, mostH, rest] = Array.from({ length: 6 }, () => variable(f64));
    const bin = 16;
    const hasRows = (place: Code): Code => longIsNotZero(loadLong(place, 8));
    const score = (sum: Code, weight: Code): Code => doubleDivide(doubleMultiply(sum, sum), doubleAdd(weight, l2.get));
    const isMeant: Code = integerOr(
      integerOr(integerIsEqual(only.get, constant(0)), integerIsEqual(at.get, only.get)),
      // All values against the missing ones.
      integerIsEqual(at.get, final.get),
    );
    const keep: Code = [
      ...best.set(gain.get),
      ...storeDouble(out.get, gain.get, found.gain),
      ...storeInteger(out.get, loadInteger(column.get), found.column),
      ...storeInteger(out.get, at.get, found.last),
      ...storeInteger(out.get, pass.get, found.missingLeft),
      ...storeLong(out.get, packedG.get, found.sums),
      ...storeLong(out.get, packedH.get, found.sums + 8),
    ];
    const judge: Code = [
      ...g.set(longToDouble(packedG.get)),
      ...rest.set(doubleSubtract(nodeG.get, g.get)),
      ...gain.set(doubleAdd(score(g.get, h.get), score(rest.get, doubleSubtract(nodeH.get, h.get)))),
      ...choose(doubleIsLess(best.get, gain.get), keep),
    ];
    const leave: Code = at.set(stop.get);
    const consider: Code = [
      ...count.set(integerAnd(longToInteger(packedH.get), mask.get)),
      ...choose(
        integerIsLess(count.get, minRows.get),
        [],
        choose(integerIsLess(subtract(rows.get, count.get), minRows.get), leave, [
          ...h.set(longToDouble(longShiftRight(packedH.get, integerToLong(shift.get)))),
          ...choose(doubleIsLess(h.get, minH.get), [], choose(doubleIsLess(mostH.get, h.get), leave, judge)),
        ]),
      ),
    ];
    const scanOnce: Code = [
      ...at.set(add(first.get, constant(bin))),
      ...repeatWhile(integerIsLess(at.get, stop.get), [
        ...choose(integerOr(hasRows(at.get), integerIsEqual(at.get, only.get)), [
          ...packedG.set(longAdd(packedG.get, loadLong(at.get))),
          ...packedH.set(longAdd(packedH.get, loadLong(at.get, 8))),
          ...choose(isMeant, consider),
        ]),
        ...at.increase(constant(bin)),
      ]),
    ];
    /** A threshold between the lowest and the highest bin that has rows; where there is only one such bin, none: no place is at 1. */
    const draw: Code = [
      ...low.set(add(first.get, constant(bin))),
      ...high.set(final.get),
      ...repeatWhile(integerAnd(integerIsLess(low.get, high.get), not(hasRows(low.get))), low.increase(constant(bin))),
      ...repeatWhile(
        integerAnd(integerIsLess(low.get, high.get), not(hasRows(high.get))),
        high.set(subtract(high.get, constant(bin))),
      ),
      ...choose(
        integerIsLess(low.get, high.get),
        only.set(
          add(
            low.get,
            multiply(
              doubleToInteger(
                doubleMultiply(
                  loadDouble(column.get, 16),
                  integerToDouble(integerShiftRight(subtract(high.get, low.get), constant(4))),
                ),
              ),
              constant(bin),
            ),
          ),
        ),
        only.set(constant(1)),
      ),
    ];
    return [
      ...best.set(loadDouble(out.get, found.gain)),
      ...mostH.set(doubleSubtract(nodeH.get, minH.get)),
      ...repeatWhile(integerIsLess(column.get, end.get), [
        ...first.set(add(sums.get, loadInteger(column.get, 4))),
        ...final.set(add(first.get, multiply(subtract(loadInteger(column.get, 8), constant(1)), constant(bin)))),
        ...choose(randomCuts.get, draw),
        // Missing rows on the right.
        ...pass.set(constant(0)),
        ...packedG.set(longZero),
        ...packedH.set(longZero),
        ...stop.set(final.get),
        ...choose(hasRows(first.get), stop.increase(constant(bin))),
        ...scanOnce,
        // And on the left.
        ...choose(hasRows(first.get), [
          ...pass.set(constant(1)),
          ...packedG.set(loadLong(first.get)),
          ...packedH.set(loadLong(first.get, 8)),
          ...stop.set(final.get),
          ...scanOnce,
        ]),
        ...column.increase(constant(scannedBytes)),
      ]),
    ];
  },
);
