/**
 * Just enough of WebAssembly's binary format (core specification 2.0, section 5, and the relaxed-simd proposal) to write
 * loops over float32 vectors. An instruction, with what it takes from the stack before it, is the list of its bytes.
 */
export type Code = readonly number[];

export const i32 = 0x7f;
export const i64 = 0x7e;
export const f32 = 0x7d;
export const f64 = 0x7c;
export const v128 = 0x7b;
export type ValueType = typeof i32 | typeof i64 | typeof f32 | typeof f64 | typeof v128;

/** A parameter or variable of a function. */
export interface Local {
  readonly get: Code;
  set(value: Code): Code;
  /** Adds to an i32. */
  increase(by: Code): Code;
}

export interface FunctionDefinition {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly variables: readonly ValueType[];
  readonly body: Code;
}

/** Describes a function without result; `write` gets its parameters and a way to declare variables. */
export function define(
  name: string,
  parameters: readonly ValueType[],
  write: (parameters: readonly Local[], variable: (type: ValueType) => Local) => Code,
): FunctionDefinition {
  const variables: ValueType[] = [];
  const body = write(
    parameters.map((_, index) => local(index)),
    (type) => local(parameters.length + variables.push(type) - 1),
  );
  return { name, parameters, variables, body };
}

function local(index: number): Local {
  const get = [0x20, ...unsigned(index)];
  const set = (value: Code) => [...value, 0x21, ...unsigned(index)];
  return { get, set, increase: (by) => set(add(get, by)) };
}

const binary =
  (...operation: number[]) =>
  (left: Code, right: Code): Code => [...left, ...right, ...operation];

export const constant = (value: number): Code => [0x41, ...signed(value)];
export const float = (value: number): Code => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)];
export const add = binary(0x6a);
export const subtract = binary(0x6b);
export const multiply = binary(0x6c);
const lessThan = binary(0x49);

/** Vectors of four floats. An address is an i32; `offset` a number of bytes. */
export const load = (address: Code, offset = 0): Code => [...address, 0xfd, 0x00, 2, ...unsigned(offset)];
/** One float, four times. */
export const loadSplat = (address: Code, offset = 0): Code => [...address, 0xfd, 0x09, 2, ...unsigned(offset)];
export const store = (address: Code, value: Code, offset = 0): Code => [
  ...address,
  ...value,
  0xfd,
  0x0b,
  2,
  ...unsigned(offset),
];
export const splat = (value: Code): Code => [...value, 0xfd, 0x13];
/** A number, four times. */
export const each = (value: number): Code => splat(float(value));
/** All bits of an entry where the two are equal, none elsewhere. */
export const vectorEqual = binary(0xfd, 0x41);
export const vectorAnd = binary(0xfd, 0x4e);
/** left without the bits of right. */
export const vectorAndNot = binary(0xfd, 0x4f);
export const vectorAdd = binary(0xfd, 0xe4, 0x01);
export const vectorSubtract = binary(0xfd, 0xe5, 0x01);
export const vectorMinimum = binary(0xfd, 0xe8, 0x01);
export const vectorMaximum = binary(0xfd, 0xe9, 0x01);
/** Of whole numbers of 32 bits. */
export const vectorAddIntegers = binary(0xfd, 0xae, 0x01);
export const vectorExclusiveOr = binary(0xfd, 0x51);
export const vectorMultiply = binary(0xfd, 0xe6, 0x01);
export const vectorDivide = binary(0xfd, 0xe7, 0x01);
export const vectorSquareRoot = (value: Code): Code => [...value, 0xfd, 0xe3, 0x01];
export const vectorNearest = (value: Code): Code => [...value, 0xfd, 0x6a];
/** Each of four floats as a whole number of 32 bits. */
export const toIntegers = (value: Code): Code => [...value, 0xfd, 0xf8, 0x01];
/** Each of four whole numbers of 32 bits. */
export const shiftLeft = binary(0xfd, 0xab, 0x01);
/** left x right + addend, rounded once where the processor can. */
export const multiplyAdd = (left: Code, right: Code, addend: Code): Code => [
  ...left,
  ...right,
  ...addend,
  0xfd,
  0x85,
  0x02,
];
/** One float. */
export const copyFloat = (to: Code, from: Code, toOffset = 0, fromOffset = 0): Code => [
  ...to,
  ...from,
  0x2a,
  2,
  ...unsigned(fromOffset),
  0x38,
  2,
  ...unsigned(toOffset),
];

/** Runs the body once, then again while `counter` < `end` (unsigned); the body must raise the counter. */
export const untilReached = (counter: Local, end: Code, body: Code): Code => [
  ...[0x03, 0x40],
  ...body,
  ...lessThan(counter.get, end),
  ...[0x0d, 0, 0x0b],
];

/** The functions as a module over an imported memory: `env.memory`. */
export function assemble(functions: readonly FunctionDefinition[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [0x60, ...vector(parameters.map((type) => [type])), 0]);
  const memory = [...name('env'), ...name('memory'), 0x02, 0x00, ...unsigned(1)];
  const bodies = functions.map(({ variables, body }) => {
    const content = [...vector(variables.map((type) => [1, type])), ...body, 0x0b];
    return [...unsigned(content.length), ...content];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(2, vector([memory])),
    ...section(3, vector(functions.map((_, index) => unsigned(index)))),
    ...section(7, vector(functions.map((each, index) => [...name(each.name), 0x00, ...unsigned(index)]))),
    ...section(10, vector(bodies)),
  ]);
}

const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];
const vector = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const name = (text: string): Code => vector([...new TextEncoder().encode(text)].map((byte) => [byte]));

/** LEB128. */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  do {
    bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    value >>>= 7;
  } while (value > 0);
  return bytes;
}

function signed(value: number): Code {
  const bytes: number[] = [];
  for (;;) {
    const byte = value & 0x7f;
    value >>= 7;
    const last = (value === 0 && (byte & 0x40) === 0) || (value === -1 && (byte & 0x40) !== 0);
    bytes.push(last ? byte : byte | 0x80);
    if (last) return bytes;
  }
}
