import type { ProtobufField } from './protobuf-fields.ts';

/** The numbers of a repeated field, packed or one by one (protobuf.dev, Encoding). bytesEach: 4 of floats, 8 of doubles. */
export function realsOf(fields: readonly ProtobufField[], number: number, bytesEach: 4 | 8): number[] {
  const found: number[] = [];
  for (const field of fields) {
    if (field.number !== number) continue;
    const { content } = field;
    if (content.length > 0) for (const value of realsIn(content, bytesEach)) found.push(value);
    else found.push(lastReal(field.whole, bytesEach));
  }
  return found;
}

function lastReal(bytes: Uint8Array, bytesEach: 4 | 8): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = bytes.length - bytesEach;
  return bytesEach === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true);
}

/** Little-endian reals that lie one after the other. */
export function realsIn(bytes: Uint8Array, bytesEach: 4 | 8): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: Math.floor(bytes.length / bytesEach) }, (_, i) =>
    bytesEach === 4 ? view.getFloat32(4 * i, true) : view.getFloat64(8 * i, true),
  );
}

/** The integers of a repeated field, packed or one by one; those below 0 stand for themselves. */
export function integersOf(fields: readonly ProtobufField[], number: number): number[] {
  const found: number[] = [];
  for (const field of fields) {
    if (field.number !== number) continue;
    const { content } = field;
    if (content.length > 0) addVarints(content, 0, found);
    // The tag comes first, which is one of these numbers, too.
    else addVarints(field.whole, tagLength(field.whole), found);
  }
  return found;
}

const tagLength = (bytes: Uint8Array): number => bytes.findIndex((byte) => byte < 128) + 1;

/** Of so many bytes a number is exact without big integers. */
const shortBytes = 7;

function addVarints(bytes: Uint8Array, from: number, found: number[]): void {
  for (let at = from; at < bytes.length; ) {
    let end = at;
    while (bytes[end] >= 128) end++;
    if (end >= bytes.length) return;
    if (end - at < shortBytes) {
      let value = 0;
      for (let i = end; i >= at; i--) value = value * 128 + (bytes[i] & 127);
      found.push(value);
    } else {
      let value = 0n;
      for (let i = end; i >= at; i--) value = value * 128n + BigInt(bytes[i] & 127);
      found.push(Number(BigInt.asIntN(64, value)));
    }
    at = end + 1;
  }
}
