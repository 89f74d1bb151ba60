import type { ColumnInfo } from '../../shared/dataset.ts';
import { UserError } from '../../shared/faults.ts';
import type { Task } from '../../shared/task.ts';
import { dataChecks } from './checks.ts';
import { columnNotes } from './column-notes.ts';
import { type ColumnPlan, type ColumnWishes, columnInfo, planColumns } from './column-plan.ts';
import { dataHash } from './data-hash.ts';
import type { Dataset } from './dataset.ts';
import { describeColumn } from './describe-column.ts';
import { readColumns } from './read-columns.ts';
import { type Source, type SourceOptions, withSource } from './source.ts';
import { type Column, takeRows } from './table.ts';
import { checkTarget, classesOf, inferTask, targetOf } from './target.ts';

export interface LoadOptions extends SourceOptions, ColumnWishes {
  readonly target: string;
  /** Given in the experiment file; inferred from the target where it is left out. */
  readonly task?: Task;
}

/**
 * Loads a table and works out types, roles, target and task, each with its reason; see `withSource` for the formats.
 * Rows without a target (or without a time, where rows are ordered by time) are dropped and noted.
 * Throws a UserError for each fault of the file, of a column and of the target; the signal's reason once it is aborted.
 */
export function loadDataset(options: LoadOptions, signal: AbortSignal): Promise<Dataset> {
  return withSource(options, signal, async (source) => {
    const plans = await planColumns(source, options);
    checkUsable(source, plans);
    const { columns, infos } = await readPlanned(source, plans);
    return assemble(source, plans, columns, infos, options);
  });
}

/** Reads what is used, and numbers that are not; other ignored columns are described without being read. */
export async function readPlanned(
  source: Source,
  plans: readonly ColumnPlan[],
): Promise<{ columns: Map<string, Column>; infos: ColumnInfo[] }> {
  const numeric = ['number', 'integer', 'date'];
  const wanted = plans.filter(({ role, type }) => role !== 'ignored' || numeric.includes(type));
  const read = await readColumns(source, wanted);
  const columns = new Map(read.map((column) => [column.name, column]));
  const infos: ColumnInfo[] = [];
  for (const plan of plans) infos.push(await columnInfo(source, plan, columns.get(plan.profile.name)));
  return { columns, infos };
}

function checkUsable(source: Source, plans: readonly ColumnPlan[]): void {
  const place = { file: source.shown };
  if (source.rowCount === 1) {
    throw new UserError('data-one-row', 'the file holds a single row.', {
      place,
      advice: 'A model learns from many rows, some of which are kept to judge it: add rows.',
    });
  }
  const time = plans.find(({ role }) => role === 'time');
  if (time && !['number', 'integer', 'date'].includes(time.type)) {
    throw new UserError(
      'time-type',
      `the time column "${time.profile.name}" holds neither dates nor numbers (${time.reason}).`,
      {
        place,
        advice: 'Write its dates as year-month-day.',
      },
    );
  }
  const target = plans.find(({ role }) => role === 'target');
  if (target && target.profile.present < target.profile.rows / 2) {
    const { name, present, rows } = target.profile;
    throw new UserError(
      'target-mostly-missing',
      `the target "${name}" is missing in ${rows - present} of ${rows} rows.`,
      {
        place,
        advice: 'Fill it in, or take the rows without it out if that is meant.',
      },
    );
  }
  if (!plans.some(({ role }) => role === 'feature')) {
    throw new UserError('no-features', 'no column is left to predict from.', {
      place,
      advice: 'Take columns out of `ignore`, or give identifiers another type under `types`.',
    });
  }
}

function assemble(
  source: Source,
  plans: readonly ColumnPlan[],
  columns: ReadonlyMap<string, Column>,
  infos: readonly ColumnInfo[],
  options: LoadOptions,
): Dataset {
  const ofRole = (...roles: string[]) =>
    plans.filter(({ role }) => roles.includes(role)).map(({ profile }) => columns.get(profile.name) as Column);
  const [wholeTarget] = ofRole('target');
  const kept = keepRows(source, [wholeTarget, ...ofRole('time')]);
  const all = { rowCount: source.rowCount, columns: [wholeTarget, ...ofRole('feature'), ...ofRole('group', 'time')] };
  const [targetColumn, ...others] = (kept.rowIds.length < source.rowCount ? takeRows(all, kept.rowIds) : all).columns;
  const rowCount = kept.rowIds.length;
  const features = { rowCount, columns: others.slice(0, ofRole('feature').length) };
  const keys = { rowCount, columns: others.slice(features.columns.length) };

  const facts = {
    name: targetColumn.name,
    type: targetColumn.type,
    rows: rowCount,
    distinct: describeColumn(targetColumn).distinct,
  };
  const plan = options.task ? { task: options.task } : inferTask(facts);
  checkTarget(facts, plan.task, source.shown);
  const task = plan.task === 'multiclass' && facts.distinct === 2 ? 'binary' : plan.task;
  const classes = task === 'regression' ? undefined : classesOf(targetColumn);
  const target = targetOf(targetColumn, kept.rowIds, source.shown, classes);
  const notes = [
    ...source.notes,
    ...columnNotes(plans, options.ignore),
    ...kept.notes,
    ...(plan.note ? [plan.note] : []),
  ];
  return {
    info: {
      path: source.shown,
      rowCount,
      columns: infos,
      target: targetColumn.name,
      task,
      ...(classes && { classes }),
      hash: dataHash(others, targetColumn.name, target),
      notes: [...notes, ...dataChecks(features, target)],
    },
    features,
    target,
    rowIds: kept.rowIds,
    keys,
  };
}

/** Positions of the rows in which none of these columns is missing, and a note for each column that cost rows. */
function keepRows(source: Source, needed: readonly Column[]): { rowIds: Uint32Array; notes: string[] } {
  const notes: string[] = [];
  let rows = Uint32Array.from({ length: source.rowCount }, (_, row) => row);
  for (const column of needed) {
    const before = rows.length;
    rows = rows.filter((row) =>
      column.kind === 'numeric' ? !Number.isNaN(column.values[row]) : column.codes[row] >= 0,
    );
    if (rows.length < before)
      notes.push(
        `${before - rows.length} of ${source.rowCount} rows are dropped, since "${column.name}" is missing there.`,
      );
  }
  if (rows.length < 2) {
    throw new UserError('data-one-row', 'fewer than two rows are left once those without a target are dropped.', {
      place: { file: source.shown },
      advice: notes.join(' '),
    });
  }
  return { rowIds: rows, notes };
}
