import { type Table, takeRows } from '../data/table.ts';
import type { CountedPredictor } from './counted-predictor.ts';

/** Rows are predicted in pieces that grow to about so many milliseconds, so that a slow model can be stopped too. */
const pieceMilliseconds = 50;
const [firstPiece, mostRows, mostCells] = [4, 16_384, 4_000_000];

/** What a model said of the first rows it was asked for. */
export interface Answers {
  /** [asked x outputs] row-major */
  readonly values: Float64Array;
  readonly outputs: number;
  readonly asked: number;
}

/** Asks a model for many rows, in pieces between which it hears whether what is known is enough. */
export class Asking {
  readonly #predictor: CountedPredictor;
  readonly #enough: () => boolean;
  #piece = firstPiece;
  #isCut = false;

  constructor(predictor: CountedPredictor, enough: () => boolean) {
    this.#predictor = predictor;
    this.#enough = enough;
  }

  /** Some rows were not asked for, because it was enough. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** As many of the rows, from the first on, as there was time for. */
  async ask(rows: Table): Promise<Answers> {
    const outputs = this.#predictor.classes?.length ?? 1;
    const values = new Float64Array(rows.rowCount * outputs);
    const most = Math.max(1, Math.min(mostRows, Math.floor(mostCells / Math.max(1, rows.columns.length))));
    let from = 0;
    while (from < rows.rowCount) {
      if (this.#enough()) {
        this.#isCut = true;
        break;
      }
      const to = Math.min(rows.rowCount, from + Math.min(this.#piece, most));
      const piece =
        from === 0 && to === rows.rowCount
          ? rows
          : takeRows(
              rows,
              Array.from({ length: to - from }, (_, i) => from + i),
            );
      const startedAt = performance.now();
      values.set((await this.#predictor.predict(piece)).values, from * outputs);
      if (performance.now() - startedAt < pieceMilliseconds) this.#piece = Math.min(mostRows, 2 * this.#piece);
      from = to;
    }
    return { values: values.subarray(0, from * outputs), outputs, asked: from };
  }
}
