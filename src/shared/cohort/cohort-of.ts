import type { ReadCondition } from '../results/read-condition.ts';
import type { SliceCondition } from '../results/slices.ts';
import type { Bound, ColumnCondition } from './cohort.ts';

const above = (value: number): Bound => ({ value, included: false });
const upTo = (value: number): Bound => ({ value, included: true });

/** The rows of a slice, as a cohort says them. A date that is a condition's value is a text. */
export const ofSlice = (conditions: readonly SliceCondition[]): ColumnCondition[] => conditions.map(ofSliceCondition);

function ofSliceCondition({ column, relation, value, orMissing }: SliceCondition): ColumnCondition {
  const missing = orMissing === true;
  if (relation === 'missing' || relation === 'not missing')
    return { kind: 'missing', column, isNot: relation === 'not missing' };
  if (relation === 'is' || relation === 'is not') {
    const isNot = relation === 'is not';
    return { kind: 'levels', column, levels: [String(value)], isNot, missing: missing || isNot };
  }
  const isDate = typeof value === 'string';
  const edge = isDate ? Date.parse(value) : Number(value);
  const range = relation === 'above' ? { low: above(edge), high: null } : ({ low: null, high: upTo(edge) } as const);
  return { kind: 'numbers', column, ...(isDate && { date: true }), ...range, missing };
}

/** The rows that meet a test of a readable model; undefined of a test that looks at levels which the preparation joined. */
export function ofTest(test: ReadCondition): ColumnCondition | undefined {
  if (test.kind === 'missing') return test;
  if (test.kind === 'levels') return test.levels.some(isJoined) ? undefined : test;
  const { column, date, missing } = test;
  const [low, high] = [test.above === null ? null : above(test.above), test.upTo === null ? null : upTo(test.upTo)];
  return { kind: 'numbers', column, ...(date && { date: true as const }), low, high, missing };
}

const isJoined = (level: string): boolean => level.startsWith('\u0000');

/** The rows of which a condition does not hold. */
export function otherwise(condition: ColumnCondition): ColumnCondition | undefined {
  if (condition.kind === 'missing') return { ...condition, isNot: !condition.isNot };
  if (condition.kind === 'levels') return { ...condition, isNot: !condition.isNot, missing: !condition.missing };
  const { low, high, missing } = condition;
  const turned = (bound: Bound): Bound => ({ ...bound, included: !bound.included });
  if (low && high) return undefined;
  return { ...condition, low: high && turned(high), high: low && turned(low), missing: !missing };
}
