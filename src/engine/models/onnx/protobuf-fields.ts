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
    fields.push(new FieldOf(Math.floor(tag / 8), bytes, begin, kind === 2 ? from : at, at));
  }
  return fields;
}

/** Views of bytes are dear, and of a million numbers few are looked at. */
class FieldOf implements ProtobufField {
  readonly number: number;
  readonly #bytes: Uint8Array;
  readonly #begin: number;
  readonly #from: number;
  readonly #end: number;

  constructor(number: number, bytes: Uint8Array, begin: number, from: number, end: number) {
    this.number = number;
    this.#bytes = bytes;
    this.#begin = begin;
    this.#from = from;
    this.#end = end;
  }

  get content(): Uint8Array {
    return this.#bytes.subarray(this.#from, this.#end);
  }

  get whole(): Uint8Array {
    return this.#bytes.subarray(this.#begin, this.#end);
  }
}
