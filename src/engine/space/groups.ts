import type { Parameter, Space } from '../../shared/space.ts';

/** Parameters that exist together: those with the same conditions, in the space's order. A group's conditions speak of earlier groups. */
export function conditionGroups(space: Space): Parameter[][] {
  const groups = new Map<string, Parameter[]>();
  for (const parameter of space.parameters) {
    const key = JSON.stringify(parameter.when ?? []);
    const group = groups.get(key);
    if (group) group.push(parameter);
    else groups.set(key, [parameter]);
  }
  return inOrder([...groups.values()]);
}

/** A group that holds late parameters may stand before the group its first one depends on has ended; it then waits for it. */
function inOrder(groups: readonly Parameter[][]): Parameter[][] {
  const ordered: Parameter[][] = [];
  const placed = new Set<string>();
  let rest = [...groups];
  while (rest.length > 0) {
    const ready = rest.filter(([{ when = [] }]) => when.every(({ parameter }) => placed.has(parameter)));
    // A checked space has no circles between parameters, and a group has one set of conditions, so some group is always ready.
    if (ready.length === 0) throw new RangeError('the conditions of this space go in a circle');
    for (const parameter of ready.flat()) placed.add(parameter.name);
    ordered.push(...ready);
    rest = rest.filter((group) => !ready.includes(group));
  }
  return ordered;
}
