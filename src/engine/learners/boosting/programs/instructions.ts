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
/** A float32, as a double. */
export const loadFloatAsDouble = (address: Code): Code => [...address, 0x2a, 2, 0, 0xbb];
export const storeDouble = storing(0x39, 3);
export const doubleMultiply = binary(0xa2);
/** The nearest whole number of 64 bits, the largest where a double lies beyond. */
export const toLong = unary(0x9e, 0xfc, 0x06);
export const longToDouble = unary(0xb9);
export const integerToLong = unary(0xad);
export const longShiftLeft = binary(0x86);
export const longShiftRight = binary(0x87);
export const longOr = binary(0x84);
export const longAnd = binary(0x83);
export const longOne: Code = [0x42, 1];
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
