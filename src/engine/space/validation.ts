import { UserError } from '../../shared/faults.ts';
import type {
  CategoricalDistribution,
  Condition,
  Distribution,
  FloatDistribution,
  Forbidden,
  IntDistribution,
  OrdinalDistribution,
  Parameter,
  Space,
} from '../../shared/space.ts';
import { contains } from './distribution.ts';
import { spaceSize } from './enumeration.ts';
import { orderByConditions } from './ordering.ts';

/**
 * A space whose every rule holds, its parameters ordered by their conditions. Throws a UserError that names the parameter:
 * `space-duplicate-name`, `space-bound-not-finite`, `space-bound-not-whole`, `space-low-above-high`, `space-log-bound`, `space-step`,
 * `space-choices-empty`, `space-choices-kind`, `space-choices-duplicate`, `space-condition-unknown`, `space-condition-impossible`,
 * `space-condition-circle`, `space-forbidden-empty`, `space-forbidden-unknown`, `space-all-forbidden`.
 */
export function checkSpace(parameters: readonly Parameter[], forbidden: readonly Forbidden[] = []): Space {
  const byName = new Map<string, Parameter>();
  for (const parameter of parameters) {
    if (byName.has(parameter.name)) throw fault('duplicate-name', parameter.name, 'a name must be used once');
    checkDistribution(parameter.name, parameter.distribution);
    byName.set(parameter.name, parameter);
  }
  for (const parameter of parameters) {
    for (const condition of parameter.when ?? []) checkCondition(parameter.name, condition, byName);
  }
  for (const combination of forbidden) checkForbidden(combination, byName);
  const space: Space = { parameters: orderByConditions(parameters), ...(forbidden.length > 0 && { forbidden }) };
  if (spaceSize(space) > 0) return space;
  throw new UserError('space-all-forbidden', 'every configuration of the space is forbidden.', {
    advice: "Take away one of 'forbidden', or add choices.",
  });
}

function checkForbidden(combination: Forbidden, byName: ReadonlyMap<string, Parameter>): void {
  if (combination.length === 0) {
    throw new UserError('space-forbidden-empty', 'a forbidden combination must name at least one parameter.', {
      advice: 'For example { optimizer: sgd, layers: [4, 5] }.',
    });
  }
  for (const { parameter, oneOf } of combination) {
    const named = byName.get(parameter);
    const impossible = named && oneOf.find((value) => !contains(named.distribution, value));
    if (named && oneOf.length > 0 && impossible === undefined) continue;
    const message = named
      ? `"${parameter}" can never be ${impossible === undefined ? 'without a value' : JSON.stringify(impossible)}; it is ${rangeWords(named.distribution)}.`
      : `"${parameter}" is not a parameter of the space.`;
    const advice = named ? 'Take the value out.' : `Known: ${[...byName.keys()].join(', ') || 'none'}.`;
    throw new UserError('space-forbidden-unknown', `a forbidden combination speaks of nothing: ${message}`, { advice });
  }
}

/** Throws where one distribution contradicts itself; `name` is only for the message. */
export function checkDistribution(name: string, distribution: Distribution): void {
  if (distribution.type === 'categorical' || distribution.type === 'ordinal') checkChoices(name, distribution);
  else checkRange(name, distribution);
}

function checkChoices(name: string, { choices }: CategoricalDistribution | OrdinalDistribution): void {
  if (!Array.isArray(choices)) {
    throw fault('choices-kind', name, 'choices must be a list', JSON.stringify(choices), "For example ['a', 'b'].");
  }
  if (choices.length === 0) {
    throw fault('choices-empty', name, 'a choice needs at least one value', '[]', 'List its values.');
  }
  const odd = choices.findIndex((choice) => !['number', 'string', 'boolean'].includes(typeof choice));
  if (odd >= 0) {
    const got = JSON.stringify(choices[odd]) ?? String(choices[odd]);
    throw fault(
      'choices-kind',
      name,
      'a choice must be a number, text, true or false',
      got,
      'Name what it stands for.',
    );
  }
  const unknown = choices.find((choice) => typeof choice === 'number' && !Number.isFinite(choice));
  if (unknown !== undefined) throw fault('bound-not-finite', name, 'numbers must be finite', String(unknown));
  const twice = choices.find((choice, i) => choices.indexOf(choice) !== i);
  if (twice !== undefined)
    throw fault('choices-duplicate', name, 'choices must differ', `${JSON.stringify(twice)} twice`);
}

function checkRange(name: string, { type, low, high, log, step }: FloatDistribution | IntDistribution): void {
  const range = `[${low}, ${high}]`;
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    throw fault('bound-not-finite', name, 'both bounds must be finite numbers', range);
  }
  if (type === 'int' && !(Number.isSafeInteger(low) && Number.isSafeInteger(high))) {
    throw fault(
      'bound-not-whole',
      name,
      "the bounds of an 'int' must be whole numbers",
      range,
      "Use 'float' for others.",
    );
  }
  if (low > high) {
    throw fault(
      'low-above-high',
      name,
      'the lower bound must not be above the upper one',
      range,
      `Try [${high}, ${low}].`,
    );
  }
  if (log && low <= 0) {
    throw fault(
      'log-bound',
      name,
      'a logarithmic range must lie above 0',
      range,
      "Raise the lower bound or leave 'log' out.",
    );
  }
  if (step !== undefined && !(step > 0 && Number.isFinite(step) && (type === 'float' || Number.isInteger(step)))) {
    throw fault('step', name, `a step must be a ${type === 'int' ? 'whole ' : ''}number above 0`, `step ${step}`);
  }
}

function checkCondition(name: string, condition: Condition, byName: ReadonlyMap<string, Parameter>): void {
  const parent = byName.get(condition.parameter);
  if (!parent) {
    const known = [...byName.keys()].filter((other) => other !== name).join(', ') || 'none';
    throw fault(
      'condition-unknown',
      name,
      'a condition must name a parameter of the space',
      `"${condition.parameter}"`,
      `Known: ${known}.`,
    );
  }
  const impossible = condition.oneOf.find((value) => !contains(parent.distribution, value));
  if (condition.oneOf.length > 0 && impossible === undefined) return;
  const got = impossible === undefined ? 'no value' : JSON.stringify(impossible);
  const possible = rangeWords(parent.distribution);
  throw fault(
    'condition-impossible',
    name,
    `its condition needs values that ${condition.parameter} can have`,
    got,
    `It can have ${possible}.`,
  );
}

/** '0.01 to 1, logarithmic', 'one of "a", "b"' */
export function rangeWords(distribution: Distribution): string {
  if (distribution.type === 'categorical')
    return `one of ${distribution.choices.map((c) => JSON.stringify(c)).join(', ')}`;
  if (distribution.type === 'ordinal')
    return `one of ${distribution.choices.map((c) => JSON.stringify(c)).join(' < ')}`;
  const { type, low, high, log, step } = distribution;
  return `${type === 'int' ? 'whole numbers ' : ''}${low} to ${high}${step ? ` in steps of ${step}` : ''}${log ? ', logarithmic' : ''}`;
}

const fault = (code: string, name: string, rule: string, got?: string, advice?: string) =>
  new UserError(`space-${code}`, `parameter "${name}": ${rule}${got === undefined ? '' : `; got ${got}`}.`, { advice });
