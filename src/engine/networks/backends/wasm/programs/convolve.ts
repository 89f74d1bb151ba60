import { add, constant, define, type FunctionDefinition, i32, multiply, untilReached } from '../assembler.ts';
import { tileColumns, tileOf } from './tile.ts';

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
    const tile = tileOf(rowsAtATime, variable);
    const stretch = [
      ...left.set(segmentStart.get),
      ...stretchEnd.set(add(b.get, multiply(inner.get, constant(tileColumns * 4)))),
      ...untilReached(b, stretchEnd.get, tile.addProducts(left, aInner, b)),
      ...segmentStart.increase(aSegment.get),
      ...segment.increase(constant(1)),
    ];
    return [
      ...tile.place(aRow),
      ...untilReached(row, rows.get, [
        ...tile.begin(start, startRow),
        ...segmentStart.set(a.get),
        ...b.set(panel.get),
        ...segment.set(constant(0)),
        ...untilReached(segment, segments.get, stretch),
        ...tile.write(c, cRow),
        ...a.increase(aBlock.get),
        ...row.increase(constant(rowsAtATime)),
      ]),
    ];
  });
}
