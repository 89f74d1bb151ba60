import type { RulesReading } from '../../models/readable.ts';
import { conditionsOf, type RulesState, ruleTexts } from './rule-texts.ts';

/** A rule set in the words of its columns. */
export const rulesReading = (state: RulesState): RulesReading => ({
  kind: 'rules',
  start: state.start,
  rules: state.rules.map(({ conditions, weights }) => ({ conditions: conditionsOf(state, conditions), weights })),
  texts: ruleTexts(state),
  deviation: state.deviation,
  mean: state.mean,
});
