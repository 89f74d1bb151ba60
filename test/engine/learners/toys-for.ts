import type { Dataset } from '../../../src/engine/data/dataset.ts';
import type { Table } from '../../../src/engine/data/table.ts';
import type { Learner } from '../../../src/engine/learners/learner.ts';
import { createRandom } from '../../../src/engine/random.ts';
import type { Task } from '../../../src/shared/task.ts';
import { shownIn } from './shown-in.ts';
import { classesOf, dataset, parted, toy } from './toy-data.ts';

/** Toy data; for a learner that looks at one type of column alone, fewer rows in which that one shows what the others say. */
export const toyFor = ({ tags: { needs } }: Learner, task: Task, options: Parameters<typeof toy>[1] = {}): Dataset =>
  needs === undefined ? toy(task, options) : shownIn(needs, toy(task, { rows: 60, ...options }));

/** The first three quarters of the rows, and the rest. */
export const threeQuarters = (data: Dataset) => parted(data, Math.round(0.75 * data.features.rowCount));

/** Rows whose target follows `x` half of the time and chance otherwise, so that much depends on how often which row counts. */
export function undecidedData(learner: Learner, task: Task, rows: number, seed: number): Dataset {
  const data = toyFor(learner, task, { rows, seed });
  const random = createRandom(seed + 100);
  const truth = Array.from({ length: rows }, (_, row) => {
    const other = random.uniform() < 0.5 ? row : random.integer(rows);
    return data.target.kind === 'classes' ? data.target.codes[other] : data.target.values[other];
  });
  const columns = data.features.columns.filter(({ type }, i) => i < 3 || type === learner.tags.needs);
  return dataset(task, columns, truth, classesOf(task));
}

/** Whether a row is of the second class, or its value large. */
export const isHigh = ({ target }: Dataset, row: number) =>
  target.kind === 'classes' ? target.codes[row] === 1 : target.values[row] > 10;

/** Standard deviation of a column's numbers. */
export function deviationOf(column: Table['columns'][number] | undefined): number {
  if (column?.kind !== 'numeric') throw new RangeError('not a numeric column');
  const values = column.values.filter((value) => !Number.isNaN(value));
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
}
