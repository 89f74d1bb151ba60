import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { encode as encodeJpeg } from 'jpeg-js';
import { decodeImage } from '../../../../src/engine/data/images/decode-image.ts';
import { ImageFault, imageHeader } from '../../../../src/engine/data/images/image-header.ts';
import { resized, turned } from '../../../../src/engine/data/images/picture.ts';
import { png } from './drawn-images.ts';

/** A chunk of a PNG, and a file of some. */
function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

function pngOf(width: number, height: number, depth: number, color: number, lines: Uint8Array, more: Buffer[] = []) {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, depth, color, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = chunk('IDAT', deflateSync(lines));
  return Buffer.concat([signature, chunk('IHDR', header), ...more, pixels, chunk('IEND', Buffer.alloc(0))]);
}

/** Dark on the left, bright on the right. */
function jpeg(width: number, height: number): Buffer {
  const data = Buffer.alloc(width * height * 4, 255);
  for (let i = 0; i < width * height; i++) data.fill(i % width < width / 2 ? 20 : 220, 4 * i, 4 * i + 3);
  return encodeJpeg({ width, height, data }, 95).data;
}

/** The same file with an Exif segment that gives its orientation. */
function heldAs(file: Buffer, orientation: number): Buffer {
  const exif = Buffer.from(
    'ffe1001e457869660000' + '4d4d002a00000008' + '0001' + '0112000300000001' + '0000' + '0000',
    'hex',
  );
  exif.writeUInt16BE(orientation, 28);
  exif.writeUInt16BE(exif.length - 2, 2);
  return Buffer.concat([file.subarray(0, 2), exif, file.subarray(2)]);
}

const pixelsOf = (bytes: Uint8Array) => [...decodeImage(bytes, 64).pixels];
const fault = (words: RegExp) => (error: unknown) => error instanceof ImageFault && words.test(error.message);

describe('every kind of pixel becomes 8 bits of red, green and blue', () => {
  test('colour', () => assert.deepEqual(pixelsOf(png(1, 1, 3, (_x, _y, k) => 10 * k)), [0, 10, 20]));
  test('grey', () => assert.deepEqual(pixelsOf(png(2, 1, 1, (x) => 100 * x)), [0, 0, 0, 100, 100, 100]));
  test('16 bits', () => assert.deepEqual(pixelsOf(png(1, 1, 3, () => 65535 / 5, 16)), [51, 51, 51]));
  test('one bit', () => {
    const lines = Uint8Array.of(0, 0b10100000, 0, 0b01000000);
    assert.deepEqual(
      pixelsOf(pngOf(3, 2, 1, 0, lines)).filter((_, i) => i % 3 === 0),
      [255, 0, 255, 0, 255, 0],
    );
  });
  test('what is transparent shows white', () => {
    assert.deepEqual(pixelsOf(png(1, 1, 4, (_x, _y, k) => (k === 3 ? 0 : 7))), [255, 255, 255]);
    assert.deepEqual(pixelsOf(png(1, 1, 4, (_x, _y, k) => (k === 3 ? 51 : 0))), [204, 204, 204]);
    assert.deepEqual(pixelsOf(png(1, 1, 2, (_x, _y, k) => (k === 1 ? 0 : 7))), [255, 255, 255]);
    const clear = chunk('tRNS', Buffer.from([0, 9]));
    assert.deepEqual(pixelsOf(pngOf(2, 1, 8, 0, Uint8Array.of(0, 9, 8), [clear])), [255, 255, 255, 8, 8, 8]);
  });
  test('a palette, with an opacity', () => {
    const palette = [chunk('PLTE', Buffer.from([1, 2, 3, 200, 100, 0])), chunk('tRNS', Buffer.from([255, 0]))];
    const lines = Uint8Array.of(0, 0b01000000);
    assert.deepEqual(pixelsOf(pngOf(2, 1, 1, 3, lines, palette)), [1, 2, 3, 255, 255, 255]);
    assert.throws(() => pixelsOf(pngOf(1, 1, 8, 3, Uint8Array.of(0, 7), palette)), fault(/damaged/));
  });
  test('JPEG', () => {
    const picture = decodeImage(jpeg(16, 8), 64);
    assert.deepEqual([picture.width, picture.height], [16, 8]);
    assert.ok(picture.pixels[0] < 40 && picture.pixels[picture.pixels.length - 1] > 200);
  });
});

