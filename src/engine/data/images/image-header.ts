import { crc32 } from 'node:zlib';

/** Why a file is not an image that can be read: 'is cut short'. A broken image is a missing value, never an error of the program. */
export class ImageFault extends Error {}

export interface ImageHeader {
  readonly format: 'png' | 'jpeg';
  /** Pixels, before the file's own orientation is followed. */
  readonly width: number;
  readonly height: number;
  /** Of a PNG: its compressed pixels, in pieces. */
  readonly pieces: readonly Uint8Array[];
  /** Of a JPEG: 1 to 8, how the picture is to be turned (Exif 2.32, tag 274). */
  readonly orientation: number;
}

/** More pixels than this are not decoded: a small file can hold the promise of a picture of any size. */
export const mostPixels = 50e6;

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * What an image file says of itself, without its pixels being decoded: looks through all its parts, so that one that is cut short is
 * found. Throws an ImageFault.
 */
export function imageHeader(bytes: Uint8Array): ImageHeader {
  if (bytes.length === 0) throw new ImageFault('is empty');
  const isPng = pngSignature.every((byte, i) => bytes[i] === byte);
  if (!isPng && !(bytes[0] === 0xff && bytes[1] === 0xd8)) throw new ImageFault('is neither PNG nor JPEG');
  const header = isPng ? pngHeader(bytes) : jpegHeader(bytes);
  const { width, height } = header;
  if (width < 1 || height < 1) throw new ImageFault('has no pixels');
  if (width * height > mostPixels) {
    throw new ImageFault(`is too large: ${width} x ${height} pixels, more than ${mostPixels / 1e6} million`);
  }
  return header;
}

const cutShort = () => new ImageFault('is cut short');

/** Every chunk up to the last one, with its checksum (PNG specification, third edition, 5.3). */
function pngHeader(bytes: Uint8Array): ImageHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: Uint8Array[] = [];
  let [width, height] = [0, 0];
  for (let at = pngSignature.length; ; ) {
    if (at + 12 > bytes.length) throw cutShort();
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) throw cutShort();
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) throw new ImageFault('is damaged');
    if (type === 'IHDR' && end - at >= 20) [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (type === 'IDAT') pieces.push(bytes.subarray(at + 8, end - 4));
    if (type === 'IEND') return { format: 'png', width, height, pieces, orientation: 1 };
    at = end;
  }
}

/** Markers that stand alone, without a length. */
const isBare = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
/** Start of a frame: its height and width. 0xc4, 0xc8 and 0xcc mean other things. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Segments up to the first scan (ITU-T T.81, B.1); then only the mark of the end is looked for. */
function jpegHeader(bytes: Uint8Array): ImageHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [width, height, orientation] = [0, 0, 1];
  for (let at = 2; ; ) {
    if (at + 4 > bytes.length) throw cutShort();
    if (bytes[at] !== 0xff) throw new ImageFault('is damaged');
    const marker = bytes[at + 1];
    if (marker === 0xff || isBare(marker)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) throw cutShort();
    if (isFrame(marker) && end - at >= 9) [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
    if (marker === 0xe1) orientation = exifOrientation(bytes.subarray(at + 4, end)) ?? orientation;
    if (marker === 0xda) break;
    at = end;
  }
  // Some cameras write zeros or a second picture behind the end.
  if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf('\xff\xd9', undefined, 'latin1') < 0) {
    throw cutShort();
  }
  return { format: 'jpeg', width, height, pieces: [], orientation };
}

/** Tag 274 of the first directory of an Exif segment; undefined where it is not there. */
function exifOrientation(segment: Uint8Array): number | undefined {
  if (segment.length < 14 || String.fromCharCode(...segment.subarray(0, 4)) !== 'Exif') return undefined;
  const tiff = new DataView(segment.buffer, segment.byteOffset + 6, segment.byteLength - 6);
  const little = tiff.getUint16(0) === 0x4949;
  const directory = tiff.getUint32(4, little);
  if (directory + 2 > tiff.byteLength) return undefined;
  const entries = tiff.getUint16(directory, little);
  for (let i = 0; i < entries; i++) {
    const at = directory + 2 + 12 * i;
    if (at + 12 > tiff.byteLength) return undefined;
    if (tiff.getUint16(at, little) !== 274) continue;
    const value = tiff.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}
