import { inflateSync } from 'node:zlib';
import { type DecodedPng, decode as decodePng } from 'fast-png';
import { decode as decodeJpeg } from 'jpeg-js';
import { ImageFault, type ImageHeader, imageHeader, mostPixels } from './image-header.ts';
import { type Picture, resized, turned } from './picture.ts';

/**
 * The picture in a PNG or JPEG file, each side at most `mostSide` pixels, upright. Grey becomes colour, 16 bits become 8, and what is
 * transparent shows white. Throws an ImageFault.
 */
export function decodeImage(bytes: Uint8Array, mostSide: number): Picture {
  const header = imageHeader(bytes);
  const picture = damageSaid(() => (header.format === 'png' ? png(bytes, header) : jpeg(bytes)));
  const { width, height } = picture;
  return turned(resized(picture, Math.min(width, mostSide), Math.min(height, mostSide)), header.orientation);
}

/** What a decoder throws at a broken file is the file's fault. */
function damageSaid<T>(decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof ImageFault) throw error;
    throw new ImageFault('is damaged', { cause: error });
  }
}

function jpeg(bytes: Uint8Array): Picture {
  const { width, height, data } = decodeJpeg(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxResolutionInMP: mostPixels / 1e6,
    maxMemoryUsageInMB: 1024,
  });
  return { width, height, pixels: data };
}

function png(bytes: Uint8Array, header: ImageHeader): Picture {
  checkInflated(header);
  const decoded = decodePng(bytes);
  const { width, height } = decoded;
  const pixels = new Uint8Array(width * height * 3);
  const colorOf = decoded.palette ? paletteColor(decoded) : directColor(decoded);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) colorOf(x, y, pixels, (y * width + x) * 3);
  }
  return { width, height, pixels };
}

/** A small file can unpack to any size, whatever its header says: 8 bytes a pixel and one a line are all that an image needs. */
function checkInflated({ pieces, width, height }: ImageHeader): void {
  const packed = pieces.reduce((sum, { length }) => sum + length, 0);
  // Lines of an interlaced image are up to twice as many.
  const most = 8 * width * height + 16 * height + 1024;
  if (packed * mostInflation <= most) return;
  try {
    inflateSync(Buffer.concat(pieces), { maxOutputLength: most });
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new ImageFault(tooLarge ? 'unpacks to more than its pixels' : 'is damaged', { cause: error });
  }
}

/** Deflate makes no more of a byte (zlib's technical details). */
const mostInflation = 1032;

/** Writes the colour of a pixel at `to`. */
type Painter = (x: number, y: number, pixels: Uint8Array, to: number) => void;

/** One number of a pixel, at the file's own depth; several smaller than a byte share one, lines begin anew. */
function sampleOf({ width, depth, channels, data }: DecodedPng): (x: number, y: number, channel: number) => number {
  if (depth >= 8) return (x, y, channel) => data[(y * width + x) * channels + channel];
  const line = Math.ceil((width * depth * channels) / 8);
  const mask = 2 ** depth - 1;
  return (x, y, channel) => {
    const bit = (x * channels + channel) * depth;
    return (data[y * line + (bit >> 3)] >> (8 - depth - (bit & 7))) & mask;
  };
}

function paletteColor(decoded: DecodedPng): Painter {
  const sample = sampleOf(decoded);
  return (x, y, pixels, to) => {
    const color = decoded.palette?.[sample(x, y, 0)];
    if (!color) throw new ImageFault('is damaged');
    for (let k = 0; k < 3; k++) pixels[to + k] = onWhite(color[k] / 255, (color[3] ?? 255) / 255);
  };
}

/** Grey, grey and alpha, colour, or colour and alpha; one grey or colour may stand for transparent. */
function directColor(decoded: DecodedPng): Painter {
  const { channels, depth, transparency } = decoded;
  const sample = sampleOf(decoded);
  const full = 2 ** depth - 1;
  const colors = channels >= 3 ? 3 : 1;
  const isClear = (x: number, y: number) =>
    transparency !== undefined &&
    Array.from({ length: colors }, (_, k) => k).every((k) => sample(x, y, k) === transparency[k]);
  return (x, y, pixels, to) => {
    const opacity = channels > colors ? sample(x, y, colors) / full : isClear(x, y) ? 0 : 1;
    for (let k = 0; k < 3; k++) pixels[to + k] = onWhite(sample(x, y, Math.min(k, colors - 1)) / full, opacity);
  };
}

const onWhite = (value: number, opacity: number): number => Math.round(255 * (value * opacity + 1 - opacity));
