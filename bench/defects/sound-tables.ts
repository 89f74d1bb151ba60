import type { Dataset, Target } from '../../src/engine/data/dataset.ts';
import type { Column, NumericColumn } from '../../src/engine/data/table.ts';
import type { Random } from '../../src/engine/random.ts';

const rowCounts = [150, 400, 1000];

/**
 * A table with which nothing is wrong: rows drawn independently, three to twelve columns of six kinds that go together a little, gaps at random, and a
 * target that a quarter of the columns decide, with noise; every third is a number.
 */
export function soundTable(number: number, random: Random): Dataset {
  const rows = rowCounts[number % rowCounts.length];
  const width = 3 + random.integer(10);
  const common = Array.from({ length: rows }, () => random.normal());
  const scores = new Float64Array(rows);
  const columns = Array.from({ length: width }, (_, j): Column => {
    const values = Float64Array.from(common, (value) => random.normal() + 0.4 * value);
    const weight = j % 4 === 0 ? 1 + random.uniform() : 0;
    for (let row = 0; row < rows; row++) scores[row] += weight * values[row];
    return columnOf(`c${j}`, values, random.integer(6), random);
  });
  const noisy = scores.map((score) => score + 0.7 * random.normal());
  return datasetOf(columns, targetOf(noisy, number));
}

function columnOf(name: string, values: Float64Array, kind: number, random: Random): Column {
  const numeric = (type: NumericColumn['type'], made: Float64Array): Column => ({
    kind: 'numeric',
    name,
    type,
    values: made,
  });
  switch (kind) {
    case 0:
      return numeric('number', values.map(Math.exp));
    case 1:
      return numeric(
        'integer',
        values.map((value) => Math.round(10 * value + 40)),
      );
    case 2:
      return numeric(
        'number',
        values.map((value) => (random.uniform() < 0.1 ? Number.NaN : value)),
      );
    case 3: {
      const codes = Int32Array.from(values, (value) => Math.max(0, Math.min(4, Math.floor(value + 2.5))));
      return { kind: 'coded', name, type: 'category', codes, levels: ['a', 'b', 'c', 'd', 'e'] };
    }
    case 4:
      // Student's t with three degrees of freedom: a tail that falls by a power.
      return numeric(
        'number',
        values.map(
          (value) => value / Math.sqrt((random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2) / 3),
        ),
      );
    default:
      return numeric('number', values);
  }
}

function targetOf(scores: Float64Array, number: number): Target {
  if (number % 3 === 2) return { kind: 'values', values: scores };
  const sorted = scores.slice().sort();
  const cuts = number % 3 === 0 ? [0.5] : [0.33, 0.67];
  const bounds = cuts.map((share) => sorted[Math.floor(share * sorted.length)]);
  const classes = ['low', 'middle', 'high'].slice(0, cuts.length + 1);
  return {
    kind: 'classes',
    codes: Int32Array.from(scores, (score) => bounds.filter((bound) => score >= bound).length),
    classes,
  };
}

function datasetOf(columns: readonly Column[], target: Target): Dataset {
  const rowCount = target.kind === 'classes' ? target.codes.length : target.values.length;
  const info = (column: Column) =>
    ({ name: column.name, type: column.type, reason: 'made', role: 'feature', missing: 0, distinct: 2 }) as const;
  const task = target.kind === 'values' ? 'regression' : target.classes.length === 2 ? 'binary' : 'multiclass';
  return {
    info: {
      path: 'made',
      rowCount,
      columns: columns.map(info),
      target: 'target',
      task,
      ...(target.kind === 'classes' && { classes: target.classes }),
      hash: '0000000000000000',
      notes: [],
    },
    features: { rowCount, columns },
    target,
    rowIds: Uint32Array.from({ length: rowCount }, (_, row) => row),
    keys: { rowCount, columns: [] },
  };
}
