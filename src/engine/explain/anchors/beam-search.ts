import { explorationRate, lowerBound, upperBound } from './bernoulli-bounds.ts';
import type { Predicate } from './predicates.ts';
import type { Rule, RuleSamples } from './rule-samples.ts';

export interface AnchorSettings {
  /** Share of rows under the rule that must be predicted the same. */
  readonly precision: number;
  /** Chance that a rule is wrongly taken to be so precise. */
  readonly delta: number;
  /** Rules whose precisions differ by less are not told apart. */
  readonly tau: number;
  /** Rows drawn at a time. */
  readonly batch: number;
  /** Rules that are extended at a time; where one does not lead to an anchor, so many. */
  readonly beam: number;
  /** At most so many conditions. */
  readonly conditions: number;
}

/** A rule whose lower bound is so near to the wanted precision is an anchor. */
const stopTolerance = 0.05;
/** Rows drawn of each rule before the bounds are looked at, and rounds of a contest of rules. */
const [firstDraws, mostRounds] = [10, 60];

export interface AnchorSearch {
  /** The anchor of most coverage; undefined where none was found. */
  readonly anchor?: Rule;
  /** The most precise rule that was met, by its lower bound; the empty one where nothing was better. */
  readonly best: Rule;
  readonly empty: Rule;
}

/**
 * Beam search for the rule of most coverage that is precise enough (Ribeiro et al. 2018, algorithm 2), each level's best rules found by
 * KL-LUCB. Ends where the samples are used up.
 */
export class BeamSearch {
  readonly #predicates: readonly Predicate[];
  readonly #samples: RuleSamples;
  readonly #settings: AnchorSettings;
  readonly #rows: number;
  readonly #rules = new Map<string, Rule>();

  constructor(predicates: readonly Predicate[], samples: RuleSamples, settings: AnchorSettings, rows: number) {
    this.#predicates = predicates;
    this.#samples = samples;
    this.#settings = settings;
    this.#rows = rows;
  }

  async run(progress: (share: number) => void): Promise<AnchorSearch> {
    const empty = this.#rule([]);
    const found = (await this.#isAnchor(empty)) ? empty : await this.#widening(progress);
    return { ...(found && { anchor: found }), best: found ?? this.#mostPrecise(), empty };
  }

  /** With one rule extended at a time, then with several. */
  async #widening(progress: (share: number) => void): Promise<Rule | undefined> {
    const { beam } = this.#settings;
    const narrow = await this.#search(1, (share) => progress(share / 3));
    if (narrow || beam === 1 || this.#samples.isOver) return narrow;
    return this.#search(beam, (share) => progress((1 + 2 * share) / 3));
  }

  async #search(beam: number, progress: (share: number) => void): Promise<Rule | undefined> {
    const { conditions } = this.#settings;
    let anchor: Rule | undefined;
    let current: Rule[] = [this.#rule([])];
    for (let size = 0; size < conditions && !this.#samples.isOver; size++) {
      progress(size / conditions);
      const candidates = this.#extended(current).filter(({ coverage }) => coverage > (anchor?.coverage ?? 0));
      if (candidates.length === 0) break;
      current = await this.#contest(candidates, beam);
      for (const rule of current)
        if (rule.coverage > (anchor?.coverage ?? 0) && (await this.#isAnchor(rule))) anchor = rule;
    }
    return anchor;
  }

  #extended(rules: readonly Rule[]): Rule[] {
    const all = new Set<Rule>();
    for (const { predicates } of rules)
      for (const next of this.#predicates)
        if (!predicates.some(({ column, side }) => column === next.column && side === next.side))
          all.add(this.#rule([...predicates, next]));
    return [...all];
  }

  /** One object for each set of conditions, whatever their order. */
  #rule(predicates: readonly Predicate[]): Rule {
    const key = predicates
      .map(({ column, words }) => `${column} ${words}`)
      .sort()
      .join('\n');
    const known = this.#rules.get(key);
    if (known) return known;
    let covered = 0;
    for (let i = 0; i < this.#rows; i++) if (predicates.every(({ holds }) => holds[i] === 1)) covered++;
    const rule = { predicates, coverage: covered / this.#rows, samples: 0, same: 0 };
    this.#rules.set(key, rule);
    return rule;
  }

  /** The so many most precise rules by KL-LUCB (Kaufmann and Kalyanakrishnan 2013), to within tau. */
  async #contest(rules: readonly Rule[], count: number): Promise<Rule[]> {
    const { tau, delta, batch } = this.#settings;
    await this.#samples.draw(
      rules.filter(({ samples }) => samples < firstDraws),
      firstDraws,
    );
    const known = rules.filter(({ samples }) => samples > 0);
    const ranked = () => known.toSorted((a, b) => precisionOf(b) - precisionOf(a) || b.coverage - a.coverage);
    for (let round = 1; round <= mostRounds && known.length > count && !this.#samples.isOver; round++) {
      const level = explorationRate(known.length, round, delta);
      const order = ranked();
      const least = order
        .slice(0, count)
        .map((rule) => ({ rule, low: lowerBound(precisionOf(rule), level / rule.samples) }))
        .reduce((a, b) => (b.low < a.low ? b : a));
      const most = order
        .slice(count)
        .map((rule) => ({ rule, high: upperBound(precisionOf(rule), level / rule.samples) }))
        .reduce((a, b) => (b.high > a.high ? b : a));
      if (most.high - least.low <= tau) break;
      await this.#samples.draw([least.rule, most.rule], batch);
    }
    return ranked().slice(0, count);
  }

  /** Draws until it is clear on which side of the wanted precision the rule lies. */
  async #isAnchor(rule: Rule): Promise<boolean> {
    const { precision, batch } = this.#settings;
    while (!this.#samples.isOver) {
      await this.#samples.draw([rule], batch);
      const own = precisionOf(rule);
      const level = this.#verificationLevel() / rule.samples;
      const [low, high] = [lowerBound(own, level), upperBound(own, level)];
      if (own >= precision && low > precision - stopTolerance) return true;
      if (own < precision && (high < precision || rule.samples >= mostVerified)) return false;
    }
    return false;
  }

  #verificationLevel(): number {
    const { delta, beam } = this.#settings;
    return Math.log((1 + (beam - 1) * this.#predicates.length) / delta);
  }

  #mostPrecise(): Rule {
    const level = this.#verificationLevel();
    const low = (rule: Rule) => (rule.samples === 0 ? -1 : lowerBound(precisionOf(rule), level / rule.samples));
    return [...this.#rules.values()].reduce((a, b) => (low(b) > low(a) ? b : a));
  }
}

/** A rule that is a little below the wanted precision is not looked at for ever. */
const mostVerified = 3000;

export const precisionOf = ({ same, samples }: Rule): number => (samples === 0 ? 0 : same / samples);
