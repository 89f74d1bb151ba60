import type { Result } from './result.ts';

export interface SurrogateTerm {
  readonly column: string;
  /** What the surrogate sees: 'flipper_length_mm between 190 and 197', 'island = Biscoe'. */
  readonly condition: string;
  /** How much the condition moves the explained output: probability, or the target's unit. */
  readonly weight: number;
  /** Standard deviation of the weight over repeats of the sampling. */
  readonly spread: number;
}

/** LIME-style: a linear model that imitates the predictor around one row. */
export interface LocalSurrogate extends Result<'local-surrogate'> {
  readonly row: Readonly<Record<string, number | string | null>>;
  /** Row number in the part it was taken from. */
  readonly rowIndex: number;
  /** Class that is explained, absent for regression. */
  readonly class?: string;
  readonly prediction: number;
  readonly surrogatePrediction: number;
  readonly intercept: number;
  readonly terms: readonly SurrogateTerm[];
  /** Weighted R2 on samples that the surrogate did not see. */
  readonly heldOutR2: number;
  readonly samples: number;
  /** False where the fidelity is too low (R2 < 0.5) for the terms to be read as the reason. */
  readonly trustworthy: boolean;
}
