import { conditionWords, type ReadCondition } from '../../../shared/results/read-condition.ts';
import { conditionOf } from '../../data/encoders/bin-conditions.ts';
import type { BinnedColumn } from '../../data/encoders/bin-encoder.ts';
import { type Condition, holds, type Rule } from './rule.ts';

/** All that a rule set is. JSON-able. */
export interface RulesState {
  readonly columns: readonly BinnedColumn[];
  /** Columns whose numbers are milliseconds since 1970-01-01 UTC. */
  readonly dates: readonly string[];
  /** Absent for values. */
  readonly classes?: readonly string[];
  readonly start: readonly number[];
  readonly rules: readonly Rule[];
  /** Scores times deviation plus mean are values of the target; 1 and 0 for classes. */
  readonly mean: number;
  readonly deviation: number;
}

/**
 * A rule set in words, a line a rule, the start first: 'Begin with +0.41 for "yes".', 'If age > 38.5 and color is "red" or "blue": +1.2.'
 * What is added is log odds of the second class, a score for each class, or a part of the value.
 */
export function ruleTexts(state: RulesState): string[] {
  const begin = state.classes
    ? `Begin with ${weightWords(state, state.start, 0)}.`
    : `Begin with ${rounded(state.start[0] * state.deviation + state.mean)}.`;
  return [
    begin,
    ...state.rules.map(({ conditions, weights }) => {
      const tests = conditionsOf(state, conditions).map(conditionWords).join(' and ');
      return `If ${tests}: ${weightWords(state, weights, leastShown)}.`;
    }),
  ];
}

/** Scores of single classes below this are left out of a rule's words. */
const leastShown = 0.05;

function weightWords({ classes, deviation }: RulesState, weights: readonly number[], least: number): string {
  if (!classes) return signed(weights[0] * deviation);
  if (classes.length === 2) return `${signed(weights[0])} for "${classes[1]}"`;
  const shown = weights
    .map((weight, k) => ({ weight, name: classes[k] }))
    .filter(({ weight }) => Math.abs(weight) >= least);
  return shown.length > 0
    ? shown.map(({ weight, name }) => `${signed(weight)} for "${name}"`).join(', ')
    : 'almost nothing';
}

/** The tests in the words of their columns. */
export const conditionsOf = ({ columns, dates }: RulesState, conditions: readonly Condition[]): ReadCondition[] =>
  conditions.map((condition) => {
    const read = conditionOf(columns[condition.column], (bin) => holds(condition, bin));
    return read.kind === 'numbers' && dates.includes(read.column) ? { ...read, date: true } : read;
  });

const rounded = (value: number) => String(Number(value.toPrecision(5)));
const signed = (value: number) => `${value < 0 ? '-' : '+'}${Number(Math.abs(value).toPrecision(3))}`;
