/** Moves numbers down a slope, step by step; remembers what it needs of the steps before. */
export interface Optimizer {
  /** Changes `values` in place. `slopes`: of the loss, one a value. `rate`: of this step, where it is not that of the options. */
  step(values: Float64Array, slopes: Float64Array, rate?: number): void;
}
