import { mostGroups } from '../../shared/experiment/fairness-measure.ts';
import { alternatives } from '../../shared/nearest.ts';
import { columnsOf } from '../context.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { fairnessConstraints } from '../fairness-constraints.ts';
import { possibleTasks } from '../possible-tasks.ts';
import { diagnostic, type Given, type Rule } from '../rule.ts';
import { shown } from '../scalar.ts';
import { type PlacedText, textAt, textsAt } from '../texts.ts';

/** Columns whose groups are to be treated alike: those of constraints, else those that are sensitive. */
function groupingsIn({ source }: Given): PlacedText[] {
  const bounded = fairnessConstraints(source).map(({ measure, path }) => ({ text: measure.column, path }));
  if (bounded.length > 0) return bounded;
  return mitigationsIn(source).length > 0 ? textsAt(source, ['data', 'sensitive']) : [];
}

/** One level is no two groups; many are groups of a few rows. Numbers of many values are cut at their quartiles. */
function* unfit({ source, context }: Given, { text: column, path }: PlacedText): Generator<Diagnostic> {
  const tell = (message: string) => diagnostic('unsuitable-groups', source.valueRange(path), message);
  if (source.valueAt(['script']) !== undefined) {
    yield tell(
      "A script's predictions are not seen here, so that groups cannot be compared. Print the difference as its metric.",
    );
    return;
  }
  if (column === textAt(source, ['data', 'target'])?.text && path[0] === 'constraints')
    yield tell(`${shown(column)} is the target: groups are compared by another column.`);
  const known = columnsOf(context.columns)?.find(({ name }) => name === column);
  if (known?.distinct === undefined) return;
  const { distinct, type, missing = 0 } = known;
  if (distinct + (missing > 0 ? 1 : 0) < 2)
    yield tell(`${shown(column)} is the same in every row: there are no groups to compare.`);
  const isNumber = type === 'number' || type === 'integer' || type === 'date';
  if (!isNumber && distinct > mostGroups)
    yield tell(
      `${shown(column)} has ${distinct} levels; groups by more than ${mostGroups} are too small to be held together. Join its levels, or compare by another column.`,
    );
}

const needs = {
  reweight: { tasks: ['binary', 'multiclass'], words: 'Reweighting makes groups and classes independent' },
  thresholds: { tasks: ['binary'], words: 'Thresholds a group decide between two classes' },
} as const;

function mitigationsIn(source: Given['source']): (PlacedText & { readonly name: keyof typeof needs })[] {
  const one = textAt(source, ['mitigation']);
  return (one ? [one] : textsAt(source, ['mitigation'])).flatMap((written) =>
    written.text === 'reweight' || written.text === 'thresholds' ? [{ ...written, name: written.text }] : [],
  );
}

/** Mitigation speaks of groups and of classes. */
function* idle(given: Given): Generator<Diagnostic> {
  const possible = possibleTasks(given);
  const isGrouped = groupingsIn(given).length > 0;
  for (const { name, path } of mitigationsIn(given.source)) {
    const tell = (message: string) => diagnostic('unsuitable-mitigation', given.source.valueRange(path), message);
    const { tasks, words } = needs[name];
    if (!possible.some((task) => (tasks as readonly string[]).includes(task)))
      yield tell(`${words}, but this is ${alternatives(possible)}. Take ${name} out.`);
    else if (!isGrouped)
      yield tell(
        `${name} needs groups: name their column in data.sensitive, or bound it by a constraint such as fairness(sex) <= 0.05.`,
      );
  }
}

/** What constraints of fairness and mitigation speak of: columns with groups, and a task that has what they compare. */
export const fairness: Rule = {
  codes: ['unsuitable-groups', 'unsuitable-mitigation'],
  *check(given) {
    for (const grouping of groupingsIn(given)) yield* unfit(given, grouping);
    yield* idle(given);
  },
};
