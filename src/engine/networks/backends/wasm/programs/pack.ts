import {
  add,
  type Code,
  constant,
  copyFloat,
  define,
  type FunctionDefinition,
  i32,
  type Local,
  load,
  multiply,
  store,
  untilReached,
} from '../assembler.ts';

/**
 * Copies that lay `width` columns of a matrix side by side, [inner x width], in the order in which a product reads them.
 * `packRowsW(source, stride, target, inner)`: each of the `inner` rows is contiguous, `stride` bytes after the last.
 * `packColumnsW(source, stride, target, inner)`: each of the columns is contiguous, `stride` bytes after the last.
 */
export const definePackRows = (width: number): FunctionDefinition =>
  definePack(`packRows${width}`, width, ({ source, stride, target }) => [
    ...Array.from({ length: width / 4 }, (_, i) => store(target.get, load(source.get, 16 * i), 16 * i)).flat(),
    ...source.increase(stride.get),
  ]);

export function definePackColumns(width: number): FunctionDefinition {
  return definePack(`packColumns${width}`, width, ({ source, target, columns }) => [
    ...columns.flatMap((offset, i) => copyFloat(target.get, add(source.get, offset.get), 4 * i)),
    ...source.increase(constant(4)),
  ]);
}

interface PackLocals {
  readonly source: Local;
  readonly stride: Local;
  readonly target: Local;
  /** stride x 0, 1, 2, ... */
  readonly columns: readonly Local[];
}

/** `step` moves one row of the packed matrix and advances `source`. */
function definePack(name: string, width: number, step: (locals: PackLocals) => Code): FunctionDefinition {
  return define(name, [i32, i32, i32, i32], ([source, stride, target, inner], variable) => {
    const end = variable(i32);
    const columns = Array.from({ length: width }, () => variable(i32));
    return [
      ...columns.flatMap((offset, i) => offset.set(multiply(stride.get, constant(i)))),
      ...end.set(add(target.get, multiply(inner.get, constant(width * 4)))),
      ...untilReached(target, end.get, [
        ...step({ source, stride, target, columns }),
        ...target.increase(constant(width * 4)),
      ]),
    ];
  });
}
