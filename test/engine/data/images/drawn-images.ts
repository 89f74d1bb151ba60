import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type BitDepth, encode } from 'fast-png';
import type { Random } from '../../../../src/engine/random.ts';

/** A PNG whose numbers are given by `sample`, 0 to the depth's largest. */
export function png(
  width: number,
  height: number,
  channels: number,
  sample: (x: number, y: number, channel: number) => number,
  depth: BitDepth = 8,
): Uint8Array {
  const data = new (depth === 16 ? Uint16Array : Uint8Array)(width * height * channels);
  for (let i = 0; i < data.length; i++) {
    const place = Math.floor(i / channels);
    data[i] = sample(place % width, Math.floor(place / width), i % channels);
  }
  return encode({ width, height, data, depth, channels });
}

/** A bright circle or square of some size, somewhere on a dark ground, both a little noisy. */
export function shape(kind: 'circle' | 'square', side: number, random: Random): Uint8Array {
  const radius = side * (0.2 + 0.1 * random.uniform());
  const [x0, y0] = [0, 0].map(() => radius + (side - 2 * radius) * random.uniform());
  const bright = 150 + random.integer(80);
  return png(side, side, 3, (x, y) => {
    const [dx, dy] = [Math.abs(x + 0.5 - x0), Math.abs(y + 0.5 - y0)];
    const inside = kind === 'circle' ? Math.hypot(dx, dy) < 1.13 * radius : Math.max(dx, dy) < radius;
    return (inside ? bright : 40) + random.integer(20);
  });
}

/** A folder of folders of shapes, `count` of each kind. */
export function drawShapes(folder: string, count: number, side: number, random: Random): void {
  for (const kind of ['circle', 'square'] as const) {
    for (let i = 0; i < count; i++) place(join(folder, kind, `${i}.png`), shape(kind, side, random));
  }
}

export function place(path: string, content: Uint8Array | string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}
