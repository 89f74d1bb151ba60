import { tasks } from '../../shared/task.ts';
import type { KnownColumn } from '../context.ts';
import { alternatives } from '../nearest.ts';
import { targetColumn, tasksFor } from '../possible-tasks.ts';
import { diagnostic, type Given, type Rule } from '../rule.ts';
import { shown } from '../scalar.ts';

function unpredictable(
  { name, type, distinct, missing }: KnownColumn,
  rowCount: number | undefined,
): string | undefined {
  const column = `The target ${shown(name)}`;
  if (rowCount !== undefined && missing !== undefined && missing >= rowCount)
    return `${column} is missing in every row.`;
  if (distinct === undefined) return undefined;
  if (distinct < 2) return `${column} has the same value in every row.`;
  const rows = rowCount === undefined ? undefined : rowCount - (missing ?? 0);
  const classes = type === 'category' || type === 'text' || type === 'id';
  if (classes && rows !== undefined && distinct > rows / 2)
    return `${column} has ${distinct} different values in ${rows} rows: hardly any class occurs twice.`;
  return undefined;
}

function misfit(given: Given, target: KnownColumn): string | undefined {
  const task = tasks.find((one) => one === given.source.valueAt(['task']));
  const possible = tasksFor(target);
  // Two classes can be told apart by a model for several; a number can be cut into classes by typing it as category.
  if (!task || possible.includes(task) || (task === 'multiclass' && possible.includes('binary'))) return undefined;
  const what = [
    target.type && `is read as ${target.type}`,
    target.distinct !== undefined && `has ${target.distinct} different values`,
  ];
  const advice =
    task === 'regression' || (target.type !== 'number' && target.type !== 'date')
      ? `Write task: ${alternatives(possible)}`
      : `Write task: regression, or types: {${target.name}: category} under data`;
  return `The target ${shown(target.name)} ${what.filter(Boolean).join(' and ')}, which does not fit ${task}. ${advice}.`;
}

/** What is known of the target's values before anything is fitted. */
export const target: Rule = {
  codes: ['unsuitable-target', 'unsuitable-task'],
  *check(given) {
    const column = targetColumn(given);
    if (!column) return;
    const why = unpredictable(column, given.context.rowCount);
    const range = given.source.valueRange(['data', 'target']);
    if (why) yield diagnostic('unsuitable-target', range, `${why} Choose another column to predict.`);
    const words = why ? undefined : misfit(given, column);
    if (words) yield diagnostic('unsuitable-task', given.source.valueRange(['task']), words);
  },
};
