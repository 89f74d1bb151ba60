import { type Dataset, takeDataset } from '../../../src/engine/data/dataset.ts';
import { describeColumn } from '../../../src/engine/data/describe-column.ts';
import type { CodedColumn, Column, NumericColumn, Table } from '../../../src/engine/data/table.ts';
import { createRandom, type Random } from '../../../src/engine/random.ts';
import type { Task } from '../../../src/shared/task.ts';

export const numeric = (
  name: string,
  values: ArrayLike<number>,
  type: NumericColumn['type'] = 'number',
): NumericColumn => ({
  kind: 'numeric',
  name,
  type,
  values: Float64Array.from(values),
});

/** null is missing; levels in the order of their first row. */
export function coded(
  name: string,
  cells: readonly (string | null)[],
  type: CodedColumn['type'] = 'category',
): CodedColumn {
  const levels = [...new Set(cells.filter((cell) => cell !== null))];
  const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : levels.indexOf(cell)));
  return { kind: 'coded', name, type, levels, codes };
}

export const tableOf = (columns: readonly Column[]): Table => ({
  rowCount: columns[0].kind === 'numeric' ? columns[0].values.length : columns[0].codes.length,
  columns,
});

/** A data set of these features; `truth` holds class indices, or values for regression. */
export function dataset(task: Task, columns: readonly Column[], truth: ArrayLike<number>, classCount = 0): Dataset {
  const features = tableOf(columns);
  const classes = task === 'regression' ? undefined : Array.from({ length: classCount }, (_, k) => `class ${k}`);
  return {
    info: {
      path: 'toy.csv',
      rowCount: features.rowCount,
      columns: columns.map((column) => ({
        name: column.name,
        type: column.type,
        reason: 'made so',
        role: 'feature',
        ...describeColumn(column),
      })),
      target: 'y',
      task,
      classes,
      hash: 'toy',
      notes: [],
    },
    features,
    target: classes
      ? { kind: 'classes', codes: Int32Array.from(truth), classes }
      : { kind: 'values', values: Float64Array.from(truth) },
    rowIds: Uint32Array.from({ length: features.rowCount }, (_, row) => row),
    keys: { rowCount: features.rowCount, columns: [] },
  };
}

export const classesOf = (task: Task): number => ({ binary: 2, multiclass: 3, regression: 0 })[task];

const colors = ['red', 'green', 'blue'];

/**
 * Columns of every type; the target follows `x` and `color`, with a little noise. missing: share of cells that are missing
 * in every column but the target.
 */
export function toy(task: Task, options: { rows?: number; seed?: number; missing?: number } = {}): Dataset {
  const { rows = 240, seed = 1, missing = 0 } = options;
  const random = createRandom(seed);
  const x = draw(rows, () => random.normal());
  const color = draw(rows, () => random.integer(3));
  const score = x.map((value, row) => 1.5 * value + 2 * color[row] - 2 + 0.3 * random.normal());
  const gone = <T>(cells: readonly T[], blank: T) => cells.map((cell) => (random.uniform() < missing ? blank : cell));
  const columns = [
    numeric('x', gone(x, Number.NaN)),
    numeric(
      'noise',
      gone(
        draw(rows, () => random.normal() * 1000),
        Number.NaN,
      ),
    ),
    numeric(
      'count',
      gone(
        draw(rows, () => random.integer(5)),
        Number.NaN,
      ),
      'integer',
    ),
    numeric(
      'when',
      gone(
        draw(rows, () => 1.6e12 + random.integer(1e10)),
        Number.NaN,
      ),
      'date',
    ),
    coded(
      'color',
      gone(
        color.map((c) => colors[c]),
        null,
      ),
    ),
    coded(
      'flag',
      gone(
        draw(rows, () => (random.uniform() < 0.5 ? 'true' : 'false')),
        null,
      ),
      'boolean',
    ),
    coded(
      'note',
      draw(rows, (row) => `remark ${row}`),
      'text',
    ),
  ];
  return dataset(
    task,
    columns,
    score.map((s) => truthOf(task, s)),
    classesOf(task),
  );
}

function truthOf(task: Task, score: number): number {
  if (task === 'regression') return 10 + score;
  if (task === 'binary') return score > 0 ? 1 : 0;
  return score < -1 ? 0 : score < 1 ? 1 : 2;
}

const draw = <T>(rows: number, cell: (row: number) => T): T[] => Array.from({ length: rows }, (_, row) => cell(row));

/** Two parts of a data set: the first rows, and the rest. */
export function parted(data: Dataset, first: number): [Dataset, Dataset] {
  const rows = data.features.rowCount;
  return [
    takeDataset(
      data,
      draw(first, (row) => row),
    ),
    takeDataset(
      data,
      draw(rows - first, (row) => first + row),
    ),
  ];
}

/** The same data with only these columns. */
export const withFeatures = (data: Dataset, columns: readonly Column[]): Dataset => ({
  ...data,
  features: tableOf(columns),
});

/** The same table with its columns in random order and the levels coded differently. */
export function shuffledColumns(table: Table, random: Random): Table {
  const columns = [...random.permutation(table.columns.length)].map((i) => recoded(table.columns[i]));
  return { rowCount: table.rowCount, columns };
}

function recoded(column: Column): Column {
  if (column.kind === 'numeric') return column;
  const levels = ['never used', ...column.levels.toReversed()];
  return { ...column, levels, codes: column.codes.map((code) => (code < 0 ? -1 : column.levels.length - code)) };
}
