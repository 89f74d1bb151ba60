import type { BinnedColumn } from '../../data/encoders/bin-encoder.ts';
import type { Condition, Rule } from './rule.ts';

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
 * A rule set in words, a line a rule, the start first: 'Begin with +0.41 for "yes".', 'If age > 38.5 and color is red or blue: +1.2.'
 * What is added is log odds of the second class, a score for each class, or a part of the value.
 */
export function ruleTexts(state: RulesState): string[] {
  const begin = state.classes
    ? `Begin with ${weightWords(state, state.start, 0)}.`
    : `Begin with ${rounded(state.start[0] * state.deviation + state.mean)}.`;
  return [
    begin,
    ...state.rules.map(({ conditions, weights }) => {
      const tests = conditions.map((condition) => conditionWords(state, condition)).join(' and ');
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

function conditionWords({ columns, dates }: RulesState, condition: Condition): string {
  const column = columns[condition.column];
  if (condition.kind === 'between') {
    if (column.kind !== 'numeric') throw new RangeError(`column "${column.name}" has no numbers`);
    const edge = (bin: number) => number(column.edges[bin - 1], dates.includes(column.name));
    const above = condition.from > 1 ? edge(condition.from - 1) : undefined;
    const atMost = condition.to <= column.edges.length ? edge(condition.to) : undefined;
    if (above === undefined) return atMost === undefined ? `${column.name} is known` : `${column.name} <= ${atMost}`;
    return atMost === undefined ? `${column.name} > ${above}` : `${above} < ${column.name} <= ${atMost}`;
  }
  const names = condition.bins.map((bin) => binName(column, bin));
  const listed = names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : names[0];
  return `${column.name} is ${condition.kind === 'not' ? 'not ' : ''}${listed}`;
}

function binName(column: BinnedColumn, bin: number): string {
  if (bin === 0) return 'missing';
  return column.kind === 'coded' && bin > 1 ? `"${column.levels[bin - 2]}"` : 'another level';
}

const number = (value: number, isDate: boolean) =>
  isDate ? new Date(value).toISOString().slice(0, 10) : rounded(value);
const rounded = (value: number) => String(Number(value.toPrecision(5)));
const signed = (value: number) => `${value < 0 ? '-' : '+'}${Number(Math.abs(value).toPrecision(3))}`;
