import type { EditedParts } from '../../models/editable.ts';
import type { EditedLearnt } from '../define-learner.ts';
import type { RulesState } from './rule-texts.ts';

/** The rule set with only these rules, and these scores to begin with. */
export function editedRules(state: RulesState, parts: EditedParts): EditedLearnt {
  if (parts.kind !== 'rules') throw new RangeError(`a rule set has no ${parts.kind}`);
  const rules = parts.kept.map((at) => state.rules[at]);
  const conditions = rules.reduce((sum, rule) => sum + rule.conditions.length, 0);
  const count = rules.length;
  return {
    state: { ...state, start: parts.start, rules },
    arrays: {},
    facts: {
      parameters: state.start.length * (count + 1) + conditions,
      reading: { unit: 'rules', count },
      words: `${count} ${count === 1 ? 'rule' : 'rules'} of ${(conditions / Math.max(1, count)).toFixed(1)} conditions on average, edited`,
    },
  };
}
