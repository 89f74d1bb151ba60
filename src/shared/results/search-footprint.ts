import type { Params } from '../space.ts';
import { percentWords } from './numbers.ts';
import { basisWords, type SearchBasis } from './search-basis.ts';

/** 'covered': a tried configuration is near. 'promising': none is, and it may well beat the best. 'dead': none is, and it hardly can. */
export type Region = 'covered' | 'promising' | 'dead';

export interface FootprintPoint {
  /** 'border': every number at an end of its range. */
  readonly kind: 'tried' | 'border' | 'random';
  readonly trial: number | null;
  readonly params: Params;
  /** Place on the map; distances on it resemble those between configurations. Both within [-1, 1]. */
  readonly x: number;
  readonly y: number;
  /** Measured where tried, else predicted; in the objective's own unit. */
  readonly value: number;
  /** Standard deviation of the prediction; 0 where measured. */
  readonly deviation: number;
  /** Chance of beating the best by what the surrogate says; 0 where measured. */
  readonly chance: number;
  readonly region: Region;
}

/** How much of the space the search has seen: a map in two dimensions, and shares of the space by a uniform sample of it. */
export interface SearchFootprint extends SearchBasis {
  readonly kind: 'search-footprint';
  readonly points: readonly FootprintPoint[];
  readonly best: number;
  readonly shares: Readonly<Record<Region, number>>;
  /** Configurations drawn uniformly from which the shares were counted. */
  readonly sampled: number;
  /** 'near': at most this far, as a share of the largest possible distance. */
  readonly near: number;
  /** 'may well': at least this chance. */
  readonly least: number;
  /** Correlation of the distances on the map with those in the space: how far the map can be trusted. */
  readonly faithfulness: number;
}

/** How much of the space is covered, promising and dead, and how far the map can be trusted. */
export function searchFootprintWords(result: SearchFootprint): string {
  const { shares, near, least, faithfulness } = result;
  return [
    `${percentWords(shares.covered, 0)} of the space is covered: a tried configuration is within ${percentWords(near, 0)} of the largest distance.`,
    `${percentWords(shares.promising, 0)} is promising: nothing near was tried, and the chance to beat trial ${result.best} is at least ${percentWords(least, 0)}.`,
    `${percentWords(shares.dead, 0)} is dead: not tried, and hardly worth it.`,
    `Distances on the map go with those in the space by a correlation of ${faithfulness.toFixed(2)}.`,
    basisWords(result),
  ].join(' ');
}
