import { type Column, type Table, takeRows } from '../../data/table.ts';
import type { Random } from '../../random.ts';
import type { Answers, Asking } from '../asking.ts';
import type { Predicate } from './predicates.ts';

/** Conditions that hold together, and what was seen of them. */
export interface Rule {
  readonly predicates: readonly Predicate[];
  /** Share of the sample rows in which all hold. */
  readonly coverage: number;
  /** Rows drawn under it, and those that are predicted as the explained row is. */
  samples: number;
  same: number;
}

/**
 * Draws rows under a rule (Ribeiro, Singh and Guestrin 2018, for tables): a training row, in which cells that break a condition are replaced
 * by those of other training rows that fulfil it; what the rule does not name stays as the training row has it.
 */
export class RuleSamples {
  readonly #sample: Table;
  readonly #own: Table;
  readonly #asking: Asking;
  readonly #isSame: (answers: Answers) => Uint8Array;
  readonly #random: Random;
  readonly #left: () => number;
  readonly #members = new Map<string, Uint32Array>();

  /**
   * own: the explained row with the levels of the sample.
   * @param left draws that may still be asked for
   */
  constructor(
    sample: Table,
    own: Table,
    asking: Asking,
    isSame: (answers: Answers) => Uint8Array,
    random: Random,
    left: () => number,
  ) {
    this.#sample = sample;
    this.#own = own;
    this.#asking = asking;
    this.#isSame = isSame;
    this.#random = random;
    this.#left = left;
  }

  get isOver(): boolean {
    return this.#asking.isCut || this.#left() <= 0;
  }

  /** Draws so many rows under each rule and counts them in it. */
  async draw(rules: readonly Rule[], each: number): Promise<void> {
    // Rows of many rules are made some at a time, so that they fit in memory.
    const piece = Math.max(1, Math.floor(2_000_000 / (each * Math.max(1, this.#sample.columns.length))));
    for (let from = 0; from < rules.length && !this.isOver; from += piece)
      await this.#drawSome(rules.slice(from, from + piece), each);
  }

  async #drawSome(rules: readonly Rule[], each: number): Promise<void> {
    const picked = Uint32Array.from({ length: rules.length * each }, () => this.#random.integer(this.#sample.rowCount));
    const rows = takeRows(this.#sample, picked);
    for (const [at, { predicates }] of rules.entries())
      for (const group of Map.groupBy(predicates, ({ column }) => column).values())
        this.#mend(rows.columns[group[0].column], group, picked, at * each, (at + 1) * each);
    const answers = await this.#asking.ask(rows);
    const same = this.#isSame(answers);
    for (let i = 0; i < answers.asked; i++) {
      const rule = rules[Math.floor(i / each)];
      rule.samples++;
      rule.same += same[i];
    }
  }

  /** Replaces the cells of rows [from, to) in which some condition on the column does not hold. */
  #mend(column: Column, group: readonly Predicate[], picked: Uint32Array, from: number, to: number): void {
    const source = this.#sample.columns[group[0].column];
    const own = this.#own.columns[group[0].column];
    const members = this.#membersOf(group);
    for (let i = from; i < to; i++) {
      if (group.every(({ holds }) => holds[picked[i]] === 1)) continue;
      const donor = members.length > 0 ? members[this.#random.integer(members.length)] : -1;
      if (column.kind === 'numeric' && source.kind === 'numeric' && own.kind === 'numeric')
        column.values[i] = donor < 0 ? own.values[0] : source.values[donor];
      else if (column.kind === 'coded' && source.kind === 'coded' && own.kind === 'coded')
        column.codes[i] = donor < 0 ? own.codes[0] : source.codes[donor];
    }
  }

  #membersOf(group: readonly Predicate[]): Uint32Array {
    const key = `${group[0].column} ${group.map(({ words }) => words).sort()}`;
    const known = this.#members.get(key);
    if (known) return known;
    const rows: number[] = [];
    for (let i = 0; i < this.#sample.rowCount; i++) if (group.every(({ holds }) => holds[i] === 1)) rows.push(i);
    const members = Uint32Array.from(rows);
    this.#members.set(key, members);
    return members;
  }
}
