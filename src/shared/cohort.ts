/** A named, serialisable selection of rows or trials that every view understands. */
export type Cohort =
  | {
      readonly kind: 'rows';
      readonly name: string;
      readonly part: 'train' | 'validation' | 'test';
      readonly rows: readonly number[];
    }
  | { readonly kind: 'trials'; readonly name: string; readonly trials: readonly number[] };
