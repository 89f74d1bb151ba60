import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { firstAtLeast } from '../../statistics/first-at-least.ts';
import { quantile } from '../../statistics/quantile.ts';
import type { ScaleKind } from './scale.ts';

export interface QuantileState {
  /** Different values, ascending, and the mean share of training values up to each. */
  readonly values: readonly number[];
  readonly shares: readonly number[];
  /** Smallest share; the largest is 1 - this. */
  readonly least: number;
}

/** Quantiles that are kept of a column; with fewer values each, its slopes would tell of chance. */
const [fewest, most, valuesEach] = [10, 256, 30];

/**
 * The place of a value among the training values as a standard normal number, linear between quantiles; a repeated value gets the
 * middle of its places. As scikit-learn's QuantileTransformer but at the ends, which lie half a row from 0 and 1, not at 1e-7.
 */
export const quantileNormal: ScaleKind<QuantileState> = {
  learn(sorted) {
    const count = Math.min(sorted.length, Math.max(fewest, Math.min(most, Math.round(sorted.length / valuesEach))));
    const values: number[] = [];
    const shares: number[] = [];
    for (let i = 0, first = 0; i < count; i++) {
      const value = quantile(sorted, i / (count - 1));
      if (value !== values[values.length - 1]) {
        first = i;
        values.push(value);
        shares.push(i / (count - 1));
      } else shares[shares.length - 1] = (first + i) / 2 / (count - 1);
    }
    return values.every(Number.isFinite) ? { values, shares, least: 0.5 / sorted.length } : null;
  },
  restore({ values, shares, least }) {
    const places = Float64Array.from(values);
    const last = values.length - 1;
    const shareOf = (value: number) => {
      const above = firstAtLeast(places, value);
      if (above > last) return shares[last];
      if (above === 0 || places[above] === value) return shares[above];
      const step = (value - places[above - 1]) / (places[above] - places[above - 1]);
      return shares[above - 1] + step * (shares[above] - shares[above - 1]);
    };
    const bounded = (share: number) => Math.max(least, Math.min(1 - least, share));
    /** d share / d value between a quantile and the one before it. */
    const steepness = (above: number) =>
      above > 0 && above <= last ? (shares[above] - shares[above - 1]) / (places[above] - places[above - 1]) : 0;
    return {
      of: (value) => normalQuantile(bounded(shareOf(value)), 0, 1),
      slope(value) {
        const above = firstAtLeast(places, value);
        const share = shareOf(value);
        if (share !== bounded(share)) return 0;
        const z = normalQuantile(share, 0, 1);
        const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
        // At a quantile itself the slopes on either side are averaged.
        const isQuantile = places[above] === value;
        return (isQuantile ? (steepness(above) + steepness(above + 1)) / 2 : steepness(above)) / density;
      },
    };
  },
};
