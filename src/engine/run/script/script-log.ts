import { closeSync, openSync, writeSync } from 'node:fs';

/** Of what a program prints, so much is kept from its beginning and so much from its end. */
export const keptBytes = { head: 768 * 1024, tail: 256 * 1024 } as const;

/** What a program printed that was not for us, in a file of at most a megabyte: its beginning as it comes, its end when it is over. */
export class ScriptLog {
  readonly #file: number;
  #head = 0;
  #tail: Buffer[] = [];
  #tailBytes = 0;
  #left = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  write(chunk: Buffer): void {
    const part = chunk.subarray(0, keptBytes.head - this.#head);
    if (part.length > 0) {
      writeSync(this.#file, part);
      this.#head += part.length;
    }
    if (part.length < chunk.length) this.#keepEnd(chunk.subarray(part.length));
  }

  line(text: string): void {
    this.write(Buffer.from(`${text}\n`));
  }

  close(): void {
    if (this.#left > 0) writeSync(this.#file, `\n[... ${this.#left} bytes are left out here ...]\n`);
    for (const part of this.#tail) writeSync(this.#file, part);
    closeSync(this.#file);
  }

  /** A copy, for the chunk may be a view of a large buffer. */
  #keepEnd(chunk: Buffer): void {
    const end = chunk.subarray(Math.max(0, chunk.length - keptBytes.tail));
    this.#left += chunk.length - end.length;
    this.#tail.push(Buffer.from(end));
    this.#tailBytes += end.length;
    while (this.#tailBytes - this.#tail[0].length >= keptBytes.tail) {
      const [oldest] = this.#tail.splice(0, 1);
      this.#tailBytes -= oldest.length;
      this.#left += oldest.length;
    }
  }
}
