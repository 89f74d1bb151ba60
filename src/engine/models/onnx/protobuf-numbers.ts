import type { ProtobufField } from './protobuf-fields.ts';

/** The numbers of a repeated field, packed or one by one (protobuf.dev, Encoding). bytesEach: 4 of floats, 8 of doubles. */
export function realsOf(fields: readonly ProtobufField[], number: number, bytesEach: 4 | 8): number[] {
  return fields.flatMap((field) => {
    if (field.number !== number) return [];
    const bytes = field.content.length > 0 ? field.content : field.whole.subarray(field.whole.length - bytesEach);
    return [...realsIn(bytes, bytesEach)];
  });
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
  return fields.flatMap((field) => {
    if (field.number !== number) return [];
    return field.content.length > 0 ? varintsOf(field.content) : varintsOf(field.whole).slice(1);
  });
}

function varintsOf(bytes: Uint8Array): number[] {
  const found: number[] = [];
  let [value, shift] = [0n, 0n];
  for (const byte of bytes) {
    value |= BigInt(byte & 127) << shift;
    shift += 7n;
    if (byte >= 128) continue;
    found.push(Number(BigInt.asIntN(64, value)));
    [value, shift] = [0n, 0n];
  }
  return found;
}
