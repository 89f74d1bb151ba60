import type { Result } from './result.ts';

export interface Example {
  readonly rowIndex: number;
  readonly row: Readonly<Record<string, number | string | null>>;
  /** True class or value. */
  readonly truth: string | number;
  readonly predicted: string | number;
  /** Gower distance to the explained row, 0 to 1; absent for prototypes. */
  readonly distance?: number;
  /** Prototypes: share of the rows that are nearest to it. */
  readonly share?: number;
}

export interface Examples extends Result<'examples'> {
  readonly rowIndex: number;
  readonly row: Readonly<Record<string, number | string | null>>;
  readonly prediction: string | number;
  readonly nearest: readonly Example[];
  /** Typical rows of the training part (MMD-critic's prototypes). */
  readonly prototypes: readonly Example[];
}
