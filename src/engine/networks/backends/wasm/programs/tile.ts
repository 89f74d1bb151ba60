import {
  add,
  type Code,
  constant,
  i32,
  type Local,
  load,
  loadSplat,
  multiply,
  multiplyAdd,
  store,
  type ValueType,
  v128,
} from '../assembler.ts';

/** Rows and columns of a product that are summed in registers: 4 x 8 floats are 8 of the 16 that a processor has. */
export const tileRows = 4;
export const tileColumns = 8;

/** What products and convolutions do with a tile: addresses are in bytes, a panel is [inner x 8] floats. */
export interface Tile {
  /** Says how far apart the rows of a lie; before all else. */
  place(aRow: Local): Code;
  /** The sums of each row begin at `start`, which moves on by `step` after each, or stays. */
  begin(start: Local, step?: Local): Code;
  /** Adds the products of a's column at `left` and the panel's row at `b`; both move on to the next. */
  addProducts(left: Local, aInner: Local, b: Local): Code;
  /** Writes the sums of each row to c, which moves on. */
  write(c: Local, cRow: Local): Code;
}

export function tileOf(rowsAtATime: number, variable: (type: ValueType) => Local): Tile {
  const [b0, b1, value] = [variable(v128), variable(v128), variable(v128)];
  const rows = Array.from({ length: rowsAtATime }, () => ({
    offset: variable(i32),
    sum0: variable(v128),
    sum1: variable(v128),
  }));
  return {
    place: (aRow) => rows.flatMap(({ offset }, i) => offset.set(multiply(aRow.get, constant(i)))),
    begin: (start, step) =>
      rows.flatMap(({ sum0, sum1 }) => [
        ...sum0.set(load(start.get)),
        ...sum1.set(load(start.get, 16)),
        ...(step ? start.increase(step.get) : []),
      ]),
    addProducts: (left, aInner, b) => [
      ...b0.set(load(b.get)),
      ...b1.set(load(b.get, 16)),
      ...rows.flatMap(({ offset, sum0, sum1 }) => [
        ...value.set(loadSplat(add(left.get, offset.get))),
        ...sum0.set(multiplyAdd(value.get, b0.get, sum0.get)),
        ...sum1.set(multiplyAdd(value.get, b1.get, sum1.get)),
      ]),
      ...left.increase(aInner.get),
      ...b.increase(constant(tileColumns * 4)),
    ],
    write: (c, cRow) =>
      rows.flatMap(({ sum0, sum1 }) => [
        ...store(c.get, sum0.get),
        ...store(c.get, sum1.get, 16),
        ...c.increase(cRow.get),
      ]),
  };
}
