import type { Table } from '../../data/table.ts';
import type { Asking } from '../asking.ts';
import { type ColumnEdits, editSize } from './permitted-edits.ts';
import type { Plausibility, Plausible } from './plausibility.ts';
import { type Cells, tableOfCells } from './row-cells.ts';
import type { WantedOutcome } from './wanted-outcome.ts';

/** An edited row that was predicted. */
export interface Candidate {
  readonly cells: Cells;
  /** Above 0 where the model says what is wanted. */
  readonly reach: number;
  readonly score: number;
  /** Sum of `editSize` over the columns. */
  readonly distance: number;
  readonly changes: number;
  /** Of rows that reach what is wanted. */
  readonly plausible: Plausible | null;
  /** What the search makes small. */
  readonly cost: number;
}

/** DiCE's weights (Mothilal et al. 2020) of distance and number of changes; an implausible row pays by how far it is beyond the limit. */
const [proximity, sparsity, implausibility] = [0.2, 0.2, 1];
/** A row that does not reach what is wanted is worse than any that does. */
const [unreached, shortfall] = [1000, 10];
/** An edit that a person has forbidden, where they are lifted to see what stands in the way. */
const forbidden = 5;

/** What is wanted, of which row, and what was found: every edited row goes by here. */
export class Pool {
  readonly model: Table;
  readonly edits: readonly ColumnEdits[];
  readonly #asking: Asking;
  readonly #wanted: WantedOutcome;
  readonly #plausibility: Plausibility;
  readonly #isForbidden: (edit: ColumnEdits, value: number) => boolean;
  readonly #known = new Map<string, Candidate>();

  constructor(
    /** The row itself, with the levels of the training part. */
    model: Table,
    edits: readonly ColumnEdits[],
    asking: Asking,
    wanted: WantedOutcome,
    plausibility: Plausibility,
    isForbidden: (edit: ColumnEdits, value: number) => boolean,
  ) {
    this.model = model;
    this.edits = edits;
    this.#asking = asking;
    this.#wanted = wanted;
    this.#plausibility = plausibility;
    this.#isForbidden = isForbidden;
  }

  get isCut(): boolean {
    return this.#asking.isCut;
  }

  /** Everything that was judged, best first. */
  ranked(): Candidate[] {
    return [...this.#known.values()].sort((a, b) => a.cost - b.cost);
  }

  /** [rows] as `WantedOutcome.reach`; NaN of rows for which there was no time. */
  async reach(rows: readonly Cells[]): Promise<Float64Array> {
    const reached = new Float64Array(rows.length).fill(Number.NaN);
    reached.set(this.#wanted.reach(await this.#asking.ask(tableOfCells(this.model, rows))));
    return reached;
  }

  /** Predicts rows that are new and keeps them; those for which there was no time are left out. */
  async judge(rows: readonly Cells[]): Promise<Candidate[]> {
    const fresh = [...new Map(rows.map((cells) => [this.#keyOf(cells), cells]))].filter(
      ([key]) => !this.#known.has(key),
    );
    const table = tableOfCells(
      this.model,
      fresh.map(([, cells]) => cells),
    );
    const answers = await this.#asking.ask(table);
    const reach = this.#wanted.reach(answers);
    const score = this.#wanted.score(answers);
    const asked = fresh.slice(0, answers.asked);
    const valid = asked.flatMap(([, cells], i) => (reach[i] > 0 ? [cells] : []));
    const plausible = this.#plausibility.of(tableOfCells(this.model, valid)).values();
    for (const [i, [key, cells]] of asked.entries())
      this.#known.set(key, this.#candidate(cells, reach[i], score[i], reach[i] > 0 ? plausible.next().value! : null));
    return rows.flatMap((cells) => this.#known.get(this.#keyOf(cells)) ?? []);
  }

  /** The changed columns of a row, those that a person has forbidden first, then the largest edit first. */
  changed(cells: Cells): ColumnEdits[] {
    const weight = (edit: ColumnEdits) =>
      editSize(edit, cells[edit.column]) + (this.#isForbidden(edit, cells[edit.column]) ? 1e6 : 0);
    return this.edits
      .filter(({ column, own }) => cells[column] !== own)
      .sort((a, b) => weight(b) - weight(a) || a.column - b.column);
  }

  forbiddenEdits(cells: Cells): ColumnEdits[] {
    return this.changed(cells).filter((edit) => this.#isForbidden(edit, cells[edit.column]));
  }

  /** Only edited columns tell rows apart. */
  #keyOf(cells: Cells): string {
    return this.edits.map(({ column }) => cells[column]).join();
  }

  #candidate(cells: Cells, reach: number, score: number, plausible: Plausible | null): Candidate {
    const changed = this.edits.filter(({ column, own }) => cells[column] !== own);
    const distance = changed.reduce((sum, edit) => sum + editSize(edit, cells[edit.column]), 0);
    const beyond = plausible ? Math.max(0, plausible.neighbour / (this.#plausibility.limit || 1) - 1) : 0;
    const forbiddenCount = changed.filter((edit) => this.#isForbidden(edit, cells[edit.column])).length;
    const cost =
      proximity * distance +
      sparsity * changed.length +
      implausibility * beyond +
      forbidden * forbiddenCount +
      (reach > 0 ? 0 : unreached - shortfall * reach);
    return { cells, reach, score, distance, changes: changed.length, plausible, cost };
  }
}
