import type { Dataset } from '../../../src/engine/data/dataset.ts';
import type { Table } from '../../../src/engine/data/table.ts';
import { createRandom } from '../../../src/engine/random.ts';
import type { Task } from '../../../src/shared/task.ts';
import { classesOf, coded, dataset, numeric } from '../learners/toy-data.ts';

const words = ['good', 'bad', 'slow', 'quick', 'late', 'kind', 'broken', 'again', 'never', 'always'];

/** Columns that every step has something to do with: dates, texts, a crowded category, skewed, repeated and constant numbers. */
export function rich(task: Task, options: { rows?: number; seed?: number; missing?: number } = {}): Dataset {
  const { rows = 300, seed = 1, missing = 0 } = options;
  const random = createRandom(seed);
  const draw = <T>(cell: (row: number) => T): T[] => Array.from({ length: rows }, (_, row) => cell(row));
  const or = <T>(blank: T, cells: readonly T[]) => cells.map((cell) => (random.uniform() < missing ? blank : cell));
  const skewed = draw(() => Math.exp(random.normal()));
  const town = draw(() => random.integer(70));
  const tone = draw(() => random.integer(2));
  const truth = draw((row) => Math.log(skewed[row]) + (town[row] % 7) / 3 + tone[row] - 1.5 + 0.2 * random.normal());
  const text = (row: number) =>
    [words[tone[row]], ...Array.from({ length: 3 }, () => words[2 + random.integer(8)]), `order${row}`].join(' ');
  const columns = [
    numeric('skewed', or(Number.NaN, skewed)),
    numeric('twice', skewed),
    numeric('again', skewed),
    numeric(
      'five',
      draw(() => 5),
    ),
    numeric(
      'count',
      or(
        Number.NaN,
        draw(() => random.integer(4)),
      ),
      'integer',
    ),
    numeric(
      'when',
      or(
        Number.NaN,
        draw(() => 1.5e12 + random.integer(1e11)),
      ),
      'date',
    ),
    numeric(
      'rate',
      draw((row) => (truth[row] + 4) * (1 + (row % 9))),
    ),
    numeric(
      'rounds',
      draw((row) => 1 + (row % 9)),
      'integer',
    ),
    coded(
      'town',
      or(
        null,
        town.map((t) => `town ${t}`),
      ),
    ),
    coded(
      'color',
      or(
        null,
        draw(() => ['red', 'green', 'blue'][random.integer(3)]),
      ),
    ),
    coded('note', or(null, draw(text)), 'text'),
  ];
  const third = (value: number) => (value < -0.3 ? 0 : value < 0.8 ? 1 : 2);
  const target = { regression: (v: number) => v, binary: (v: number) => (v > 0 ? 1 : 0), multiclass: third }[task];
  return dataset(task, columns, truth.map(target), classesOf(task));
}

/** Rows such as no training row was: unseen levels and texts, empty texts, numbers far outside. */
export const strange: Table = {
  rowCount: 4,
  columns: [
    numeric('skewed', [1e300, -1e300, Number.NaN, 0]),
    numeric('twice', [-1e6, 1e9, 0, Number.NaN]),
    numeric('again', [1, 2, 3, 4]),
    numeric('five', [6, Number.NaN, 5, -1e300]),
    numeric('count', [99, -1, 2, 0], 'integer'),
    numeric('when', [-1e15, 9e15, Number.NaN, 0], 'date'),
    numeric('rate', [0, 1e300, Number.NaN, -3]),
    numeric('rounds', [0, 0, 1, Number.NaN], 'integer'),
    coded('town', ['nowhere', null, 'town 3', '']),
    coded('color', ['violet', 'red', null, '']),
    coded('note', ['', null, 'words never seen', '!!! ---'], 'text'),
  ],
};
