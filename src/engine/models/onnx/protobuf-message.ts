/** One protobuf message in the making (protobuf.dev, Encoding): fields in the order in which they are added. */
export class ProtobufMessage {
  readonly #parts: Uint8Array[] = [];
  #size = 0;

  integer(field: number, value: number): this {
    return this.#push(varint(field << 3)).#push(varint(value));
  }

  float(field: number, value: number): this {
    return this.#push(varint((field << 3) | 5)).#push(new Uint8Array(Float32Array.of(value).buffer));
  }

  bytes(field: number, value: Uint8Array): this {
    return this.#push(varint((field << 3) | 2))
      .#push(varint(value.byteLength))
      .#push(value);
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, value: ProtobufMessage): this {
    return this.bytes(field, value.finish());
  }

  /** Repeated integers, packed. */
  integers(field: number, values: Iterable<number>): this {
    const all = new ProtobufMessage();
    for (const value of values) all.#push(varint(value));
    return this.bytes(field, all.finish());
  }

  finish(): Uint8Array {
    const all = new Uint8Array(this.#size);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.byteLength;
    }
    return all;
  }

  #push(part: Uint8Array): this {
    this.#parts.push(part);
    this.#size += part.byteLength;
    return this;
  }
}

/** Seven bits a byte, the lowest first; a negative number as its two's complement in 64 bits. Throws a RangeError for what is no integer. */
function varint(value: number): Uint8Array {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} cannot be written as an integer`);
  if (value >= 0 && value < 128) return Uint8Array.of(value);
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
