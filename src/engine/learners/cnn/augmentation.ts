import { add, dispose, mul, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Params } from '../../../shared/space.ts';
import type { TrainingRows } from '../../networks/training.ts';
import type { Random } from '../../random.ts';

/** How a training step sees each picture anew; everything 0 and 'none': as it is. */
export interface Augmentation {
  readonly flip: 'none' | 'horizontal' | 'both';
  /** Farthest move, as a share of the side. */
  readonly shift: number;
  /** Deviation of what is added to each number, in deviations of its channel. */
  readonly noise: number;
  /** Side of a square that is hidden, as a share of the picture's (DeVries and Taylor 2017). */
  readonly cutout: number;
}

export const augmentationOf = ({ flip, shift, noise, cutout }: Params): Augmentation => ({
  flip: flip as Augmentation['flip'],
  shift: shift as number,
  noise: noise as number,
  cutout: cutout as number,
});

interface Size {
  readonly side: number;
  readonly channels: number;
}

/**
 * Pictures [rows x side x side x channels], each changed by chance; what comes into sight is 0, the channel's mean.
 * The same chance gives the same pictures.
 */
export function augmented(pictures: Float32Array, size: Size, how: Augmentation, random: Random): Float32Array {
  const length = size.side * size.side * size.channels;
  const result = new Float32Array(pictures.length);
  for (let from = 0; from < pictures.length; from += length) {
    const picture = result.subarray(from, from + length);
    move(pictures.subarray(from, from + length), picture, size, how, random);
    if (how.noise > 0) for (let i = 0; i < length; i++) picture[i] += how.noise * random.normal();
    if (how.cutout > 0) hide(picture, size, how.cutout, random);
  }
  return result;
}

/** Flips and shifts in one pass. */
function move(
  from: Float32Array,
  to: Float32Array,
  { side, channels }: Size,
  { flip, shift }: Augmentation,
  random: Random,
): void {
  const far = Math.round(shift * side);
  const chance = () => (far > 0 ? random.integer(2 * far + 1) - far : 0);
  const [right, down] = [chance(), chance()];
  const mirrored = flip !== 'none' && random.uniform() < 0.5;
  const upended = flip === 'both' && random.uniform() < 0.5;
  for (let y = 0; y < side; y++) {
    const ownY = (upended ? side - 1 - y : y) - down;
    if (ownY < 0 || ownY >= side) continue;
    for (let x = 0; x < side; x++) {
      const ownX = (mirrored ? side - 1 - x : x) - right;
      if (ownX < 0 || ownX >= side) continue;
      const start = (ownY * side + ownX) * channels;
      const place = (y * side + x) * channels;
      for (let k = 0; k < channels; k++) to[place + k] = from[start + k];
    }
  }
}

/** The square's centre lies anywhere, so that often only a part of it hides something. */
function hide(picture: Float32Array, { side, channels }: Size, share: number, random: Random): void {
  const width = Math.round(share * side);
  const [left, top] = [0, 0].map(() => random.integer(side) - (width >> 1));
  for (let y = Math.max(0, top); y < Math.min(side, top + width); y++) {
    const start = (y * side + Math.max(0, left)) * channels;
    const end = (y * side + Math.min(side, left + width)) * channels;
    picture.fill(0, start, Math.max(start, end));
  }
}

/** Less than this hardly ever mixes. */
const leastMixing = 0.02;

/**
 * Rows that are each a mean of two, targets with them (mixup, Zhang et al. 2018): one share a step, from a beta distribution.
 * @param alpha both parameters of the distribution, at most 1; 0: rows as they are
 */
export function mixedUp(rows: TrainingRows, alpha: number, random: Random): TrainingRows {
  if (alpha < leastMixing) return rows;
  return {
    count: rows.count,
    batch(positions) {
      const share = beta(alpha, random);
      const others = random.permutation(positions.length).map((i) => positions[i]);
      const [one, other] = [rows.batch(positions), rows.batch(others)];
      const mixed = (a: Tensor, b: Tensor) => tidy(() => add(mul(a, share), mul(b, 1 - share)));
      const result = {
        x: mixed(one.x, other.x),
        target: mixed(one.target, other.target),
        ...(one.weights && other.weights && { weights: mixed(one.weights, other.weights) }),
      };
      dispose([...Object.values(one), ...Object.values(other)]);
      return result;
    },
  };
}

/** Of equal parameters of at most 1 (Joehnk 1964). */
function beta(alpha: number, random: Random): number {
  for (;;) {
    const [a, b] = [0, 0].map(() => random.uniform() ** (1 / alpha));
    if (a + b <= 1 && a + b > 0) return a / (a + b);
  }
}
