import type { ColumnRole } from '../../shared/dataset.ts';
import { type DroppedRows, nothingDropped } from '../../shared/experiment/experiment.ts';
import { UserError } from '../../shared/faults.ts';
import type { Task } from '../../shared/task.ts';
import { dataChecks } from './checks.ts';
import { columnNotes } from './column-notes.ts';
import { type ColumnPlan, type ColumnWishes, planColumns } from './column-plan.ts';
import { dataHash } from './data-hash.ts';
import type { Dataset, Target } from './dataset.ts';
import { describeColumn } from './describe-column.ts';
import { keptRows } from './drop-rows.ts';
import { type KeptRows, keepRows } from './keep-rows.ts';
import { type PlannedColumns, readPlanned } from './read-planned.ts';
import { type Source, type SourceOptions, withSource } from './source.ts';
import { type Column, type Table, takeRows } from './table.ts';
import { checkTarget, classesOf, inferTask, targetOf } from './target.ts';

export interface LoadOptions extends SourceOptions, ColumnWishes {
  readonly target: string;
  /** Given in the experiment file; inferred from the target where it is left out. */
  readonly task?: Task;
  /** Rows that are not to be learnt from or judged by. */
  readonly drop?: DroppedRows;
}

/**
 * Loads a table and works out types, roles, target and task, each with its reason; see `withSource` for the formats.
 * Rows without a target (or without a time, where rows are ordered by time) are dropped and noted, and so are those of `drop`.
 * Throws a UserError for each fault of the file, of a column and of the target; the signal's reason once it is aborted.
 */
export function loadDataset(options: LoadOptions, signal: AbortSignal): Promise<Dataset> {
  return withSource(options, signal, async (source) => {
    const plans = await planColumns(source, options);
    checkUsable(source, plans);
    return assemble(source, plans, await readPlanned(source, plans), options);
  });
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
  { columns, infos, contents, notes: readingNotes }: PlannedColumns,
  options: LoadOptions,
): Dataset {
  const read = (chosen: readonly ColumnPlan[]) => chosen.map(({ profile }) => columnOf(columns, profile.name));
  const ofRole = (...roles: ColumnRole[]) => read(plans.filter(({ role }) => roles.includes(role)));
  const [wholeTarget] = ofRole('target');
  const complete = keepRows(source, [wholeTarget, ...ofRole('time')]);
  const kept = options.drop ? withoutDropped(source, complete, [wholeTarget, ...ofRole('feature')], options) : complete;
  if (kept.rowIds.length < 2) throw rowsAllDropped(source.shown, kept.notes);
  const part = (chosen: readonly Column[]): Table => {
    const table = { rowCount: source.rowCount, columns: chosen };
    return kept.rowIds.length < source.rowCount ? takeRows(table, kept.rowIds) : table;
  };
  const [targetColumn] = part([wholeTarget]).columns;
  const features = part(ofRole('feature'));
  const keys = part([...ofRole('group', 'time'), ...read(plans.filter(({ watched }) => watched))]);
  // What is watched and judges no trial changes none.
  const silent = plans.filter(({ profile, watched }) => watched && !options.judged?.includes(profile.name));
  const hashed = [...features.columns, ...keys.columns].filter(
    ({ name }) => !silent.some(({ profile }) => profile.name === name),
  );
  const settled = settleTarget(targetColumn, kept.rowIds, source.shown, options.task);
  const { task, target } = settled;
  const notes = [
    ...source.notes,
    ...columnNotes(plans, options.ignore),
    ...readingNotes,
    ...kept.notes,
    ...settled.notes,
  ];
  return {
    info: {
      path: source.shown,
      rowCount: kept.rowIds.length,
      columns: infos,
      target: targetColumn.name,
      task,
      ...(target.kind === 'classes' && { classes: target.classes }),
      hash: dataHash(hashed, targetColumn.name, target, contents),
      notes: [...notes, ...dataChecks(features, target, kept.rowIds)],
    },
    features,
    target,
    rowIds: kept.rowIds,
    keys,
  };
}

function withoutDropped(
  { rowCount, shown }: Source,
  complete: KeptRows,
  columns: readonly [Column, ...Column[]],
  { drop = nothingDropped, task }: LoadOptions,
): KeptRows {
  if (complete.rowIds.length < 2) return complete;
  const [targetColumn, ...features] = takeRows({ rowCount, columns }, complete.rowIds).columns;
  const { target } = settleTarget(targetColumn, complete.rowIds, shown, task);
  const rows = {
    info: { target: targetColumn.name },
    features: { rowCount: complete.rowIds.length, columns: features },
    target,
    rowIds: complete.rowIds,
  };
  const { kept, notes } = keptRows(rows, drop, shown, rowCount);
  return { rowIds: kept.map((row) => complete.rowIds[row]), notes: [...complete.notes, ...notes] };
}

function columnOf(columns: ReadonlyMap<string, Column>, name: string): Column {
  const column = columns.get(name);
  if (!column) throw new RangeError(`column "${name}" was planned and not read`);
  return column;
}

function settleTarget(
  column: Column,
  rowIds: Uint32Array,
  shown: string,
  given?: Task,
): { task: Task; target: Target; notes: string[] } {
  const { distinct } = describeColumn(column);
  const facts = { name: column.name, type: column.type, rows: rowIds.length, distinct };
  const plan = given ? { task: given } : inferTask(facts);
  checkTarget(facts, plan.task, shown);
  const task = plan.task === 'multiclass' && distinct === 2 ? 'binary' : plan.task;
  const classes = task === 'regression' ? undefined : classesOf(column);
  return { task, target: targetOf(column, rowIds, shown, classes), notes: plan.note ? [plan.note] : [] };
}

const rowsAllDropped = (shown: string, notes: readonly string[]) =>
  new UserError('data-one-row', 'fewer than two rows are left to learn from.', {
    place: { file: shown },
    advice: notes.join(' '),
  });
