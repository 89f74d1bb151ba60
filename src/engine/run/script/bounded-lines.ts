/** No line that a program prints for us is near so long; a longer one is not kept. */
export const longestLineBytes = 4 * 1024 * 1024;

/** A line, or the fact that one was too long; its rest is passed over. */
export type BoundedLine = string | { readonly tooLong: true };

/** Parts a stream of bytes into lines, and never holds more than the longest line that is allowed. */
export class BoundedLines {
  readonly #longest: number;
  #parts: Buffer[] = [];
  #bytes = 0;
  #passing = false;

  constructor(longest = longestLineBytes) {
    this.#longest = longest;
  }

  /** The lines that these bytes complete. */
  *add(chunk: Buffer): Generator<BoundedLine> {
    for (let start = 0; start < chunk.length; ) {
      const newline = chunk.indexOf(10, start);
      const end = newline < 0 ? chunk.length : newline;
      if (this.#keep(chunk.subarray(start, end))) yield { tooLong: true };
      if (newline < 0) return;
      const line = this.#take();
      if (line !== undefined) yield line;
      start = newline + 1;
    }
  }

  /** The last line, where the program ended without ending it. */
  *end(): Generator<BoundedLine> {
    const line = this.#bytes > 0 ? this.#take() : undefined;
    if (line !== undefined) yield line;
  }

  /** Whether the line has just become too long. */
  #keep(part: Buffer): boolean {
    if (this.#passing) return false;
    this.#bytes += part.length;
    if (this.#bytes <= this.#longest) {
      this.#parts.push(part);
      return false;
    }
    this.#parts = [];
    this.#passing = true;
    return true;
  }

  #take(): string | undefined {
    const line = this.#passing ? undefined : Buffer.concat(this.#parts).toString('utf8').replace(/\r$/, '');
    this.#parts = [];
    this.#bytes = 0;
    this.#passing = false;
    return line;
  }
}
