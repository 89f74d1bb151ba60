import type { Direction } from '../metrics.ts';
import { percentWords } from './numbers.ts';

/** How well the surrogate foretells trials that it was not fitted on: 1 is perfect, 0 no better than their mean. */
export interface SurrogateFit {
  readonly name: 'R2 on held-out trials';
  readonly value: number;
  /** 'random forest' */
  readonly surrogate: string;
}

/** What an analysis of the search rests on, and what must be known before believing it. */
export interface SearchBasis {
  /** Metric, or '0.3 x log_loss + 0.7 x energy'. */
  readonly objective: string;
  readonly direction: Direction;
  /** Finished trials that it was computed from. */
  readonly trials: number;
  /** null where it uses no surrogate, or where there are too few trials to hold some out. */
  readonly fit: SurrogateFit | null;
  /** Too few trials, a poor fit, trials all alike; each a sentence. */
  readonly warnings: readonly string[];
}

/** 'From 57 trials; the random forest explains 83 % of what differs between trials that it has not seen.' and the warnings. */
export function basisWords({ trials, fit, warnings }: SearchBasis): string {
  const foretells = fit
    ? `; the ${fit.surrogate} explains ${percentWords(Math.max(0, fit.value), 0)} of what differs between trials that it has not seen`
    : '';
  return [`From ${trials} trials${foretells}.`, ...warnings].join(' ');
}
