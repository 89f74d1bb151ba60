/**
 * How many configurations a bracket begins with. 'formula': ceil((sMax + 1) eta^s / (s + 1)) (Li et al. 2018, algorithm 1, with
 * B = (sMax + 1) R): 81, 34, 15, 8, 5 for eta 3 and five levels. 'hpbandster': floor((sMax + 1) / (s + 1)) eta^s, as HpBandSter and
 * DEHB count: 81, 27, 9, 6, 5.
 */
export type BracketRule = 'formula' | 'hpbandster';

/** One round of successive halving: how many trials it has at which amount of the resource, from the many cheap to the few whole. */
export interface Bracket {
  /** Trials of each rung. */
  readonly sizes: readonly number[];
  /** The resource that each rung gives. */
  readonly fidelities: readonly number[];
}

/** Hyperband's brackets over rising levels of the resource, the one with the most and cheapest trials first. */
export const hyperbandBrackets = (levels: readonly number[], eta: number, rule: BracketRule): Bracket[] =>
  levels.map((_, skipped) => bracketFrom(levels.slice(skipped), levels.length, eta, rule));

/** @param count number of all levels, of which the bracket uses the last ones */
function bracketFrom(fidelities: readonly number[], count: number, eta: number, rule: BracketRule): Bracket {
  const s = fidelities.length - 1;
  const first = rule === 'formula' ? Math.ceil((count * eta ** s) / (s + 1)) : Math.floor(count / (s + 1)) * eta ** s;
  return { sizes: fidelities.map((_, i) => Math.max(1, Math.floor(first / eta ** i))), fidelities };
}
