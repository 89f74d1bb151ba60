/** Numbers of the trials that wait to be asked for, the lowest first. Adding the highest and taking the lowest are quick. */
export class WaitingList {
  readonly #ascending: number[] = [];

  get first(): number | undefined {
    return this.#ascending[0];
  }

  /** Does nothing where the number already waits. */
  add(number: number): void {
    const place = 1 + this.#ascending.findLastIndex((other) => other <= number);
    if (this.#ascending[place - 1] !== number) this.#ascending.splice(place, 0, number);
  }

  delete(number: number): void {
    const place = this.#ascending[0] === number ? 0 : this.#ascending.indexOf(number);
    if (place >= 0) this.#ascending.splice(place, 1);
  }
}
