import { adam } from '../numerics/adam.ts';
import type { Optimizer } from '../numerics/optimizer.ts';

/** Adam for logarithms of penalties: their slopes may be tiny, and count all the same. */
export const logarithmDescent = (count: number, rate: number): Optimizer => adam(count, { rate, epsilon: 1e-12 });
