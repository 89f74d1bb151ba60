import type { Column, Table } from '../../data/table.ts';

/** Coalitions of players, one after the other: [coalitions x players], 1 where a player belongs to it. */
export type Members = Uint8Array;

/** A loop is faster than a call for so few cells. */
const fewRows = 16;

/**
 * Rows whose cells come from an explained row for the columns of a coalition, and from background rows for the others: for each coalition
 * as many rows as the background has, in its order. Columns are shared in as far as their kinds and levels agree.
 */
export class HybridRows {
  readonly #explained: Table;
  readonly #background: Table;
  /** [columns] the player that a column belongs to. */
  readonly #playerOf: Int32Array;
  readonly #players: number;

  /** players: positions of each player's columns; every column belongs to one. */
  constructor(explained: Table, background: Table, players: readonly (readonly number[])[]) {
    this.#explained = inLevelsOf(background, explained);
    this.#background = background;
    this.#players = players.length;
    this.#playerOf = new Int32Array(background.columns.length);
    for (const [player, columns] of players.entries()) for (const column of columns) this.#playerOf[column] = player;
  }

  get backgroundRows(): number {
    return this.#background.rowCount;
  }

  /**
   * Rows [from, to) of all coalitions' rows laid one after the other.
   * @param rowOf the explained row of each coalition; absent: the first of all of them
   */
  table(members: Members, from: number, to: number, rowOf?: Uint32Array): Table {
    const columns = this.#background.columns.map((column, j): Column => {
      const own = this.#explained.columns[j];
      const player = this.#playerOf[j];
      if (column.kind === 'numeric' && own.kind === 'numeric')
        return { ...column, values: this.#cells(column.values, own.values, player, members, from, to, rowOf) };
      if (column.kind === 'coded' && own.kind === 'coded')
        return {
          ...column,
          levels: own.levels,
          codes: this.#cells(column.codes, own.codes, player, members, from, to, rowOf),
        };
      return column;
    });
    return { rowCount: to - from, columns };
  }

  #cells<T extends Float64Array | Int32Array>(
    background: T,
    own: T,
    player: number,
    members: Members,
    from: number,
    to: number,
    rowOf: Uint32Array | undefined,
  ): T {
    const rows = background.length;
    const cells = new (background.constructor as new (length: number) => T)(to - from);
    let coalition = Math.floor(from / rows);
    for (let at = from; at < to; coalition++) {
      const isMember = members[coalition * this.#players + player] === 1;
      const value = isMember ? own[rowOf ? rowOf[coalition] : 0] : 0;
      const end = Math.min(to, (coalition + 1) * rows);
      const shift = coalition * rows;
      if (end - at < fewRows) for (; at < end; at++) cells[at - from] = isMember ? value : background[at - shift];
      else if (isMember) cells.fill(value, at - from, end - from);
      else cells.set(background.subarray(at - shift, end - shift), at - from);
      at = end;
    }
    return cells;
  }
}

/** The columns of `rows` by the names, kinds and level codes of `model`, whose levels come first; a blank column of another kind is missing. */
export function inLevelsOf(model: Table, rows: Table): Table {
  const byName = new Map(rows.columns.map((column) => [column.name, column]));
  const columns = model.columns.map((column): Column => {
    const own = byName.get(column.name);
    if (!own) throw new RangeError(`no column "${column.name}" among the explained ones`);
    if (column.kind === 'numeric')
      return own.kind === 'numeric' ? own : { ...column, values: new Float64Array(rows.rowCount).fill(Number.NaN) };
    if (own.kind === 'numeric') return { ...column, codes: new Int32Array(rows.rowCount).fill(-1) };
    if (own.levels === column.levels) return own;
    const places = new Map(column.levels.map((level, code) => [level, code]));
    const translation = own.levels.map((level) => {
      const place = places.get(level) ?? places.size;
      places.set(level, place);
      return place;
    });
    return {
      ...own,
      levels: [...places.keys()],
      codes: own.codes.map((code) => (code < 0 ? -1 : translation[code])),
    };
  });
  return { rowCount: rows.rowCount, columns };
}
