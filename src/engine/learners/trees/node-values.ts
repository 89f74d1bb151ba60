/** What grown trees say of their nodes, in the nodes' order; trees follow each other. */
export class NodeValues {
  readonly #outputs: number;
  #means: Float64Array;
  #gains = new Float64Array(64);
  #size = 0;

  constructor(outputs: number) {
    this.#outputs = outputs;
    this.#means = new Float64Array(64 * outputs);
  }

  /** [nodes x outputs]; replaced when its room is used up. */
  get means(): Float64Array {
    return this.#means;
  }

  /** [nodes] rows times the decrease of impurity by the node's split, 0 of a leaf; of two classes half the Gini impurity. */
  get gains(): Float64Array {
    return this.#gains;
  }

  /** Adds a leaf, whose means are 0 until they are written, and returns where they begin. */
  add(): number {
    if (this.#size === this.#gains.length) {
      const [means, gains] = [this.#means, this.#gains];
      this.#means = new Float64Array(2 * means.length);
      this.#means.set(means);
      this.#gains = new Float64Array(2 * gains.length);
      this.#gains.set(gains);
    }
    return this.#size++ * this.#outputs;
  }
}
