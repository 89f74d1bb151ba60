import {
  add,
  type Code,
  constant,
  define,
  type FunctionDefinition,
  i32,
  type Local,
  multiply,
  untilReached,
  v128,
} from '../../../networks/backends/wasm/assembler.ts';
import { loadByte, loadInteger, loadPair, pairAdd, smaller, storeInteger, storePair, times } from './instructions.ts';

/** Rows that are touched ahead of their sums; they and their gradients then wait in the first-level cache. */
const block = 32;

/**
 * `fill(order, end, bins, stride, values, sums, table, tableEnd)`: adds to each bin's pair of sums the pair of every row of
 * order[..end), at least one (Ke et al. 2017, algorithm 1). bins: row-major, `stride` a row; values, sums: 16 bytes a row or bin.
 *
 * offsets: where each column's bins begin in `sums`, in bytes; with them every column is summed by straight code without
 * look-ups. Without, `table` names the columns, at least one: pairs of a column and its offset.
 *
 * Rows of a small leaf lie far apart. A loop that only touches them has its cache misses all under way at once, which the sums'
 * own loop is too long for: twice as fast there, as fast elsewhere.
 */
export const defineFill = (name: string, offsets?: ArrayLike<number>): FunctionDefinition =>
  define(name, Array(8).fill(i32), ([order, end, bins, stride, values, sums, table, tableEnd], variable) => {
    const [ahead, stop, base, place, entry, touched] = Array.from({ length: 6 }, () => variable(i32));
    const value = variable(v128);
    const find = (pointer: Local): Code => base.set(add(bins.get, multiply(loadInteger(pointer.get), stride.get)));
    const valueAt = (pointer: Local): Code => add(values.get, times(loadInteger(pointer.get), 16));
    const addAt = (offset = 0): Code => storePair(place.get, pairAdd(loadPair(place.get, offset), value.get), offset);
    const addAll = (all: ArrayLike<number>): Code =>
      Array.from(all, (offset, column) => [
        ...place.set(add(sums.get, times(loadByte(base.get, column), 16))),
        ...addAt(offset),
      ]).flat();
    const addListed: Code = [
      ...entry.set(table.get),
      ...untilReached(entry, tableEnd.get, [
        ...place.set(
          add(add(sums.get, loadInteger(entry.get, 4)), times(loadByte(add(base.get, loadInteger(entry.get))), 16)),
        ),
        ...addAt(),
        ...entry.increase(constant(8)),
      ]),
    ];
    return [
      ...untilReached(order, end.get, [
        ...ahead.set(add(order.get, constant(4 * block))),
        ...stop.set(smaller(ahead.get, end.get)),
        ...ahead.set(order.get),
        ...untilReached(ahead, stop.get, [
          ...find(ahead),
          ...touched.increase(loadByte(base.get)),
          ...touched.increase(loadByte(add(base.get, stride.get))),
          ...touched.increase(loadInteger(valueAt(ahead))),
          ...ahead.increase(constant(4)),
        ]),
        ...untilReached(order, stop.get, [
          ...find(order),
          ...value.set(loadPair(valueAt(order))),
          ...(offsets ? addAll(offsets) : addListed),
          ...order.increase(constant(4)),
        ]),
      ]),
      // Without a use the loads would be left out.
      ...storeInteger(constant(0), touched.get),
    ];
  });

/** Rows whose pairs stay in the first-level cache while column after column is summed. */
const wideBlock = 1024;

/**
 * `fillWide(order, end, columns, rows, values, sums, table, tableEnd)`: the same for the columns of `table` where they are so many that
 * their sums do not fit in a cache: column by column within blocks of rows. columns: column-major, `rows` a column.
 */
export const defineFillWide: FunctionDefinition = define(
  'fillWide',
  Array(8).fill(i32),
  ([order, end, columns, rows, values, sums, table, tableEnd], variable) => {
    const [stop, entry, column, first, at, place, row] = Array.from({ length: 7 }, () => variable(i32));
    return untilReached(order, end.get, [
      ...stop.set(add(order.get, constant(4 * wideBlock))),
      ...stop.set(smaller(stop.get, end.get)),
      ...entry.set(table.get),
      ...untilReached(entry, tableEnd.get, [
        ...column.set(add(columns.get, multiply(loadInteger(entry.get), rows.get))),
        ...first.set(add(sums.get, loadInteger(entry.get, 4))),
        ...at.set(order.get),
        ...untilReached(at, stop.get, [
          ...row.set(loadInteger(at.get)),
          ...place.set(add(first.get, times(loadByte(add(column.get, row.get)), 16))),
          ...storePair(place.get, pairAdd(loadPair(place.get), loadPair(add(values.get, times(row.get, 16))))),
          ...at.increase(constant(4)),
        ]),
        ...entry.increase(constant(8)),
      ]),
      ...order.set(stop.get),
    ]);
  },
);
