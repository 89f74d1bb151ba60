import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../../shared/faults.ts';

/** Bytes of a text file, unpacked where its name ends in .gz. */
function bytesOf(path: string): AsyncIterable<Buffer> {
  const file = createReadStream(path, { highWaterMark: 1 << 16 });
  if (!path.toLowerCase().endsWith('.gz')) return file;
  // A broken archive surfaces as the error of the stream that is read; the callback only keeps it from being unhandled.
  return pipeline(file, createGunzip(), () => {});
}

/**
 * The first `bytes` of a text file, byte order mark removed, cut at a whole character.
 * Throws a UserError where it is UTF-16 or not UTF-8 so far (line given), or a broken archive.
 * @param shown path as the person wrote it, for messages
 */
export async function readHead(path: string, shown: string, bytes = 1 << 18): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of bytesOf(path)) {
      parts.push(part);
      length += part.length;
      if (length >= bytes) break;
    }
  } catch (error) {
    throw new UserError('data-unreadable', `"${shown}" cannot be unpacked: ${(error as Error).message}.`, {
      place: { file: shown },
      advice: 'Check that the file is whole and truly a .gz archive.',
      cause: error,
    });
  }
  return decode(Buffer.concat(parts), length >= bytes, shown);
}

function decode(head: Buffer, cut: boolean, shown: string): string {
  const mark = head.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') throw notUtf8(shown, 1, 'UTF-16');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: cut });
  } catch {
    throw notUtf8(shown, firstBadLine(head));
  }
}

function firstBadLine(head: Buffer): number {
  let line = 1;
  for (let start = 0; start < head.length; line++) {
    const end = head.indexOf(10, start);
    const text = head.subarray(start, end < 0 ? head.length : end);
    if (!Buffer.from(text.toString('utf8')).equals(text)) return line;
    if (end < 0) break;
    start = end + 1;
  }
  return line;
}

export const notUtf8 = (shown: string, line?: number, encoding?: string): UserError =>
  new UserError('data-encoding', `the text is ${encoding ?? 'not UTF-8'}.`, {
    place: { file: shown, line },
    advice: 'Save the file as UTF-8 (in a spreadsheet: "CSV UTF-8").',
  });

/** Line, from 1, that holds the byte at this position, from 0, of the unpacked text. */
export async function lineOfByte(path: string, position: number): Promise<number> {
  let line = 1;
  let offset = 0;
  for await (const part of bytesOf(path)) {
    for (let at = part.indexOf(10); at >= 0 && offset + at < position; at = part.indexOf(10, at + 1)) line++;
    offset += part.length;
    if (offset >= position) break;
  }
  return line;
}

/** The last character of a text that is not blank; '' where all are. */
export async function lastCharacter(path: string): Promise<string> {
  let last = '';
  for await (const part of bytesOf(path)) last = part.toString('latin1').trimEnd().at(-1) ?? last;
  return last;
}

/** First line whose ending differs from the first line's (\n against \r\n); undefined where all agree. */
export async function mixedLineEnding(path: string): Promise<number | undefined> {
  let line = 1;
  let first: boolean | undefined;
  let previous = 0;
  for await (const part of bytesOf(path)) {
    for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) {
      const windows = (at > 0 ? part[at - 1] : previous) === 13;
      first ??= windows;
      if (windows !== first) return line;
      line++;
    }
    previous = part[part.length - 1];
  }
  return undefined;
}
