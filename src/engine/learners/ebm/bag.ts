import type { Random } from '../../random.ts';
import type { AdditiveRows } from './additive-rows.ts';
import { type CutOptions, cutTable } from './cut.ts';
import { cellWeights, type Term } from './term.ts';

export interface BagOptions extends CutOptions {
  /** Rounds that take the term with the largest gain, after each round that takes every term once. */
  readonly greedyRounds: number;
}

/** A term's tables in one bag. [outputs x cells] each */
interface BagTerm {
  readonly term: Term;
  /** Weight of the bag's rows in each cell. */
  readonly weights: Float64Array;
  /** Its share of the scores so far. */
  readonly table: Float64Array;
  /** The share that `keep` last kept. */
  readonly kept: Float64Array;
  /** Its last step. */
  readonly step: Float64Array;
  /** Gain of its last cut. */
  gain: number;
  /** Differs from what was kept. */
  touched: boolean;
}

/** A step that the rows have yet to take. */
interface Due {
  readonly cells: Uint16Array;
  readonly step: Float64Array;
}

/**
 * Boosting of one additive model: a step cuts one term's table and moves the rows (Lou et al. 2012, gradient boosting). A round has as
 * many steps as there are terms: one round visits them in turn, the next ones go where the last cut gained most.
 */
export class Bag {
  readonly rows: AdditiveRows;
  readonly #weights: Float64Array;
  readonly #options: BagOptions;
  readonly #random: Random;
  readonly #all: BagTerm[] = [];
  /** The terms that are boosted. */
  #terms: BagTerm[] = [];
  #round = 0;
  #sums = new Float64Array(0);

  /** weights: [rows] 0 for rows that it does not learn from. */
  constructor(rows: AdditiveRows, weights: Float64Array, options: BagOptions, random: Random) {
    this.rows = rows;
    this.#weights = weights;
    this.#options = options;
    this.#random = random;
  }

  /** From now on these terms are boosted, and the ones before stay as they are. */
  begin(terms: readonly Term[]): void {
    this.#terms = terms.map((term) => {
      const length = this.rows.outputs * term.size;
      const [table, kept, step] = Array.from({ length: 3 }, () => new Float64Array(length));
      return { term, weights: cellWeights(term, this.#weights), table, kept, step, gain: 0, touched: false };
    });
    this.#sums = new Float64Array(2 * Math.max(0, ...this.#terms.map(({ table }) => table.length)));
    this.#all.push(...this.#terms);
    this.#round = 0;
  }

  /** One round; `paced` is called after each step. */
  async round(smooth: boolean, paced: () => Promise<void>): Promise<void> {
    const inTurn = smooth || this.#round % (1 + this.#options.greedyRounds) === 0;
    const order = inTurn ? this.#random.permutation(this.#terms.length) : undefined;
    const candidates = order ? [] : strongest(this.#terms);
    let from: Due | undefined;
    for (let i = 0; i < this.#terms.length; i++) {
      const chosen = order ? this.#terms[order[i]] : largestGain(candidates);
      from = this.#step(chosen, from, smooth);
      await paced();
    }
    if (from) this.rows.move(from.cells, from.step);
    this.#round++;
  }

  /** Moves the rows by the step before and makes this term's; the caller moves the rows by that. */
  #step(chosen: BagTerm, from: Due | undefined, smooth: boolean): Due {
    const { term, table, weights, step } = chosen;
    const { outputs } = this.rows;
    const sums = this.#sums.subarray(0, 2 * table.length);
    // Where nothing is to be moved, a step of nothing is.
    if (!from) step.fill(0);
    this.rows.moveAndSum(from?.cells ?? term.cells, from?.step ?? step, term.cells, sums);
    step.fill(0);
    chosen.gain = 0;
    const { size } = term;
    for (let k = 0; k < outputs; k++) {
      const [own, of] = [step.subarray(k * size, (k + 1) * size), sums.subarray(2 * k * size, 2 * (k + 1) * size)];
      const random = smooth ? this.#random : undefined;
      chosen.gain += cutTable(term.shape, of, weights, own, this.#options, random);
    }
    for (let cell = 0; cell < step.length; cell++) table[cell] += step[cell];
    chosen.touched = true;
    return { cells: term.cells, step };
  }

  /** Gradient and hessian sums of cells that need not be a term's. */
  sum({ cells, size }: Term): Float64Array {
    const sums = new Float64Array(2 * this.rows.outputs * size);
    this.rows.moveAndSum(cells, new Float64Array(this.rows.outputs * size), cells, sums);
    return sums;
  }

  /** Weight of the bag's rows in each cell. */
  weightsOf(term: Term): Float64Array {
    return cellWeights(term, this.#weights);
  }

  /** Remembers the tables as they are. */
  keep(): void {
    for (const each of this.#terms) {
      if (!each.touched) continue;
      each.kept.set(each.table);
      each.touched = false;
    }
  }

  /** Moves tables and rows back to what was kept. */
  goBack(): void {
    for (const { term, table, kept, touched } of this.#terms) {
      if (!touched) continue;
      this.rows.move(
        term.cells,
        kept.map((value, cell) => value - table[cell]),
      );
      table.set(kept);
    }
    this.#terms = [];
  }

  /** Each term's share of the scores. [terms] each [outputs x cells] */
  tables(): readonly Float64Array[] {
    return this.#all.map(({ table }) => table);
  }
}

/** With thousands of terms, a greedy round looks at these many. */
const mostCandidates = 200;

const strongest = (terms: readonly BagTerm[]): readonly BagTerm[] =>
  terms.length <= mostCandidates ? terms : terms.toSorted((a, b) => b.gain - a.gain).slice(0, mostCandidates);

function largestGain(terms: readonly BagTerm[]): BagTerm {
  let best = terms[0];
  for (const each of terms) if (each.gain > best.gain) best = each;
  return best;
}
