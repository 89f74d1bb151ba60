import type {
  AddedColumn,
  ChangedColumn,
  PipelineStep,
  SideOfStep,
  StepColumn,
  TracedCell,
} from '../../shared/results/steps.ts';
import { type Cell, type Column, cell, columnNamed, type Table } from '../data/table.ts';
import type { MadeColumn } from '../models/readable.ts';
import type { Stage } from '../models/staged.ts';
import { rare } from './steps/rare-levels.ts';

/** Columns that are listed, those that are shown side by side, and cells of the row that is followed. */
const [mostListed, mostShown, mostTraced] = [200, 8, 100];
/** Of a text, to know it again. */
const mostCharacters = 80;

/**
 * What a step does to rows, read off the tables before and after it.
 * @param shown positions of rows whose cells are shown
 * @param traced position of the row that is followed; null: none
 */
export function stepChanges(stage: Stage, shown: readonly number[], traced: number | null): PipelineStep {
  const { before, after, name } = stage;
  const madeBy = new Map(stage.made.map((made) => [made.column, made]));
  const oldNames = new Set(before.columns.map((column) => column.name));
  const newNames = new Set(after.columns.map((column) => column.name));
  const touched = new Uint8Array(before.rowCount);
  const changed = after.columns.flatMap((column) =>
    oldNames.has(column.name) ? (changeOf(columnNamed(before, column.name), column, madeBy, touched) ?? []) : [],
  );
  const added = after.columns.filter((column) => !oldNames.has(column.name));
  const removed = before.columns.filter((column) => !newNames.has(column.name));
  for (const column of added) markTouched(column, touched);
  const names = changed.map(({ column }) => column);
  return {
    name,
    added: listOf(added, (column) => addedColumn(column, madeBy)),
    removed: listOf(removed, written),
    changed: { count: changed.length, columns: changed.slice(0, mostListed) },
    rows: removed.length > 0 ? before.rowCount : touched.reduce((sum, one) => sum + one, 0),
    before: sideOf(before, [...names, ...removed.map((column) => column.name)], shown),
    after: sideOf(after, [...names, ...added.map((column) => column.name)], shown),
    ...(traced !== null && { trace: traceOf(stage, { changed, added, removed, madeBy }, traced) }),
  };
}

const listOf = <T>(columns: readonly Column[], told: (column: Column) => T) => ({
  count: columns.length,
  columns: columns.slice(0, mostListed).map(told),
});

const written = ({ name, type }: Column): StepColumn => ({ name: shownName(name), type });

function addedColumn(column: Column, madeBy: ReadonlyMap<string, MadeColumn>): AddedColumn {
  const made = madeBy.get(column.name);
  return { ...written(column), of: made?.of ?? [], ...(made && { words: shownName(made.words) }) };
}

/** Undefined where no cell differs; marks the rows whose cell does. */
function changeOf(
  before: Column,
  after: Column,
  madeBy: ReadonlyMap<string, MadeColumn>,
  touched: Uint8Array,
): ChangedColumn | undefined {
  let [cells, filled] = [0, 0];
  for (let row = 0; row < touched.length; row++) {
    const [from, to] = [cell(before, row), cell(after, row)];
    if (from === to) continue;
    cells++;
    touched[row] = 1;
    if (from === null) filled++;
  }
  if (cells === 0 && before.type === after.type) return undefined;
  const words = madeBy.get(after.name)?.words;
  return {
    column: after.name,
    typeBefore: before.type,
    typeAfter: after.type,
    cells,
    filled,
    ...(before.kind === 'coded' &&
      after.kind === 'coded' && { levels: { before: levelsIn(before), after: levelsIn(after) } }),
    ...(words !== undefined && { words }),
  };
}

const levelsIn = ({ codes }: Extract<Column, { kind: 'coded' }>): number =>
  new Set(codes.filter((code) => code >= 0)).size;

/** A new cell that says nothing, 0 or missing, touches no row. */
function markTouched(column: Column, touched: Uint8Array): void {
  for (let row = 0; row < touched.length; row++) if (says(cell(column, row))) touched[row] = 1;
}

const says = (value: Cell): boolean => value !== null && value !== 0;

/** As a person writes it: the joined level has a name that no file can hold. */
const shownName = (text: string): string => text.replaceAll(rare, 'a rare level');

const shownCell = (column: Column, row: number): Cell => {
  const value = cell(column, row);
  if (typeof value !== 'string') return value;
  return value.length > mostCharacters ? `${value.slice(0, mostCharacters)}…` : shownName(value);
};

function sideOf(table: Table, first: readonly string[], rows: readonly number[]): SideOfStep {
  const others = table.columns.flatMap(({ name }) => (first.includes(name) ? [] : [name]));
  const names = [...first, ...others].slice(0, mostShown);
  const columns = names.map((name) => columnNamed(table, name));
  return {
    columns: table.columns.length,
    shown: names.map(shownName),
    cells: rows.map((row) => columns.map((column) => shownCell(column, row))),
  };
}

interface Changes {
  readonly changed: readonly ChangedColumn[];
  readonly added: readonly Column[];
  readonly removed: readonly Column[];
  readonly madeBy: ReadonlyMap<string, MadeColumn>;
}

function traceOf({ before, after }: Stage, { changed, added, removed, madeBy }: Changes, row: number) {
  const differing = changed.flatMap(({ column }): TracedCell[] => {
    const [was, is] = [before, after].map((table) => columnNamed(table, column));
    if (cell(was, row) === cell(is, row)) return [];
    const [from, to] = [shownCell(was, row), shownCell(is, row)];
    return [{ how: from === null ? 'filled' : 'changed', column, from, to }];
  });
  // What was 0, as most words of a text are, says least of the row.
  const cells = [
    ...differing.filter(({ from }) => from !== 0),
    ...removed.map(
      (column): TracedCell => ({ how: 'removed', column: shownName(column.name), from: shownCell(column, row) }),
    ),
    ...added
      .filter((column) => says(cell(column, row)))
      .map((column): TracedCell => {
        const of = madeBy.get(column.name)?.of;
        return { how: 'added', column: shownName(column.name), ...(of && { of }), to: shownCell(column, row) };
      }),
    ...differing.filter(({ from }) => from === 0),
  ];
  return { cells: cells.slice(0, mostTraced), further: Math.max(0, cells.length - mostTraced) };
}
