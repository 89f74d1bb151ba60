import type { Condition, Distribution, Parameter, Params, Value } from '../../shared/space.ts';
import { listedValues, valuesOf } from '../space/distribution.ts';

/** A whole-number range with more values than this is no root of conditions. */
const mostBranches = 100;

type Plain = Pick<Parameter, 'name' | 'distribution'>;

/**
 * Adds to each parameter that only some configurations have the condition on one other parameter that best tells who has it: the one with
 * the fewest configurations that it gets wrong, the first of equals, as programs ask for the root first. Where none gets fewer wrong than
 * no condition at all, there is none. Only a parameter that more configurations have can be the root (of equals an earlier one), so that
 * conditions never go in a circle.
 * @param parameters in the order in which they were asked for
 */
export function inferConditions(parameters: readonly Plain[], configurations: readonly Params[]): Parameter[] {
  const counts = parameters.map(({ name }) => configurations.filter((params) => name in params).length);
  return parameters.map((parameter, index) => {
    const { name, distribution } = parameter;
    const roots = parameters.filter(
      (_, other) => counts[other] > counts[index] || (counts[other] === counts[index] && other < index),
    );
    const condition = bestCondition(name, roots, configurations);
    return condition ? { name, distribution, when: [condition] } : { name, distribution };
  });
}

function bestCondition(
  name: string,
  roots: readonly Plain[],
  configurations: readonly Params[],
): Condition | undefined {
  let fewest = configurations.filter((params) => !(name in params)).length;
  let best: Condition | undefined;
  // One that lacks it alone may have broken off: no number is worth a condition for it.
  const isRare = fewest < 2;
  for (const root of roots) {
    if (isRare && root.distribution.type === 'int') continue;
    const condition = conditionOn(root, name, configurations);
    const wrong = condition ? misfits(condition, name, configurations) : Number.POSITIVE_INFINITY;
    if (wrong >= fewest) continue;
    fewest = wrong;
    best = condition;
  }
  return best;
}

/** The root's values with which more configurations have the parameter than lack it; none where they say nothing. */
function conditionOn(root: Plain, name: string, configurations: readonly Params[]): Condition | undefined {
  const branches = branchesOf(root.distribution);
  if (!branches) return undefined;
  const votes = new Map<Value, number>();
  for (const params of configurations) {
    const value = params[root.name];
    if (value !== undefined) votes.set(value, (votes.get(value) ?? 0) + (name in params ? 1 : -1));
  }
  const oneOf = filledUp(branches, votes, root.distribution.type === 'int');
  return oneOf.length > 0 ? { parameter: root.name, oneOf } : undefined;
}

const misfits = ({ parameter, oneOf }: Condition, name: string, configurations: readonly Params[]): number =>
  configurations.filter((params) => (parameter in params && oneOf.includes(params[parameter])) !== name in params)
    .length;

/** Values that the root can have, in their order; undefined for a continuous or a long range. */
function branchesOf(distribution: Distribution): readonly Value[] | undefined {
  const listed = listedValues(distribution);
  if (listed) return listed;
  if (distribution.type !== 'int' || distribution.high - distribution.low >= mostBranches) return undefined;
  return valuesOf(distribution);
}

/**
 * Of choices, those that mostly have it. Of numbers only all from one on ('the third layer from 3 layers on'), those that nobody tried among
 * them: any other set of numbers is more likely chance.
 */
function filledUp(
  branches: readonly Value[],
  votes: ReadonlyMap<Value, number>,
  areNumbers: boolean,
): readonly Value[] {
  const has = (value: Value) => (votes.get(value) ?? 0) > 0;
  if (!areNumbers) return branches.filter(has);
  const first = branches.findIndex(has);
  const above = first < 0 ? [] : branches.slice(first);
  return above.every((value) => !votes.has(value) || has(value)) ? above : [];
}
