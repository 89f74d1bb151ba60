import { type ColumnType, columnTypes } from '../shared/dataset.ts';
import { type Task, tasks } from '../shared/task.ts';
import { columnsOf, type KnownColumn } from './context.ts';
import type { Given } from './rule.ts';
import { textAt } from './texts.ts';

/** The target as it will be read: the data's column, with the type that the file gives it. */
export function targetColumn({ source, context }: Given): KnownColumn | undefined {
  const name = textAt(source, ['data', 'target'])?.text;
  const column = columnsOf(context.columns)?.find((known) => known.name === name);
  const given = name === undefined ? undefined : textAt(source, ['data', 'types', name])?.text;
  const type = columnTypes.find((one) => one === given);
  return column && type ? { ...column, type } : column;
}

const named: readonly ColumnType[] = ['category', 'boolean', 'text', 'id'];

/** Tasks that a column can be the target of. Whole numbers may be amounts or codes of classes. */
export function tasksFor({ type, distinct }: KnownColumn): readonly Task[] {
  if (type === 'number' || type === 'date') return ['regression'];
  const classes: readonly Task[] =
    distinct === undefined ? ['binary', 'multiclass'] : [distinct > 2 ? 'multiclass' : 'binary'];
  if (type !== undefined && named.includes(type)) return classes;
  return [...classes, 'regression'];
}

/** What the file says; else what the engine inferred; else what the target allows; else anything. */
export function possibleTasks(given: Given): readonly Task[] {
  const written = tasks.find((task) => task === given.source.valueAt(['task']));
  if (written) return [written];
  if (given.context.task) return [given.context.task];
  const target = targetColumn(given);
  return target ? tasksFor(target) : tasks;
}
