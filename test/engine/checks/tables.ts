import type { CheckedData } from '../../../src/engine/checks/data-check.ts';
import { type Dataset, type Target, takeDataset } from '../../../src/engine/data/dataset.ts';
import { describeColumn } from '../../../src/engine/data/describe-column.ts';
import type { Column, NumericColumn } from '../../../src/engine/data/table.ts';
import { createRandom, type Random } from '../../../src/engine/random.ts';
import type { ColumnRole } from '../../../src/shared/dataset.ts';

export const numeric = (name: string, values: ArrayLike<number>, type: NumericColumn['type'] = 'number'): Column => ({
  kind: 'numeric',
  name,
  type,
  values: Float64Array.from(values),
});

export const category = (name: string, codes: ArrayLike<number>, levels: readonly string[]): Column => ({
  kind: 'coded',
  name,
  type: 'category',
  codes: Int32Array.from(codes),
  levels,
});

/** Rows of a file that was read in this order. */
export function dataset(
  columns: readonly Column[],
  target: Target,
  keys: readonly (readonly [Column, ColumnRole])[] = [],
): Dataset {
  const rowCount = target.kind === 'classes' ? target.codes.length : target.values.length;
  const infos = (of: readonly Column[], role: (i: number) => ColumnRole) =>
    of.map((column, i) => ({
      name: column.name,
      type: column.type,
      reason: 'made',
      role: role(i),
      ...describeColumn(column),
    }));
  const keyColumns = keys.map(([column]) => column);
  return {
    info: {
      path: 'made.csv',
      rowCount,
      columns: [...infos(columns, () => 'feature'), ...infos(keyColumns, (i) => keys[i][1])],
      target: 'outcome',
      task: target.kind === 'values' ? 'regression' : target.classes.length === 2 ? 'binary' : 'multiclass',
      ...(target.kind === 'classes' && { classes: target.classes }),
      hash: '0123456789abcdef',
      notes: [],
    },
    features: { rowCount, columns },
    target,
    rowIds: Uint32Array.from({ length: rowCount }, (_, row) => row),
    keys: { rowCount, columns: keyColumns },
  };
}

/** Every fifth row is a test row. */
export function parted(data: Dataset): CheckedData {
  const rows = Array.from(data.rowIds.keys());
  return {
    development: takeDataset(
      data,
      rows.filter((row) => row % 5 !== 0),
    ),
    test: takeDataset(
      data,
      rows.filter((row) => row % 5 === 0),
    ),
    testIsFile: false,
  };
}

const normals = (count: number, random: Random) => Array.from({ length: count }, () => random.normal());

export const twoClasses = ['no', 'yes'] as const;

/** Measurements that go together a little and decide the outcome, with some noise: nothing is wrong with them. */
export function soundTable(rowCount: number, seed = 1, width = 6): { columns: Column[]; score: number[] } {
  const random = createRandom(seed).fork('sound');
  const common = normals(rowCount, random);
  const columns = Array.from({ length: width }, (_, j) =>
    numeric(
      `x${j}`,
      normals(rowCount, random).map((value, row) => value + 0.5 * common[row]),
    ),
  );
  const codes = Array.from({ length: rowCount }, () => random.integer(4));
  const score = Array.from({ length: rowCount }, (_, row) => {
    const [a, b] = columns.map((column) => (column.kind === 'numeric' ? column.values[row] : 0));
    return 2 * a - 1.5 * (b ?? 0) + (codes[row] === 2 ? 1 : 0) + 0.6 * random.normal();
  });
  return { columns: [...columns, category('region', codes, ['north', 'east', 'south', 'west'])], score };
}

export const classesBy = (score: readonly number[]): Target => ({
  kind: 'classes',
  codes: Int32Array.from(score, (value) => (value > 0 ? 1 : 0)),
  classes: twoClasses,
});

export const sound = (rowCount: number, seed = 1): Dataset => {
  const { columns, score } = soundTable(rowCount, seed);
  return dataset(columns, classesBy(score));
};

export const soundNumbers = (rowCount: number, seed = 1): Dataset => {
  const { columns, score } = soundTable(rowCount, seed);
  return dataset(columns, { kind: 'values', values: Float64Array.from(score) });
};
