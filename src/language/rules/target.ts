import { alternatives } from '../../shared/nearest.ts';
import { tasks } from '../../shared/task.ts';
import type { KnownColumn } from '../context.ts';
import type { Diagnostic, Range } from '../diagnostic.ts';
import { allowedTasks, targetColumn } from '../possible-tasks.ts';
import { diagnostic, type Given, type Rule } from '../rule.ts';
import { shown } from '../scalar.ts';

/** More classes than this are refused by the engine too. */
const mostClasses = 1000;

const isNamed = ({ type }: KnownColumn): boolean => type === 'category' || type === 'text' || type === 'id';

/** Why a column cannot be predicted; undefined where it may be. */
function unpredictable(column: KnownColumn, rows: number | undefined): string | undefined {
  const { type, distinct, missing } = column;
  // The split says so already.
  if (rows === 1) return undefined;
  if (rows === 0 && missing) return 'is missing in every row';
  if (type === 'date') return 'holds dates, which are not predicted here';
  if (distinct === undefined) return undefined;
  if (distinct < 2) return 'has the same value in every row';
  if (!isNamed(column)) return undefined;
  if (distinct === rows && rows > 2) return `has another value in each of its ${rows} rows`;
  return distinct > mostClasses ? `has ${distinct} classes, more than ${mostClasses}` : undefined;
}

function* doubts(column: KnownColumn, present: number, range: Range): Generator<Diagnostic> {
  const { name, distinct = 0, missing = 0 } = column;
  if (missing > present) {
    const message = `The target ${shown(name)} is missing in ${missing} of ${missing + present} rows. Fill it in, take those rows out, or choose another column.`;
    yield diagnostic('missing-target', range, message);
  }
  if (isNamed(column) && distinct > present / 2) {
    const message = `The target ${shown(name)} has ${distinct} different values in ${present} rows: fewer than two rows a class. Group rare ones together, or choose another column.`;
    yield diagnostic('rare-classes', range, message);
  }
}

function misfit(given: Given, target: KnownColumn): string | undefined {
  const task = tasks.find((one) => one === given.source.valueAt(['task']));
  const allowed = allowedTasks(target);
  // Two classes are told apart by a model for several, too.
  if (!task || allowed.includes(task) || (task === 'multiclass' && allowed.includes('binary'))) return undefined;
  const what = [
    target.type && `is read as ${target.type}`,
    target.distinct && `has ${target.distinct} different values`,
  ];
  return `The target ${shown(target.name)} ${what.filter(Boolean).join(' and ')}, which does not fit ${task}. Write task: ${alternatives(allowed)}.`;
}

/** What is known of the target's values before anything is fitted. */
export const target: Rule = {
  codes: ['unsuitable-target', 'missing-target', 'rare-classes', 'unsuitable-task'],
  *check(given) {
    const column = targetColumn(given);
    if (!column) return;
    const { rowCount } = given.context;
    const present = rowCount === undefined ? undefined : rowCount - (column.missing ?? 0);
    const range = given.source.valueRange(['data', 'target']);
    const why = unpredictable(column, present);
    if (why) {
      yield diagnostic(
        'unsuitable-target',
        range,
        `The target ${shown(column.name)} ${why}. Choose another column to predict.`,
      );
      return;
    }
    if (present !== undefined && present > 1) yield* doubts(column, present, range);
    const words = misfit(given, column);
    if (words) yield diagnostic('unsuitable-task', given.source.valueRange(['task']), words);
  },
};
