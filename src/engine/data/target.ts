import type { ColumnType } from '../../shared/dataset.ts';
import { UserError } from '../../shared/faults.ts';
import type { Task } from '../../shared/task.ts';
import type { Target } from './dataset.ts';
import type { Column } from './table.ts';

/** More classes than this are refused: no learner here could tell them apart, and every view would be unreadable. */
export const mostClasses = 1000;
/** Whole numbers with at most this many different values are taken for classes. */
const mostNumberedClasses = 10;

export interface TargetPlan {
  readonly task: Task;
  /** Why this task, in a sentence; undefined where it was given in the file. */
  readonly note?: string;
}

interface TargetFacts {
  readonly name: string;
  readonly type: ColumnType;
  /** Over the rows that have a target. */
  readonly rows: number;
  readonly distinct: number;
}

/** Which task a target asks for: words are classes, so are few whole numbers that repeat; other numbers are values. */
export function inferTask({ name, type, rows, distinct }: TargetFacts): TargetPlan {
  const numeric = type === 'number' || type === 'integer';
  const numbered = type === 'integer' && distinct <= mostNumberedClasses && rows >= 10 * distinct;
  if (numeric && distinct > 2 && !numbered) return { task: 'regression' };
  const task = distinct <= 2 ? 'binary' : 'multiclass';
  if (!numeric) return { task };
  return {
    task,
    note: `The ${distinct} different numbers of "${name}" are taken for classes; \`task: regression\` predicts them as numbers.`,
  };
}

/**
 * Checks that a column can be predicted. Throws a UserError where it is a date, constant, all different though it names classes,
 * has more than 1,000 classes, or does not fit the task given in the file.
 */
export function checkTarget(facts: TargetFacts, task: Task, shown: string): void {
  const { name, type, rows, distinct } = facts;
  const fail = (code: string, message: string, advice: string): never => {
    throw new UserError(code, message, { place: { file: shown }, advice });
  };
  if (type === 'date')
    fail('target-date', `the target "${name}" holds dates.`, 'Name a column of classes or of numbers.');
  if (distinct === 1)
    fail(
      'target-constant',
      `the target "${name}" has the same value in all ${rows} rows.`,
      'There is nothing to learn: name another target, or add rows with other values.',
    );
  if (task === 'regression') {
    if (type !== 'number' && type !== 'integer')
      fail(
        'target-task',
        `the target "${name}" is not made of numbers, so the task cannot be regression.`,
        'Take `task` out, or mend the values.',
      );
    return;
  }
  if (distinct === rows && rows > 2)
    fail(
      'target-all-distinct',
      `each of the ${rows} rows has a value of its own in the target "${name}".`,
      'Name a column whose values repeat; for numbers, `task: regression`.',
    );
  if (distinct > mostClasses)
    fail(
      'target-too-many-classes',
      `the target "${name}" has ${distinct.toLocaleString('en')} classes, more than ${mostClasses.toLocaleString('en')}.`,
      'Group rare classes together, or for numbers give `task: regression`.',
    );
  if (task === 'binary' && distinct > 2)
    fail(
      'target-task',
      `the target "${name}" has ${distinct} classes, so the task cannot be binary.`,
      'Give `task: multiclass`, or take `task` out.',
    );
}

/** Names of the classes in the order of every probability vector: as the column's levels, numbers ascending. Unused levels left out. */
export function classesOf(column: Column): string[] {
  if (column.kind === 'numeric') {
    const values = new Set(column.values);
    values.delete(Number.NaN);
    return [...values].sort((a, b) => a - b).map(String);
  }
  const used = new Uint8Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) used[code] = 1;
  return column.levels.filter((_, code) => used[code] === 1);
}

/**
 * A column without missing values as a target.
 * @param classes in order; absent for regression
 * Throws a UserError with the row where a value is not one of the classes.
 */
export function targetOf(column: Column, rowIds: Uint32Array, shown: string, classes?: readonly string[]): Target {
  if (!classes) {
    if (column.kind !== 'numeric') throw new RangeError(`target "${column.name}" is not numeric`);
    return { kind: 'values', values: column.values };
  }
  const index = new Map(classes.map((name, i) => [name, i]));
  const length = column.kind === 'numeric' ? column.values.length : column.codes.length;
  const codes = new Int32Array(length);
  for (let row = 0; row < length; row++) {
    const name = column.kind === 'numeric' ? String(column.values[row]) : column.levels[column.codes[row]];
    const code = index.get(name);
    if (code === undefined) throw unknownClass(name, column.name, rowIds[row], shown, classes);
    codes[row] = code;
  }
  return { kind: 'classes', codes, classes };
}

const unknownClass = (name: string, column: string, row: number, shown: string, classes: readonly string[]) =>
  new UserError(
    'target-unknown-class',
    `class "${name}" in row ${row + 1} of "${column}" does not occur in the training data.`,
    {
      place: { file: shown },
      advice: `The classes are ${classes
        .slice(0, 10)
        .map((known) => `"${known}"`)
        .join(', ')}${classes.length > 10 ? ', ...' : ''}: mend the value or take the row out.`,
    },
  );
