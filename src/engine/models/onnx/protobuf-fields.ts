/** A field of a protobuf message: its number, its content, and all its bytes with the tag. */
export interface ProtobufField {
  readonly number: number;
  /** Of a length-delimited field; empty for the others. */
  readonly content: Uint8Array;
  readonly whole: Uint8Array;
}

/** The fields of one message, in order (protobuf.dev, Encoding). Throws a RangeError where the bytes are none. */
export function protobufFields(bytes: Uint8Array): ProtobufField[] {
  const fields: ProtobufField[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined || scale > 2 ** 63) throw new RangeError('a number is cut off');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const begin = at;
    const tag = varint();
    const kind = tag % 8;
    let from = at;
    if (kind === 0) varint();
    else if (kind === 1) at += 8;
    else if (kind === 5) at += 4;
    else if (kind === 2) {
      const length = varint();
      from = at;
      at += length;
    } else throw new RangeError(`a field of kind ${kind}`);
    if (at > bytes.length) throw new RangeError('a field is cut off');
    const content = kind === 2 ? bytes.subarray(from, at) : new Uint8Array(0);
    fields.push({ number: Math.floor(tag / 8), content, whole: bytes.subarray(begin, at) });
  }
  return fields;
}
