const encoder = new TextEncoder();

/** One protobuf message in the making (protobuf.dev, Encoding): fields in the order in which they are added. */
export class ProtobufMessage {
  #bytes = new Uint8Array(64);
  #size = 0;

  integer(field: number, value: number): this {
    return this.#varint(field << 3).#varint(value);
  }

  float(field: number, value: number): this {
    return this.#varint((field << 3) | 5).#append(new Uint8Array(Float32Array.of(value).buffer));
  }

  bytes(field: number, value: Uint8Array): this {
    return this.#varint((field << 3) | 2)
      .#varint(value.byteLength)
      .#append(value);
  }

  text(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value));
  }

  message(field: number, value: ProtobufMessage): this {
    return this.bytes(field, value.finish());
  }

  /** Repeated integers, packed. */
  integers(field: number, values: Iterable<number>): this {
    const all = new ProtobufMessage();
    for (const value of values) all.#varint(value);
    return this.bytes(field, all.finish());
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#size);
  }

  #append(part: Uint8Array): this {
    this.#makeRoom(part.byteLength);
    this.#bytes.set(part, this.#size);
    this.#size += part.byteLength;
    return this;
  }

  /** Seven bits a byte, the lowest first; a negative number as its two's complement in 64 bits. Throws a RangeError for what is no integer. */
  #varint(value: number): this {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${value} cannot be written as an integer`);
    this.#makeRoom(10);
    if (value < 0) return this.#negative(value);
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.#bytes[this.#size++] = (rest % 128) | 128;
    this.#bytes[this.#size++] = rest;
    return this;
  }

  #negative(value: number): this {
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 127n; rest >>= 7n) this.#bytes[this.#size++] = Number(rest & 127n) | 128;
    this.#bytes[this.#size++] = Number(rest);
    return this;
  }

  #makeRoom(more: number): void {
    if (this.#size + more <= this.#bytes.length) return;
    const wider = new Uint8Array(2 * (this.#size + more));
    wider.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = wider;
  }
}
