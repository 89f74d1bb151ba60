import { type Code, constant, unsigned } from '../../../networks/backends/wasm/assembler.ts';

/** What sums over bins need beyond the loops over floats: whole numbers of 32 and 64 bits, in pairs, and single doubles. */
const unary =
  (...operation: number[]) =>
  (value: Code): Code => [...value, ...operation];
const binary =
  (...operation: number[]) =>
  (left: Code, right: Code): Code => [...left, ...right, ...operation];
const loading =
  (...operation: number[]) =>
  (address: Code, offset = 0): Code => [...address, ...operation, ...unsigned(offset)];
const storing =
  (...operation: number[]) =>
  (address: Code, value: Code, offset = 0): Code => [...address, ...value, ...operation, ...unsigned(offset)];

export const loadByte = loading(0x2d, 0);
export const loadInteger = loading(0x28, 2);
export const storeInteger = storing(0x36, 2);
export const integerIsEqual = binary(0x46);
export const integerIsLess = binary(0x49);
export const integerOr = binary(0x72);
export const integerAnd = binary(0x71);
export const integerShiftRight = binary(0x76);
/** Runs the first body where the condition is not 0, else the second. */
export const choose = (condition: Code, then: Code, otherwise: Code = []): Code => [
  ...condition,
  ...[0x04, 0x40],
  ...then,
  ...(otherwise.length > 0 ? [0x05, ...otherwise] : []),
  0x0b,
];
/** Runs the body while the condition is not 0. */
export const repeatWhile = (condition: Code, body: Code): Code => [
  ...[0x03, 0x40],
  ...choose(condition, [...body, 0x0c, 1]),
  0x0b,
];
/** A float32, as a double. */
export const loadFloatAsDouble = (address: Code): Code => [...address, 0x2a, 2, 0, 0xbb];
export const storeDouble = storing(0x39, 3);
export const loadDouble = loading(0x2b, 3);
export const doubleAdd = binary(0xa0);
export const doubleSubtract = binary(0xa1);
export const doubleMultiply = binary(0xa2);
export const doubleDivide = binary(0xa3);
export const doubleIsLess = binary(0x63);
export const integerToDouble = unary(0xb8);
/** Towards 0. */
export const doubleToInteger = unary(0xab);
/** The nearest whole number of 64 bits, the largest where a double lies beyond. */
export const toLong = unary(0x9e, 0xfc, 0x06);
export const longToDouble = unary(0xb9);
export const integerToLong = unary(0xad);
export const longToInteger = unary(0xa7);
export const longAdd = binary(0x7c);
export const longIsNotZero = (value: Code): Code => [...value, 0x50, 0x45];
export const longShiftLeft = binary(0x86);
export const longShiftRight = binary(0x87);
export const longOr = binary(0x84);
export const longAnd = binary(0x83);
export const longOne: Code = [0x42, 1];
export const longZero: Code = [0x42, 0];
/** 1 where it is 0, else 0. */
export const not = unary(0x45);
export const loadLong = loading(0x29, 3);
export const storeLong = storing(0x37, 3);
/** Pairs of 64-bit whole numbers. */
export const loadPair = loading(0xfd, 0x00, 3);
export const storePair = storing(0xfd, 0x0b, 3);
export const pairAdd = binary(0xfd, 0xce, 0x01);
export const pairSubtract = binary(0xfd, 0xd1, 0x01);
export const times = (value: Code, powerOfTwo: number): Code => [...value, ...constant(Math.log2(powerOfTwo)), 0x74];
/** The smaller of two addresses; both are evaluated twice. */
export const smaller = (a: Code, b: Code): Code => [...a, ...b, ...a, ...b, 0x49, 0x1b];