test('a JPEG is turned as its camera was held', () => {
  const bright = (orientation: number) => {
    const { width, height, pixels } = decodeImage(heldAs(jpeg(16, 8), orientation), 64);
    const at = (x: number, y: number) => pixels[(y * width + x) * 3] > 128;
    return [width, height, at(0, 0), at(width - 1, 0), at(0, height - 1)];
  };
  assert.deepEqual(bright(1), [16, 8, false, true, false]);
  assert.deepEqual(bright(3), [16, 8, true, false, true]);
  assert.deepEqual(bright(6), [8, 16, false, false, true]);
  assert.deepEqual(bright(8), [8, 16, true, true, false]);
  assert.equal(imageHeader(heldAs(jpeg(8, 8), 99)).orientation, 1);
});

test('turning by each orientation', () => {
  const pixels = Uint8Array.from([1, 2, 3, 4, 5, 6].flatMap((value) => [value, 0, 0]));
  const of = (orientation: number) =>
    [...turned({ width: 3, height: 2, pixels }, orientation).pixels].filter((_, i) => i % 3 === 0).join('');
  assert.deepEqual([1, 2, 3, 4, 5, 6, 7, 8].map(of), [
    '123456',
    '321654',
    '654321',
    '456123',
    '142536',
    '415263',
    '635241',
    '362514',
  ]);
});

describe('files that are no image that can be read', () => {
  const whole = png(20, 20, 3, (x, y) => (x * 37 + y * 91) % 256);
  const cases: [string, Uint8Array, RegExp][] = [
    ['empty', new Uint8Array(0), /is empty/],
    ['text', Buffer.from('no image'), /neither PNG nor JPEG/],
    ['a PNG that is cut short', whole.subarray(0, whole.length - 30), /cut short/],
    ['a PNG of which only the signature is left', whole.subarray(0, 8), /cut short/],
    ['a PNG with a wrong byte', Uint8Array.from(whole, (byte, i) => (i === 60 ? byte ^ 1 : byte)), /damaged/],
    ['a PNG with too few pixels', pngOf(10, 10, 8, 0, new Uint8Array(40)), /damaged/],
    ['a PNG without pixels', pngOf(0, 10, 8, 0, new Uint8Array(1)), /no pixels/],
    ['a PNG of a kind that does not exist', pngOf(2, 1, 8, 5, new Uint8Array(3)), /damaged/],
    ['a promise of 10 gigapixels', pngOf(100_000, 100_000, 8, 0, new Uint8Array(9)), /too large: 100000 x 100000/],
    ['a bomb', pngOf(10, 10, 8, 0, new Uint8Array(5e6)), /unpacks to more/],
    ['a JPEG that is cut short', jpeg(32, 32).subarray(0, 300), /cut short/],
    ['a JPEG without its end', jpeg(32, 32).subarray(0, -2), /cut short/],
    [
      'a JPEG with strange markers',
      Buffer.concat([jpeg(8, 8).subarray(0, 20), Buffer.from('abcdefgh')]),
      /damaged|cut/,
    ],
  ];
  for (const [name, bytes, words] of cases) {
    test(name, () => assert.throws(() => decodeImage(bytes, 64), fault(words)));
  }

  test('no single wrong byte of a JPEG is an error of ours', () => {
    const bytes = jpeg(8, 8);
    for (let i = 0; i < bytes.length; i += 3) {
      const wrong = Uint8Array.from(bytes, (byte, j) => (i === j ? byte ^ 0xff : byte));
      try {
        decodeImage(wrong, 8);
      } catch (error) {
        assert.ok(error instanceof ImageFault, `${i}: ${error}`);
      }
    }
  });
});

describe('another size', () => {
  const grey = (width: number, values: number[]) => ({
    width,
    height: values.length / width,
    pixels: Uint8Array.from(values.flatMap((value) => [value, value, value])),
  });
  const reds = (picture: { pixels: Uint8Array }) => [...picture.pixels].filter((_, i) => i % 3 === 0);

  test('a smaller picture is made of means of areas', () => {
    assert.deepEqual(reds(resized(grey(4, [0, 40, 100, 200, 20, 60, 100, 200]), 2, 1)), [30, 150]);
    assert.deepEqual(reds(resized(grey(3, [0, 90, 180]), 2, 1)), [30, 150]);
  });
  test('a larger one lies between its neighbours', () => {
    assert.deepEqual(reds(resized(grey(2, [0, 100]), 4, 1)), [0, 25, 75, 100]);
    assert.deepEqual(reds(resized(grey(1, [70]), 3, 2)), [70, 70, 70, 70, 70, 70]);
  });
  test('a large file becomes a small picture', () => {
    const { width, height } = decodeImage(
      png(300, 20, 3, (x) => x % 256),
      64,
    );
    assert.deepEqual([width, height], [64, 20]);
  });
});
