import { UserError } from '../../shared/faults.ts';
import type { Condition, Distribution, Space, Value } from '../../shared/space.ts';
import { checkSpace } from './validation.ts';

type When = Readonly<Record<string, Value | readonly Value[]>>;

/** One parameter as a person writes it, in the experiment file and in `createStudy`. */
export type ParameterDescription =
  | { readonly float: readonly [number, number]; readonly log?: boolean; readonly step?: number; readonly when?: When }
  | { readonly int: readonly [number, number]; readonly log?: boolean; readonly step?: number; readonly when?: When }
  | { readonly choice: readonly Value[]; readonly when?: When }
  | { readonly ordinal: readonly Value[]; readonly when?: When }
  | { readonly value: Value; readonly when?: When };

/** `{ x: { float: [1e-4, 1], log: true }, kind: { choice: ['a', 'b'] }, y: { int: [1, 5], when: { kind: 'a' } } }` */
export type SpaceDescription = Readonly<Record<string, ParameterDescription>>;

/** A combination that must not be tried: `{ optimizer: 'sgd', layers: [4, 5] }`. */
export type ForbiddenDescription = When;

/** The checked space of a plain description; a fixed value is a choice of one. Throws the UserErrors of `checkSpace`, and `space-parameter-kind`. */
export function describeSpace(description: SpaceDescription, forbidden: readonly ForbiddenDescription[] = []): Space {
  return checkSpace(
    Object.entries(description).map(([name, given]) => ({
      name,
      distribution: describedDistribution(name, given),
      ...(given.when && { when: describedConditions(given.when) }),
    })),
    forbidden.map(describedConditions),
  );
}

/** Conditions as a person writes them: `{ optimizer: 'sgd', layers: [1, 2] }`. */
export const describedConditions = (when: When): Condition[] =>
  Object.entries(when).map(([parameter, values]) => ({ parameter, oneOf: isList(values) ? values : [values] }));

function describedDistribution(name: string, given: ParameterDescription): Distribution {
  if (typeof given !== 'object' || given === null) throw unknownKind(name, given);
  const unknown = Object.keys(given).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw unknownKind(name, given);
  if ('ordinal' in given) return { type: 'ordinal', choices: given.ordinal };
  if ('choice' in given) return { type: 'categorical', choices: given.choice };
  if ('value' in given) return { type: 'categorical', choices: [given.value] };
  const type = 'float' in given ? 'float' : 'int' in given ? 'int' : undefined;
  if (type === undefined) throw unknownKind(name, given);
  const range = 'float' in given ? given.float : given.int;
  if (!Array.isArray(range) || range.length !== 2) throw unknownKind(name, given);
  const [low, high] = range;
  return { type, low, high, ...(given.log && { log: true }), ...(given.step !== undefined && { step: given.step }) };
}

const isList = (values: Value | readonly Value[]): values is readonly Value[] => Array.isArray(values);

const keys: readonly string[] = ['float', 'int', 'choice', 'ordinal', 'value', 'log', 'step', 'when'];

const unknownKind = (name: string, given: unknown) =>
  new UserError(
    'space-parameter-kind',
    `parameter "${name}": it must have one of 'float', 'int', 'choice', 'ordinal' or 'value', and at most 'log', 'step' and 'when' beside it; got ${JSON.stringify(given)}.`,
    { advice: `For example ${name}: { float: [0, 1] }.` },
  );
