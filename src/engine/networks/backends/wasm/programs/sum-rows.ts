import {
  add,
  constant,
  define,
  type FunctionDefinition,
  i32,
  load,
  multiply,
  store,
  untilReached,
  vectorAdd,
} from '../assembler.ts';

/**
 * `sumRows(source, target, rows, columns)`: adds each of `rows` > 0 rows of [rows x columns] to target [columns];
 * `columns` > 0 is a multiple of 4.
 */
export const defineSumRows: FunctionDefinition = define(
  'sumRows',
  [i32, i32, i32, i32],
  ([source, target, rows, columns], variable) => {
    const [row, at, end] = [variable(i32), variable(i32), variable(i32)];
    return [
      ...end.set(add(target.get, multiply(columns.get, constant(4)))),
      ...untilReached(row, rows.get, [
        ...at.set(target.get),
        ...untilReached(at, end.get, [
          ...store(at.get, vectorAdd(load(at.get), load(source.get))),
          ...source.increase(constant(16)),
          ...at.increase(constant(16)),
        ]),
        ...row.increase(constant(1)),
      ]),
    ];
  },
);
