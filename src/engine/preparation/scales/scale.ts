/** A number on another scale, growing with it. */
export interface Scale {
  /** Finite for every finite number. */
  of(value: number): number;
  /** d scaled / d value, where there is one. */
  slope(value: number): number;
}

/** A way to choose a scale for a column from its training values. */
export interface ScaleKind<State> {
  /** sorted: ascending, finite, of at least three different values. Null where no such scale can be had. */
  learn(sorted: Float64Array): State | null;
  restore(state: State): Scale;
}
