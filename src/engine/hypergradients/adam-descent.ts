/** Adam (Kingma and Ba 2015, algorithm 1) on a few numbers, in place. */
export class AdamDescent {
  readonly #rate: number;
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  #steps = 0;

  constructor(size: number, rate: number) {
    this.#rate = rate;
    this.#first = new Float64Array(size);
    this.#second = new Float64Array(size);
  }

  step(values: Float64Array, gradient: Float64Array): void {
    this.#steps++;
    const [b1, b2] = [0.9, 0.999];
    for (let i = 0; i < values.length; i++) {
      this.#first[i] = b1 * this.#first[i] + (1 - b1) * gradient[i];
      this.#second[i] = b2 * this.#second[i] + (1 - b2) * gradient[i] ** 2;
      const mean = this.#first[i] / (1 - b1 ** this.#steps);
      const square = this.#second[i] / (1 - b2 ** this.#steps);
      values[i] -= (this.#rate * mean) / (Math.sqrt(square) + 1e-12);
    }
  }
}
