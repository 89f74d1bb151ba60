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

/** Rows and columns of a product that are summed in registers: 4 x 8 floats are 8 of the 16 that a processor has. */
export const tileRows = 4;
export const tileColumns = 8;

/**
 * `multiplyN(a, aRow, aInner, aBlock, panel, bias, c, cRow, rows, inner)`: c = a b + bias for the 8 columns of b that are packed
 * as `panel` [inner x 8], N rows at a time. `rows` > 0 is a multiple of N and `inner` > 0; a, panel, bias (8 floats) and
 * c are addresses; the strides are in bytes: of a from row to row, along the sum and from block to block of N rows.
 */
export function defineMultiply(rowsAtATime: number): FunctionDefinition {
  return define(`multiply${rowsAtATime}`, Array(10).fill(i32), (parameters, variable) => {
    const [a, aRow, aInner, aBlock, panel, bias, c, cRow, rows, inner] = parameters;
    const [row, left, b, panelEnd] = [variable(i32), variable(i32), variable(i32), variable(i32)];
    const [b0, b1, value] = [variable(v128), variable(v128), variable(v128)];
    const tile = Array.from({ length: rowsAtATime }, () => ({
      offset: variable(i32),
      sum0: variable(v128),
      sum1: variable(v128),
    }));
    const clear = tile.flatMap(({ sum0, sum1 }) => [...sum0.set(load(bias.get)), ...sum1.set(load(bias.get, 16))]);
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
    return [
      ...tile.flatMap(({ offset }, i) => offset.set(multiply(aRow.get, constant(i)))),
      ...panelEnd.set(add(panel.get, multiply(inner.get, constant(tileColumns * 4)))),
      ...untilReached(row, rows.get, [
        ...clear,
        ...left.set(a.get),
        ...b.set(panel.get),
        ...untilReached(b, panelEnd.get, [
          ...b0.set(load(b.get)),
          ...b1.set(load(b.get, 16)),
          ...addProducts,
          ...left.increase(aInner.get),
          ...b.increase(constant(tileColumns * 4)),
        ]),
        ...write,
        ...a.increase(aBlock.get),
        ...row.increase(constant(rowsAtATime)),
      ]),
    ];
  });
}
