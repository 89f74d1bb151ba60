import { mul, reshape, type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import type { Random } from '../../random.ts';
import type { Layer } from './layer.ts';
import { type LayerPlan, planOf, type RowShape } from './plan.ts';

/** Draws the units that a step silences: [rows x units], each 0 or 1 / (1 - rate). */
export type DropoutMask = (rows: number, units: number) => Tensor2D;

/** Silences units at random and scales up the rest (Srivastava et al. 2014, section 10: inverted). */
export const dropout =
  (mask: DropoutMask): Layer =>
  (x) => {
    const flat = mask(x.shape[0], x.size / Math.max(x.shape[0], 1));
    const kept = x.rank === 2 ? flat : reshape(flat, x.shape);
    return {
      output: mul(x, kept),
      backward: (gradient) => ({ parameters: [], input: () => mul(gradient, kept) }),
    };
  };

/**
 * Masks of a share `rate` in [0, 1), reproducible from `random`. A mask has a number for each unit of each row of each
 * step, so the bits come from a generator of four instructions (Marsaglia 2003, xorshift128), seeded from the slow one; 16 of them
 * decide on a unit, so that a rate is kept to a 65,536th.
 */
export function createDropoutMask(rate: number, random: Random): DropoutMask {
  const state = Uint32Array.from({ length: 4 }, () => 1 + random.integer(0x7fffffff));
  const threshold = Math.round(rate * 2 ** 16);
  return (rows, units) => {
    const values = new Float32Array(rows * units);
    fillMask(values, threshold, 1 / (1 - rate), state);
    return tensor2d(values, [rows, units]);
  };
}

/** Without branches, which a processor could only guess: the sign bit of a difference tells whether a unit is kept. */
function fillMask(mask: Float32Array, threshold: number, kept: number, state: Uint32Array): void {
  let [x, y, z, w] = state;
  const below = threshold - 1;
  for (let i = 0; i < mask.length; i += 2) {
    const t = x ^ (x << 11);
    x = y;
    y = z;
    z = w;
    w = w ^ (w >>> 19) ^ t ^ (t >>> 8);
    mask[i] = ((below - (w >>> 16)) >>> 31) * kept;
    // Past the end of an odd mask nothing is written.
    mask[i + 1] = ((below - (w & 0xffff)) >>> 31) * kept;
  }
  state.set([x, y, z, w]);
}

export interface DropoutSpec {
  readonly kind: 'dropout';
  /** Share in [0, 1) of the numbers that a training step silences. */
  readonly rate: number;
}

export const planDropout = ({ rate }: DropoutSpec, input: RowShape): LayerPlan =>
  planOf({ output: input, apply: ({ masks }) => (masks && rate > 0 ? dropout(masks(rate)) : same) });

const same: Layer = (x) => ({ output: x, backward: (gradient) => ({ parameters: [], input: () => gradient }) });
