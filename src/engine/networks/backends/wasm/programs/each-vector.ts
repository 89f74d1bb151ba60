import { add, type Code, constant, i32, type Local, multiply, untilReached, type ValueType } from '../assembler.ts';

/** Runs `body` for every four of `count` > 0 floats, a multiple of 4; all pointers move on together after each. */
export function eachVector(
  pointers: readonly Local[],
  count: Local,
  variable: (type: ValueType) => Local,
  body: Code,
): Code {
  const end = variable(i32);
  return [
    ...end.set(add(pointers[0].get, multiply(count.get, constant(4)))),
    ...untilReached(pointers[0], end.get, [...body, ...pointers.flatMap((pointer) => pointer.increase(constant(16)))]),
  ];
}
