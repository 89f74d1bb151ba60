/** How a long calculation lets others be heard: it awaits this as it goes. A learner's `Pace` is one. */
export interface Turns {
  /** Called after `work` elementary steps, such as multiplications. Rejects where the calculation is to end. */
  after(work: number): Promise<void>;
}
