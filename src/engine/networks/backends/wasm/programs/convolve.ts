import {
  add,
  constant,
  define,
  type FunctionDefinition,
  i32,
  load,
  loadSplat,
  multiply,
  multiplyAdd,
  store,
  untilReached,
  v128,
} from '../assembler.ts';
import { tileColumns } from './multiply.ts';

/**
 * `convolveN(a, aRow, aInner, aBlock, aSegment, panel, start, startRow, c, cRow, rows, inner, segments)`: as `multiplyN`, but what is
 * summed lies in `segments` > 0 stretches of `inner` > 0 floats, `aSegment` bytes apart: the rows of a window of an image, which so
 * need not be copied side by side first. The sums of each row begin at start, `startRow` bytes further for the next row: 0 for a
 * bias, `cRow` to add to what c holds.
 */
export function defineConvolve(rowsAtATime: number): FunctionDefinition {
  return define(`convolve${rowsAtATime}`, Array(13).fill(i32), (parameters, variable) => {
    const [a, aRow, aInner, aBlock, aSegment, panel, start, startRow, c, cRow, rows, inner, segments] = parameters;
    const [row, segment, segmentStart, left, b, stretchEnd] = Array.from({ length: 6 }, () => variable(i32));
    const [b0, b1, value] = [variable(v128), variable(v128), variable(v128)];
    const tile = Array.from({ length: rowsAtATime }, () => ({
      offset: variable(i32),
      sum0: variable(v128),
      sum1: variable(v128),
    }));
    const begin = tile.flatMap(({ sum0, sum1 }) => [
      ...sum0.set(load(start.get)),
      ...sum1.set(load(start.get, 16)),
      ...start.increase(startRow.get),
    ]);
    const addProducts = tile.flatMap(({ offset, sum0, sum1 }) => [
      ...value.set(loadSplat(add(left.get, offset.get))),
      ...sum0.set(multiplyAdd(value.get, b0.get, sum0.get)),
      ...sum1.set(multiplyAdd(value.get, b1.get, sum1.get)),
    ]);
    const write = tile.flatMap(({ sum0, sum1 }) => [
      ...store(c.get, sum0.get),
      ...store(c.get, sum1.get, 16),
      ...c.increase(cRow.get),
    ]);
    const stretch = [
      ...left.set(segmentStart.get),
      ...stretchEnd.set(add(b.get, multiply(inner.get, constant(tileColumns * 4)))),
      ...untilReached(b, stretchEnd.get, [
        ...b0.set(load(b.get)),
        ...b1.set(load(b.get, 16)),
        ...addProducts,
        ...left.increase(aInner.get),
        ...b.increase(constant(tileColumns * 4)),
      ]),
      ...segmentStart.increase(aSegment.get),
      ...segment.increase(constant(1)),
    ];
    return [
      ...tile.flatMap(({ offset }, i) => offset.set(multiply(aRow.get, constant(i)))),
      ...untilReached(row, rows.get, [
        ...begin,
        ...segmentStart.set(a.get),
        ...b.set(panel.get),
        ...segment.set(constant(0)),
        ...untilReached(segment, segments.get, stretch),
        ...write,
        ...a.increase(aBlock.get),
        ...row.increase(constant(rowsAtATime)),
      ]),
    ];
  });
}
