import type { Dataset } from '../../../src/engine/data/dataset.ts';
import type { Random } from '../../../src/engine/random.ts';
import type { Task } from '../../../src/shared/task.ts';
import { classesOf, dataset, numeric } from './toy-data.ts';

/** Rows of which two columns decide and forty are noise. */
export function noisyData(task: Task, rows: number, random: Random): Dataset {
  const columns = Array.from({ length: 42 }, (_, j) =>
    numeric(
      `x${j}`,
      Float64Array.from({ length: rows }, () => random.normal()),
    ),
  );
  const score = (row: number) => 2 * columns[0].values[row] - columns[1].values[row] + 0.5 * random.normal();
  const truth = Float64Array.from({ length: rows }, (_, row) => {
    const value = score(row);
    if (task === 'regression') return value;
    return task === 'binary' ? Number(value > 0) : value > 1 ? 2 : Number(value > -1);
  });
  return dataset(task, columns, truth, classesOf(task));
}
