import {
  add,
  constant,
  define,
  type FunctionDefinition,
  i32,
  load,
  store,
  subtract,
  untilReached,
  v128,
  vectorAdd,
  vectorAnd,
  vectorAndNot,
  vectorEqual,
} from '../assembler.ts';

/**
 * `maxPoolGradient(x, largest, slope, out, windows, channels, step, windowRows, windowWidth, row)`: adds the slope of each of `windows` > 0
 * windows to the place of its largest number in out, channel by channel. Windows lie `step` bytes apart and have `windowRows` > 0
 * rows of `windowWidth` > 0 bytes, `row` bytes apart; `channels` > 0, a multiple of 16, is the bytes of a pixel.
 */
export const defineMaxPoolGradient: FunctionDefinition = define(
  'maxPoolGradient',
  Array(10).fill(i32),
  ([x, largest, slope, out, windows, channels, step, windowRows, windowWidth, row], variable) => {
    const [window, channel, y, offset, end, from, to] = Array.from({ length: 7 }, () => variable(i32));
    const [maximum, passed, free, found] = Array.from({ length: 4 }, () => variable(v128));
    const place = [
      ...from.set(add(add(x.get, channel.get), offset.get)),
      ...to.set(add(add(out.get, channel.get), offset.get)),
      ...found.set(vectorAnd(vectorEqual(load(from.get), maximum.get), free.get)),
      ...store(to.get, vectorAdd(load(to.get), vectorAnd(passed.get, found.get))),
      // The first of equals takes it all.
      ...free.set(vectorAndNot(free.get, found.get)),
      ...offset.increase(channels.get),
    ];
    const windowRow = [
      ...end.set(add(offset.get, windowWidth.get)),
      ...untilReached(offset, end.get, place),
      ...offset.increase(subtract(row.get, windowWidth.get)),
      ...y.increase(constant(1)),
    ];
    return untilReached(window, windows.get, [
      ...channel.set(constant(0)),
      ...untilReached(channel, channels.get, [
        ...maximum.set(load(add(largest.get, channel.get))),
        ...passed.set(load(add(slope.get, channel.get))),
        ...free.set(vectorEqual(maximum.get, maximum.get)),
        ...offset.set(constant(0)),
        ...y.set(constant(0)),
        ...untilReached(y, windowRows.get, windowRow),
        ...channel.increase(constant(16)),
      ]),
      ...[x, out].flatMap((pointer) => pointer.increase(step.get)),
      ...[largest, slope].flatMap((pointer) => pointer.increase(channels.get)),
      ...window.increase(constant(1)),
    ]);
  },
);
