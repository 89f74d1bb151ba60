import { columnTypes } from '../shared/dataset.ts';
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

const classesOf = ({ distinct }: KnownColumn): readonly Task[] =>
  distinct === undefined ? ['binary', 'multiclass'] : [distinct > 2 ? 'multiclass' : 'binary'];

const isNumeric = ({ type }: KnownColumn): boolean => type === 'number' || type === 'integer';

/** Tasks that the file may ask for with this target: numbers can be predicted as they are, or taken for classes. */
export function allowedTasks(target: KnownColumn): readonly Task[] {
  const numbers: readonly Task[] = isNumeric(target) || target.type === undefined ? ['regression'] : [];
  return [...classesOf(target), ...numbers];
}

/** More whole numbers than this are amounts; as many or fewer may be taken for classes, if they repeat. */
const mostNumberedClasses = 10;

/** Tasks that the engine may infer where the file names none; several where what is known here does not decide. */
export function inferredTasks(target: KnownColumn): readonly Task[] {
  const { type, distinct } = target;
  if (distinct === undefined || !isNumeric(target)) return allowedTasks(target);
  if (distinct <= 2) return ['binary'];
  return type === 'number' || distinct > mostNumberedClasses ? ['regression'] : ['multiclass', 'regression'];
}

/** What the file says; else what the engine inferred; else what the target allows; else anything. */
export function possibleTasks(given: Given): readonly Task[] {
  const written = tasks.find((task) => task === given.source.valueAt(['task']));
  if (written) return [written];
  if (given.context.task) return [given.context.task];
  const target = targetColumn(given);
  return target ? inferredTasks(target) : tasks;
}
