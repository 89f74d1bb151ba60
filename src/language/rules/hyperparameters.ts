import { nearest } from '../../shared/nearest.ts';
import type { LearnerEntry } from '../../shared/operations/operations.ts';
import type { CategoricalDistribution, Distribution, OrdinalDistribution, Value } from '../../shared/space.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { diagnostic, type Rule, replacement } from '../rule.ts';
import { scalarText, shown } from '../scalar.ts';
import type { Path, Source } from '../source.ts';
import { boundsOf, type SpaceEntry, spaceEntries, valuesOf } from '../space-entries.ts';

function unknown(source: Source, entry: SpaceEntry, names: readonly string[]): Diagnostic {
  const range = source.keyRange(entry.path);
  const taken = source.valueAt(['space', entry.learner]) as object;
  const meant = nearest(
    entry.name,
    names.filter((name) => !Object.hasOwn(taken, name)),
  );
  const advice = meant
    ? `Did you mean "${meant}"?`
    : names.length > 0
      ? `It has ${names.join(', ')}.`
      : 'It has none at all; remove this.';
  const message = `${entry.learner} has no hyperparameter "${entry.name}". ${advice}`;
  return diagnostic(
    'unknown-hyperparameter',
    range,
    message,
    meant === undefined ? undefined : replacement(range, meant),
  );
}

/** Each listed value with its place: items of a choice, or the one fixed value. */
function listed(entry: SpaceEntry, values: readonly Value[]): { value: Value; path: Path }[] {
  const list = (['choice', 'ordinal'] as const).find((key) => entry.written && key in entry.written);
  return values.map((value, i) => ({ value, path: list ? [...entry.path, list, i] : [...entry.path, 'value'] }));
}

function* notNumeric(source: Source, entry: SpaceEntry, whole: boolean): Generator<Diagnostic> {
  const wanted = whole ? 'whole numbers' : 'numbers';
  const fits = (value: Value) => typeof value === 'number' && (!whole || Number.isInteger(value));
  for (const { value, path } of listed(entry, (entry.written && valuesOf(entry.written)) ?? []))
    if (!fits(value))
      yield diagnostic(
        'unsuitable-distribution',
        source.valueRange(path),
        `${entry.name} of ${entry.learner} takes ${wanted}, not ${shown(value)}.`,
      );
  if (whole && entry.written && 'float' in entry.written) {
    const [low, high] = entry.written.float;
    const range = source.keyRange([...entry.path, 'float']);
    const fix = Number.isInteger(low) && Number.isInteger(high) ? replacement(range, 'int') : undefined;
    yield diagnostic(
      'unsuitable-distribution',
      range,
      `${entry.name} of ${entry.learner} takes ${wanted}. Write {int: [low, high]}.`,
      fix,
    );
  }
}

type ListedDistribution = CategoricalDistribution | OrdinalDistribution;

function* notListed(source: Source, entry: SpaceEntry, { choices }: ListedDistribution): Generator<Diagnostic> {
  const numeric = choices.every((choice) => typeof choice === 'number');
  const known = choices.map(shown).join(', ');
  if (entry.written && boundsOf(entry.written) && !numeric) {
    const message = `${entry.name} of ${entry.learner} is one of ${known}, not a range. Write {choice: [...]}.`;
    yield diagnostic('unsuitable-distribution', source.valueRange(entry.path), message);
  }
  for (const { value, path } of listed(entry, (entry.written && valuesOf(entry.written)) ?? [])) {
    if (choices.includes(value)) continue;
    const range = source.valueRange(path);
    const meant = nearest(String(value), choices.map(String));
    const advice = meant ? `Did you mean ${meant}?` : `It knows ${known}.`;
    const code = choices.some((choice) => typeof choice === typeof value)
      ? 'unlisted-choice'
      : 'unsuitable-distribution';
    const fix =
      meant === undefined
        ? undefined
        : replacement(range, scalarText(choices.find((choice) => String(choice) === meant) ?? meant));
    yield diagnostic(
      code,
      range,
      `${shown(value)} is not among the usual values of ${entry.name} of ${entry.learner}. ${advice}`,
      fix,
    );
  }
}

function fitting(source: Source, entry: SpaceEntry, usual: Distribution): Iterable<Diagnostic> {
  // A parameter whose only choice is the empty text takes any.
  if (usual.type === 'categorical' && usual.choices.length === 1 && usual.choices[0] === '') return [];
  return usual.type === 'categorical' || usual.type === 'ordinal'
    ? notListed(source, entry, usual)
    : notNumeric(source, entry, usual.type === 'int');
}

/** `space` against what the learners really have. */
export const hyperparameters: Rule = {
  codes: ['unknown-hyperparameter', 'unsuitable-distribution', 'unlisted-choice'],
  *check({ source, context }) {
    const learners = new Map((context.catalog ?? []).map((learner: LearnerEntry) => [learner.name, learner]));
    for (const entry of spaceEntries(source)) {
      const learner = learners.get(entry.learner);
      if (!learner) continue;
      const parameters = [...learner.space.parameters, ...(learner.optional ?? [])];
      const usual = parameters.find(({ name }) => name === entry.name)?.distribution;
      if (usual) yield* fitting(source, entry, usual);
      else
        yield unknown(
          source,
          entry,
          parameters.map(({ name }) => name),
        );
    }
  },
};
