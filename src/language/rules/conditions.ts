import { nearest } from '../../shared/nearest.ts';
import type { Parameter, Value } from '../../shared/space.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { diagnostic, type Given, type Rule, replacement } from '../rule.ts';
import { shown } from '../scalar.ts';
import { boundsOf, conditionsOf, type SpaceEntry, scriptOwner, spaceEntries, valuesOf } from '../space-entries.ts';

/** One learner's hyperparameters: those of the file, and those that only the catalog names. */
interface LearnerSpace {
  readonly entries: ReadonlyMap<string, SpaceEntry>;
  /** Undefined: the catalog is not known, so any name may exist. */
  readonly parameters?: ReadonlyMap<string, Parameter>;
}

function spacesIn({ source, context }: Given): LearnerSpace[] {
  const byLearner = Map.groupBy(spaceEntries(source), ({ learner }) => learner);
  return [...byLearner].map(([learner, entries]) => {
    // A script has what its file gives it and nothing else.
    const known =
      learner === scriptOwner ? [] : context.catalog?.find(({ name }) => name === learner)?.space.parameters;
    return {
      entries: new Map(entries.map((entry) => [entry.name, entry])),
      parameters: known && new Map(known.map((parameter) => [parameter.name, parameter])),
    };
  });
}

/** Names that a hyperparameter waits for. What the file leaves out stays as the learner has it. */
function waitsFor({ entries, parameters }: LearnerSpace, name: string): readonly string[] {
  const when = conditionsOf(entries.get(name)?.written);
  return when ? Object.keys(when) : (parameters?.get(name)?.when ?? []).map(({ parameter }) => parameter);
}

/** Whether a hyperparameter can ever have this value, as far as is known. */
function takes({ entries, parameters }: LearnerSpace, name: string, value: Value): boolean {
  const written = entries.get(name)?.written;
  const usual = parameters?.get(name)?.distribution;
  const values = written ? valuesOf(written) : usual && 'choices' in usual ? usual.choices : undefined;
  if (values) return values.includes(value);
  const range = written ? boundsOf(written) : usual && 'low' in usual && [usual.low, usual.high];
  return !range || (typeof value === 'number' && value >= range[0] && value <= range[1]);
}

function unknown({ source }: Given, space: LearnerSpace, entry: SpaceEntry, wanted: string): Diagnostic {
  const range = source.keyRange([...entry.path, 'when', wanted]);
  const names = [...new Set([...(space.parameters?.keys() ?? []), ...space.entries.keys()])].filter(
    (name) => name !== entry.name,
  );
  const meant = nearest(wanted, names);
  const advice = meant ? `Did you mean "${meant}"?` : `It has ${names.join(', ') || 'no other'}.`;
  const message = `${entry.name} waits for "${wanted}", but ${entry.learner} has no such hyperparameter. ${advice}`;
  return diagnostic('unknown-condition', range, message, meant === undefined ? undefined : replacement(range, meant));
}

function* conditionsOfOne(given: Given, space: LearnerSpace, entry: SpaceEntry): Generator<Diagnostic> {
  for (const [wanted, values] of Object.entries(conditionsOf(entry.written) ?? {})) {
    if (space.parameters && !space.parameters.has(wanted) && !space.entries.has(wanted)) {
      yield unknown(given, space, entry, wanted);
      continue;
    }
    const oneOf: readonly Value[] = Array.isArray(values) ? values : [values];
    if (oneOf.some((value) => takes(space, wanted, value))) continue;
    const message = `${entry.name} exists only where ${wanted} is ${oneOf.map(shown).join(' or ')}, which never happens in this space. Change the condition or the values of ${wanted}.`;
    yield diagnostic('impossible-condition', given.source.valueRange([...entry.path, 'when', wanted]), message);
  }
}

/** The names from one hyperparameter back to itself; undefined where there is no such way. */
function circleFrom(space: LearnerSpace, start: string): readonly string[] | undefined {
  const visited = new Set<string>();
  const follow = (way: readonly string[]): readonly string[] | undefined => {
    for (const next of waitsFor(space, way[way.length - 1])) {
      if (next === start) return [...way, start];
      if (visited.has(next)) continue;
      visited.add(next);
      const circle = follow([...way, next]);
      if (circle) return circle;
    }
    return undefined;
  };
  return follow([start]);
}

/** Each circle once, at its first hyperparameter in the file that has a condition there. */
function* circles({ source }: Given, space: LearnerSpace): Generator<Diagnostic> {
  const told = new Set<string>();
  for (const [name, entry] of space.entries) {
    if (told.has(name) || !conditionsOf(entry.written)) continue;
    const circle = circleFrom(space, name);
    if (!circle) continue;
    for (const member of circle) told.add(member);
    const message = `These conditions wait for each other in a circle: ${circle.join(' -> ')}. Remove one of them.`;
    yield diagnostic('circular-condition', source.keyRange([...entry.path, 'when']), message);
  }
}

/** `when`: what it names exists, can happen, and does not come back to itself. */
export const conditions: Rule = {
  codes: ['unknown-condition', 'circular-condition', 'impossible-condition'],
  *check(given) {
    for (const space of spacesIn(given)) {
      for (const entry of space.entries.values()) yield* conditionsOfOne(given, space, entry);
      yield* circles(given, space);
    }
  },
};
