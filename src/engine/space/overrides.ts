import { distance } from 'fastest-levenshtein';
import type { SpaceOverride } from '../../shared/experiment/experiment.ts';
import { UserError } from '../../shared/faults.ts';
import type { Condition, Distribution, Parameter, Params, Space, Value } from '../../shared/space.ts';
import { numericAxis } from './axis.ts';
import { describedConditions } from './description.ts';
import { contains, listedValues } from './distribution.ts';
import { checkSpace, rangeWords } from './validation.ts';

/**
 * A learner's space with what a person wants otherwise: other ranges, and fixed values as choices of one. A parameter keeps its own
 * conditions unless new ones are written; parameters that the changes leave without any possible value of a condition are dropped.
 * `optional` are parameters that are searched only where they are named.
 * Throws the UserErrors of `checkSpace`, `space-override-unknown` and `space-override-kind`.
 */
export function overrideSpace(
  learner: string,
  space: Space,
  override: SpaceOverride,
  optional: readonly Parameter[] = [],
): Space {
  const named = optional.filter(({ name }) => name in override.searched || name in override.fixed);
  const parameters = [...space.parameters, ...named];
  const known = new Set([...space.parameters, ...optional].map(({ name }) => name));
  for (const name of [...Object.keys(override.searched), ...Object.keys(override.fixed)]) {
    if (!known.has(name)) throw unknownParameter(learner, name, [...known]);
  }
  const changed = parameters.map((parameter) => overridden(learner, parameter, override));
  const written = new Set(Object.entries(override.searched).flatMap(([name, { when }]) => (when ? [name] : [])));
  return checkSpace(withoutImpossible(changed, written));
}

/** A configuration moved inside a space after overrides: fixed values replace its own, values outside a range go to the nearest, missing ones to the middle. */
export function adaptParams(space: Space, params: Params): Params {
  const adapted: Record<string, Value> = {};
  for (const { name, distribution, when = [] } of space.parameters) {
    if (!when.every((condition) => condition.oneOf.includes(adapted[condition.parameter]))) continue;
    const value = params[name];
    adapted[name] = value !== undefined && contains(distribution, value) ? value : nearest(distribution, value);
  }
  return adapted;
}

function overridden(learner: string, parameter: Parameter, { fixed, searched }: SpaceOverride): Parameter {
  const { name } = parameter;
  const given = name in fixed ? { distribution: fixedAt(fixed[name]), when: undefined } : searched[name];
  if (!given) return parameter;
  checkKind(`${learner}.${name}`, parameter.distribution, given.distribution);
  const when = given.when ? describedConditions(given.when) : parameter.when;
  return { name, distribution: given.distribution, ...(when && { when }) };
}

const fixedAt = (value: Value): Distribution => ({ type: 'categorical', choices: [value] });

/** A learner that counts in whole numbers must not be given fractions, nor a choice that it does not know. */
function checkKind(name: string, own: Distribution, given: Distribution): void {
  const ownKind = kindOf(own);
  if (ownKind === 'choice') {
    if (isFreeText(own) && listedValues(given)?.every((value) => typeof value === 'string')) return;
    const unknown =
      listedValues(given)?.find((value) => !contains(own, value)) ?? (listedValues(given) ? undefined : kindOf(given));
    if (unknown !== undefined) throw wrongKind(name, `it must be ${rangeWords(own)}`, unknown);
    return;
  }
  if (kindOf(given) === 'choice') throw wrongKind(name, 'it must be a number', rangeWords(given));
  if (ownKind === 'whole' && kindOf(given) === 'number') {
    throw wrongKind(name, 'it must be a whole number', rangeWords(given), "Use 'int', or choices that are whole.");
  }
}

/** A parameter whose only choice is the empty text takes any. */
const isFreeText = (distribution: Distribution) => {
  const values = listedValues(distribution);
  return values?.length === 1 && values[0] === '';
};

function kindOf(distribution: Distribution): 'whole' | 'number' | 'choice' {
  const listed = listedValues(distribution);
  if (!listed) return distribution.type === 'int' ? 'whole' : 'number';
  if (!listed.every((value) => typeof value === 'number')) return 'choice';
  return listed.every((value) => Number.isInteger(value)) ? 'whole' : 'number';
}

const wrongKind = (name: string, rule: string, got: Value, advice?: string) =>
  new UserError('space-override-kind', `parameter "${name}": ${rule}; got ${JSON.stringify(got)}.`, { advice });

/** Drops condition values that no longer can be, and parameters that have none left; conditions that a person wrote stay, to be checked. */
function withoutImpossible(parameters: readonly Parameter[], written: ReadonlySet<string>): Parameter[] {
  const kept = new Map<string, Parameter>();
  for (const parameter of parameters) {
    const own = parameter.when && !written.has(parameter.name);
    const when = own ? parameter.when?.map((condition) => possible(condition, kept)) : parameter.when;
    if (own && when?.some(({ oneOf }) => oneOf.length === 0)) continue;
    kept.set(parameter.name, when ? { ...parameter, when } : parameter);
  }
  return [...kept.values()];
}

const possible = ({ parameter, oneOf }: Condition, kept: ReadonlyMap<string, Parameter>): Condition => {
  const parent = kept.get(parameter);
  return { parameter, oneOf: parent ? oneOf.filter((value) => contains(parent.distribution, value)) : [] };
};

function nearest(distribution: Distribution, value: Value | undefined): Value {
  if (distribution.type === 'categorical') return distribution.choices[0];
  const axis = numericAxis(distribution);
  if (distribution.type === 'ordinal') return distribution.choices[axis.toValue((axis.low + axis.high) / 2)];
  if (typeof value !== 'number') return axis.toValue((axis.low + axis.high) / 2);
  return axis.toValue(axis.toPosition(Math.min(distribution.high, Math.max(distribution.low, value))));
}

function unknownParameter(learner: string, name: string, known: readonly string[]): UserError {
  const closest = known.toSorted((a, b) => distance(name, a) - distance(name, b))[0];
  const near = closest !== undefined && distance(name, closest) <= Math.max(2, name.length / 3);
  const suggestion = near ? `Did you mean "${closest}"?` : `Known: ${known.join(', ') || 'none'}.`;
  return new UserError('space-override-unknown', `${learner} has no parameter "${name}".`, { advice: suggestion });
}
