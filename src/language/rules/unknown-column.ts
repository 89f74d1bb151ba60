import { nearest } from '../../shared/nearest.ts';
import { columnsOf } from '../context.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { fairnessConstraints, measureInstead } from '../fairness-constraints.ts';
import { diagnostic, type Given, type Rule, replacement } from '../rule.ts';
import { scalarText, shown } from '../scalar.ts';
import { type Place, placesIn } from '../schema/places.ts';
import { textAt } from '../texts.ts';

function* notInData({ source, context }: Given, mentions: readonly Place[]): Generator<Diagnostic> {
  const names = columnsOf(context.columns)?.map(({ name }) => name);
  if (!names) return;
  for (const { path, at, value } of mentions) {
    if (typeof value !== 'string' || value === '' || names.includes(value)) continue;
    const range = at === 'key' ? source.keyRange(path) : source.valueRange(path);
    const meant = nearest(value, names);
    const fix = meant === undefined ? undefined : replacement(range, scalarText(meant));
    yield diagnostic('unknown-column', range, noColumn(value, names, meant), fix);
  }
}

/** Columns that constraints compare groups by. */
function* notComparable({ source, context }: Given): Generator<Diagnostic> {
  const names = columnsOf(context.columns)?.map(({ name }) => name);
  for (const constraint of names ? fairnessConstraints(source) : []) {
    const { measure, path } = constraint;
    if (!names || names.includes(measure.column)) continue;
    const meant = nearest(measure.column, names);
    const fix = meant === undefined ? undefined : measureInstead(source, constraint, { ...measure, column: meant });
    yield diagnostic('unknown-column', source.valueRange(path), noColumn(measure.column, names, meant), fix);
  }
}

function noColumn(name: string, names: readonly string[], meant: string | undefined): string {
  const some = names.slice(0, 12).join(', ');
  const advice = meant ? `Did you mean "${meant}"?` : `The columns are ${some}${names.length > 12 ? ', ...' : ''}.`;
  return `The data has no column ${shown(name)}. ${advice}`;
}

/** A test file without the target cannot be scored; without a feature, not predicted. */
function* notInTest({ source, context }: Given): Generator<Diagnostic> {
  const there = columnsOf(context.testColumns)?.map(({ name }) => name);
  const columns = columnsOf(context.columns);
  const test = textAt(source, ['data', 'split', 'test']);
  if (!there || !columns || !test) return;
  const ignored = source.valueAt(['data', 'ignore']);
  const lacking = columns
    .map(({ name }) => name)
    .filter((name) => !there.includes(name) && !(Array.isArray(ignored) && ignored.includes(name)));
  if (lacking.length === 0) return;
  const message = `The test file lacks ${lacking.slice(0, 5).map(shown).join(', ')}${lacking.length > 5 ? ', ...' : ''}. Give it the columns of the data file, or ignore those.`;
  yield diagnostic('unknown-column', source.valueRange(test.path), message);
}

/** Wherever the schema takes a column's name, the data must have it. */
export const unknownColumn: Rule = {
  codes: ['unknown-column'],
  *check(given) {
    const mentions = placesIn(given.source.value).filter(({ takes }) => takes === 'column');
    yield* notInData(given, mentions);
    yield* notComparable(given);
    yield* notInTest(given);
  },
};
