import type { CountedPredictor } from '../counted-predictor.ts';
import type { HybridRows, Members } from './hybrid-rows.ts';

/** Rows are predicted in pieces that grow to about so many milliseconds, so that a slow model can be stopped too. */
const pieceMilliseconds = 50;
const [firstPiece, mostRows, mostCells] = [32, 16_384, 4_000_000];

/** Asks a model for the mean prediction of coalitions. */
export class CoalitionValues {
  readonly #predictor: CountedPredictor;
  readonly #hybrid: HybridRows;
  readonly #columns: number;
  readonly #players: number;
  #piece = firstPiece;

  constructor(predictor: CountedPredictor, hybrid: HybridRows, columns: number, players: number) {
    this.#predictor = predictor;
    this.#hybrid = hybrid;
    this.#columns = columns;
    this.#players = players;
  }

  /**
   * [coalitions x outputs] mean predictions over the background rows, of the first coalitions, as many as were asked before it was
   * enough.
   * @param rowOf the explained row of each coalition; absent: the first of all of them
   */
  async ask(
    members: Members,
    outputs: number,
    enough: () => boolean,
    progress: (share: number) => void,
    rowOf?: Uint32Array,
  ): Promise<{ readonly values: Float64Array; readonly asked: number }> {
    const rows = this.#hybrid.backgroundRows;
    const total = (members.length / this.#players) * rows;
    const sums = new Float64Array((members.length / this.#players) * outputs);
    let from = 0;
    while (from < total && !enough()) {
      const most = Math.max(1, Math.min(mostRows, Math.floor(mostCells / this.#columns)));
      const to = Math.min(total, from + Math.min(this.#piece, most));
      const startedAt = performance.now();
      const { values } = await this.#predictor.predict(this.#hybrid.table(members, from, to, rowOf));
      if (performance.now() - startedAt < pieceMilliseconds) this.#piece = Math.min(mostRows, 2 * this.#piece);
      for (let row = from; row < to; row++) {
        const at = Math.floor(row / rows) * outputs;
        for (let k = 0; k < outputs; k++) sums[at + k] += values[(row - from) * outputs + k] / rows;
      }
      from = to;
      progress(from / total);
    }
    const asked = Math.floor(from / rows);
    return { values: sums.subarray(0, asked * outputs), asked };
  }
}
