import { type Column, type Table, takeRows, withColumns } from '../../data/table.ts';
import type { Scores } from '../functional-complexity/additive-scale.ts';
import type { ExplainedNumbers } from './explained-numbers.ts';

/** Rows of a table, some of whose columns have other values: what a model is asked for. */
export interface Asked {
  readonly base: Table;
  /** Positions in `base`. */
  readonly rows: Uint32Array;
  /** Columns in place of the base's, each as long as `rows`. */
  readonly set: readonly Column[];
}

/** Pieces grow and shrink to take between so many milliseconds, so that a slow model can be stopped too. */
const [shortest, longest] = [30, 120];
const [mostRows, mostCells] = [16_384, 4_000_000];

/** Asks a model for the numbers of very many rows, piece by piece. */
export class Asking {
  readonly #numbers: ExplainedNumbers;
  readonly #enough: () => boolean;
  #piece = 1;

  constructor(numbers: ExplainedNumbers, enough: () => boolean) {
    this.#numbers = numbers;
    this.#enough = enough;
  }

  /** [asked rows x outputs]; undefined where it was enough before the last of them. */
  async of({ base, rows, set }: Asked): Promise<Scores | undefined> {
    const pieces: Scores[] = [];
    const most = Math.max(1, Math.min(mostRows, Math.floor(mostCells / Math.max(1, base.columns.length))));
    for (let from = 0; from < rows.length; ) {
      if (this.#enough()) return undefined;
      const to = Math.min(rows.length, from + Math.min(this.#piece, most));
      const piece = withColumns(
        takeRows(base, rows.subarray(from, to)),
        set.map((column) => part(column, from, to)),
      );
      const startedAt = performance.now();
      pieces.push(await this.#numbers.of(piece));
      const took = performance.now() - startedAt;
      if (took < shortest) this.#piece = Math.min(most, 2 * this.#piece);
      if (took > longest) this.#piece = Math.max(1, this.#piece >> 1);
      from = to;
    }
    return joined(pieces);
  }

  /** The rows as they are. */
  whole(base: Table): Promise<Scores | undefined> {
    return this.of({ base, rows: Uint32Array.from({ length: base.rowCount }, (_, i) => i), set: [] });
  }

  /**
   * Every point with every base row: number `point * rows + row` is of the base row with the set columns as at the point.
   * @param set of one length, that of the points
   */
  crossed(base: Table, set: readonly Column[], points: number): Promise<Scores | undefined> {
    const { rowCount } = base;
    const pointOf = Uint32Array.from({ length: points * rowCount }, (_, i) => Math.floor(i / rowCount));
    const rows = Uint32Array.from({ length: points * rowCount }, (_, i) => i % rowCount);
    return this.of({ base, rows, set: takeRows({ rowCount: points, columns: set }, pointOf).columns });
  }
}

const part = (column: Column, from: number, to: number): Column =>
  column.kind === 'numeric'
    ? { ...column, values: column.values.subarray(from, to) }
    : { ...column, codes: column.codes.subarray(from, to) };

function joined(pieces: readonly Scores[]): Scores {
  const values = new Float64Array(pieces.reduce((sum, piece) => sum + piece.values.length, 0));
  let at = 0;
  for (const piece of pieces) {
    values.set(piece.values, at);
    at += piece.values.length;
  }
  return { outputs: pieces[0]?.outputs ?? 1, values };
}
