import { quantile } from '../../statistics/quantile.ts';
import type { ScaleKind } from './scale.ts';

export interface RobustState {
  readonly center: number;
  readonly spread: number;
}

/** Where bending begins to tell, in spreads; nothing comes to lie further out than this. */
export const limit = 3;

/**
 * z = (x - median) / interquartile range (half the range where that is 0), bent by z / sqrt(1 + (z/3)^2) so that nothing lies
 * further out than 3 (RealMLP, Holzmüller et al. 2024, section 3).
 */
export const robust: ScaleKind<RobustState> = {
  learn(sorted) {
    const between = quantile(sorted, 0.75) - quantile(sorted, 0.25);
    const spread = between > 0 ? between : sorted[sorted.length - 1] / 2 - sorted[0] / 2;
    const center = quantile(sorted, 0.5);
    return spread > 1e-300 && Number.isFinite(spread) && Number.isFinite(center) ? { center, spread } : null;
  },
  restore: ({ center, spread }) => ({
    of(value) {
      const z = Math.max(-1e150, Math.min(1e150, (value - center) / spread));
      return z / Math.sqrt(1 + (z / limit) ** 2);
    },
    slope: (value) => (1 + ((value - center) / spread / limit) ** 2) ** -1.5 / spread,
  }),
};
