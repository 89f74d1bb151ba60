import {
  add,
  constant,
  define,
  type FunctionDefinition,
  i32,
  subtract,
  untilReached,
} from '../../../networks/backends/wasm/assembler.ts';
import { loadByte, loadInteger, storeInteger, times } from './instructions.ts';

/**
 * `part(order, end, column, goesLeft, right, result)`: moves the rows of order[..end), at least one, that go left to the front and
 * the others to `right`, order kept, and writes the end of the front to `result`. column: the bin of every row; goesLeft: 1 or 0 for each bin.
 */
export const definePart: FunctionDefinition = define(
  'part',
  Array(6).fill(i32),
  ([order, end, column, goesLeft, right, result], variable) => {
    const [front, row, step] = [variable(i32), variable(i32), variable(i32)];
    return [
      ...front.set(order.get),
      ...untilReached(order, end.get, [
        ...row.set(loadInteger(order.get)),
        ...step.set(times(loadByte(add(goesLeft.get, loadByte(add(column.get, row.get)))), 4)),
        // Written to both, kept in one: which one cannot be predicted.
        ...storeInteger(front.get, row.get),
        ...storeInteger(right.get, row.get),
        ...front.increase(step.get),
        ...right.increase(subtract(constant(4), step.get)),
        ...order.increase(constant(4)),
      ]),
      ...storeInteger(result.get, front.get),
    ];
  },
);
