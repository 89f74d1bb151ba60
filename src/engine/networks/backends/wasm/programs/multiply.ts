import { add, constant, define, type FunctionDefinition, i32, multiply, untilReached } from '../assembler.ts';
import { tileColumns, tileOf } from './tile.ts';

/**
 * `multiplyN(a, aRow, aInner, aBlock, panel, bias, c, cRow, rows, inner)`: c = a b + bias for the 8 columns of b that are packed
 * as `panel` [inner x 8], N rows at a time. `rows` > 0 is a multiple of N and `inner` > 0; a, panel, bias (8 floats) and
 * c are addresses; the strides are in bytes: of a from row to row, along the sum and from block to block of N rows.
 */
export function defineMultiply(rowsAtATime: number): FunctionDefinition {
  return define(`multiply${rowsAtATime}`, Array(10).fill(i32), (parameters, variable) => {
    const [a, aRow, aInner, aBlock, panel, bias, c, cRow, rows, inner] = parameters;
    const [row, left, b, panelEnd] = [variable(i32), variable(i32), variable(i32), variable(i32)];
    const tile = tileOf(rowsAtATime, variable);
    return [
      ...tile.place(aRow),
      ...panelEnd.set(add(panel.get, multiply(inner.get, constant(tileColumns * 4)))),
      ...untilReached(row, rows.get, [
        ...tile.begin(bias),
        ...left.set(a.get),
        ...b.set(panel.get),
        ...untilReached(b, panelEnd.get, tile.addProducts(left, aInner, b)),
        ...tile.write(c, cRow),
        ...a.increase(aBlock.get),
        ...row.increase(constant(rowsAtATime)),
      ]),
    ];
  });
}
