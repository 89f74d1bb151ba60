import type { Table } from '../../../src/engine/data/table.ts';
import type { LearningRows, Learnt, Step } from '../../../src/engine/preparation/step.ts';
import { numeric } from '../learners/toy-data.ts';

/** Does nothing, and that soundly. */
const idle: Step<unknown> = {
  name: 'idle',
  parameters: ({ columns }) =>
    columns.length === 0
      ? []
      : [
          {
            name: 'way',
            distribution: { type: 'categorical', choices: ['on', 'off'] },
            initial: 'on',
            searched: false,
          },
        ],
  learn: (_, { way }) => (way === 'on' ? { state: {}, words: 'nothing done' } : null),
  restore: () => ({ apply: (table) => table }),
};

const learning = (learn: (rows: LearningRows) => Learnt<unknown>): Step<unknown> => ({ ...idle, learn });
const applying = (apply: (table: Table) => Table): Step<unknown> => ({ ...idle, restore: () => ({ apply }) });
const doubled = (table: Table): Table => ({
  ...table,
  columns: table.columns.map((column) =>
    column.kind === 'numeric' ? { ...column, values: column.values.map((value) => value * 2) } : column,
  ),
});
const added = (table: Table, value: number, name = 'new'): Table => ({
  ...table,
  columns: [...table.columns, numeric(name, new Array(table.rowCount).fill(value))],
});
let calls = 0;
const afraidOf = (isBad: (rows: LearningRows) => boolean): Step<unknown> =>
  learning((rows) => {
    if (isBad(rows)) throw new RangeError('cannot learn this');
    return { state: {}, words: 'nothing done' };
  });
const numbersIn = ({ columns }: Table) =>
  columns.flatMap((column) => (column.kind === 'numeric' ? [...column.values] : []));

/** For each check of the conformance suite, by name, a step that it must catch. */
export const badSteps: Readonly<Record<string, Step<unknown>>> = {
  'has usual values within its parameters': {
    ...idle,
    parameters: () => [
      { name: 'way', distribution: { type: 'categorical', choices: ['on'] }, initial: 'off', searched: false },
    ],
  },
  'has nothing to do with data of which nothing is known': learning(() => ({ state: {}, words: 'done' })),
  'makes sound columns of every task, and says so': applying((table) => added(table, Number.POSITIVE_INFINITY)),
  'same rows, same state': learning(() => ({ state: { calls: calls++ }, words: 'counted' })),
  'survives JSON': learning(() => ({ state: { from: Number.NaN }, words: 'nothing done' })),
  'takes rows such as it never saw: levels, texts, missing values, numbers far outside': applying((table) => {
    if (table.columns.some((column) => column.kind === 'coded' && column.levels.includes('violet'))) throw new Error();
    return table;
  }),
  'takes columns without any value, of one value, and all rows equal': afraidOf(({ features }) =>
    features.columns.some((column) => column.kind === 'numeric' && column.values.every(Number.isNaN)),
  ),
  'takes no rows, one and two, and columns that are not there': afraidOf(({ features }) => features.rowCount === 0),
  'takes numbers of any size, and targets too': applying((table) => added(table, Math.max(...numbersIn(table)) * 1e10)),
  'does each row by itself': applying((table) => added(table, table.rowCount)),
  'does not depend on the order of columns or the coding of levels': learning(({ features }) => ({
    state: { first: features.columns[0].name },
    words: 'the first column',
  })),
  'leaves its data as they were': applying((table) => {
    for (const column of table.columns) if (column.kind === 'numeric') column.values.fill(0);
    return table;
  }),
  'names no column as there is one already': applying((table) => added(table, 1)),
  'passes gradients back as slopes': applying(doubled),
};
