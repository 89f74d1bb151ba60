/** Shapley values of many rows. */
export interface RowEffects {
  readonly columns: readonly string[];
  /** Rows that were explained, from the first on. */
  readonly rows: number;
  /** Of each explained number: [rows x columns], row-major. */
  readonly effects: readonly Float64Array[];
  /** What each explained number speaks for; one of two classes, none of values. */
  readonly classes: readonly string[];
  readonly unit: string;
  /** How far the values of a row are known, in a sentence. */
  readonly words: string;
  readonly background?: { readonly rows: number; readonly available: number };
  readonly together?: { readonly columns: number; readonly importance: number };
}

/** How a long calculation is heard and stopped. */
export interface Hearing {
  readonly signal: AbortSignal;
  readonly enough: () => boolean;
  readonly progress: (share: number) => void;
}
