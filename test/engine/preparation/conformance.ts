import assert from 'node:assert/strict';
import { type Dataset, takeDataset, targetLength } from '../../../src/engine/data/dataset.ts';
import { type Table, takeRows, withColumns } from '../../../src/engine/data/table.ts';
import type { Learnt, Need, Step, Transform } from '../../../src/engine/preparation/step.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { contains, listedValues } from '../../../src/engine/space/distribution.ts';
import type { Params } from '../../../src/shared/space.ts';
import type { Task } from '../../../src/shared/task.ts';
import { coded, dataset, numeric, shuffledColumns } from '../learners/toy-data.ts';
import { rich, strange } from './rich-data.ts';

/** Something that every step owes the learners, whatever its parameters. */
export interface StepCheck {
  readonly name: string;
  run(step: Step<unknown>, params: Params, need: Need): void;
}

const tasks: readonly Task[] = ['binary', 'multiclass', 'regression'];
/** A step's parameters for data with everything in it. */
const parametersOf = (step: Step<unknown>, need: Need) => step.parameters(rich('binary', { missing: 0.1 }).info, need);

/** The configurations that a step is tried with: each choice, both ends of each range, the others as they usually are. */
export function configurations(step: Step<unknown>, need: Need): Params[] {
  const parameters = parametersOf(step, need);
  const initial = Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.initial]));
  return parameters.flatMap(({ name, distribution }) => {
    const ends = 'low' in distribution ? [distribution.low, distribution.high] : listedValues(distribution)!;
    return ends.map((value) => ({ ...initial, [name]: value }));
  });
}

const learn = (
  step: Step<unknown>,
  { features, target }: Dataset,
  params: Params,
  need: Need,
): Learnt<unknown> | null => step.learn({ features, target, need, random: createRandom(4) }, params);

const restored = (step: Step<unknown>, learnt: Learnt<unknown>): Transform =>
  step.restore(JSON.parse(JSON.stringify(learnt.state)));

/** Names once each, as many values as rows, numbers finite or missing, codes among the levels. */
function assertSound(table: Table, rows: number): void {
  assert.equal(table.rowCount, rows);
  assert.equal(new Set(table.columns.map(({ name }) => name)).size, table.columns.length, 'names are unique');
  for (const column of table.columns) {
    const cells = column.kind === 'numeric' ? column.values : column.codes;
    assert.equal(cells.length, rows, column.name);
    if (column.kind === 'coded')
      assert.ok(
        column.codes.every((code) => code >= -1 && code < column.levels.length),
        column.name,
      );
    else
      assert.ok(
        column.values.every((v) => Number.isFinite(v) || Number.isNaN(v)),
        `${column.name} is finite`,
      );
  }
}

const byName = (table: Table) => Object.fromEntries(table.columns.map((column) => [column.name, shown(column)]));

/** A column's cells, however its levels are coded. */
const shown = (column: Table['columns'][number]) =>
  column.kind === 'numeric' ? [...column.values] : Array.from(column.codes, (code) => column.levels[code] ?? null);

const kindsOf = (table: Table) => table.columns.map(({ name, kind, type }) => `${name}: ${kind} ${type}`).sort();

export const stepChecks: readonly StepCheck[] = [
  {
    name: 'has usual values within its parameters',
    run(step, _, need) {
      for (const { name, distribution, initial } of parametersOf(step, need)) {
        assert.ok(contains(distribution, initial), name);
        assert.match(name, /^[a-z][a-z0-9_]*$/);
      }
    },
  },
  {
    name: 'has nothing to do with data of which nothing is known',
    run(step, _, need) {
      const info = { ...rich('binary').info, columns: [] };
      assert.deepEqual(step.parameters(info, need), []);
      assert.equal(learn(step, rich('binary'), {}, need), null);
    },
  },
  {
    name: 'makes sound columns of every task, and says so',
    run(step, params, need) {
      for (const task of tasks) {
        for (const missing of [0, 0.3]) {
          const data = rich(task, { missing });
          const learnt = learn(step, data, params, need);
          if (!learnt) continue;
          assert.ok(learnt.words.length > 0);
          const transform = restored(step, learnt);
          assertSound(transform.apply(data.features), 300);
          if (!learnt.train) continue;
          assertSound(learnt.train, 300);
          assert.deepEqual(kindsOf(learnt.train), kindsOf(transform.apply(data.features)));
        }
      }
    },
  },
  {
    name: 'same rows, same state',
    run(step, params, need) {
      const data = rich('binary', { missing: 0.1 });
      assert.deepEqual(learn(step, data, params, need), learn(step, data, params, need));
    },
  },
  {
    name: 'survives JSON',
    run(step, params, need) {
      const data = rich('multiclass', { missing: 0.1 });
      const learnt = learn(step, data, params, need);
      if (!learnt) return;
      assert.deepEqual(JSON.parse(JSON.stringify(learnt.state)), learnt.state);
      const again = restored(step, learnt).apply(data.features);
      assert.deepEqual(again, step.restore(learnt.state).apply(data.features));
    },
  },
  {
    name: 'takes rows such as it never saw: levels, texts, missing values, numbers far outside',
    run(step, params, need) {
      const learnt = learn(step, rich('binary', { missing: 0.1 }), params, need);
      if (learnt) assertSound(restored(step, learnt).apply(strange), 4);
      const whole = learn(step, rich('binary'), params, need);
      if (whole) assertSound(restored(step, whole).apply(rich('binary', { missing: 1, rows: 5 }).features), 5);
    },
  },
  {
    name: 'takes columns without any value, of one value, and all rows equal',
    run(step, params, need) {
      const data = rich('binary', { rows: 60 });
      const blank = [numeric('skewed', new Array(60).fill(Number.NaN)), coded('town', new Array(60).fill(null))];
      const equal = takeDataset(data, new Array(60).fill(7));
      for (const features of [withColumns(data.features, blank), equal.features]) {
        const learnt = learn(step, { ...data, features }, params, need);
        if (!learnt) continue;
        assertSound(restored(step, learnt).apply(features), 60);
        assertSound(restored(step, learnt).apply(data.features), 60);
      }
    },
  },
  {
    name: 'takes no rows, one and two, and columns that are not there',
    run(step, params, need) {
      for (const count of [0, 1, 2]) {
        const few = takeDataset(
          rich('binary'),
          Array.from({ length: count }, (_, row) => row),
        );
        assert.equal(targetLength(few.target), count);
        const learnt = learn(step, few, params, need);
        if (learnt) assertSound(restored(step, learnt).apply(rich('binary').features), 300);
      }
      const learnt = learn(step, rich('binary'), params, need);
      if (learnt) assertSound(restored(step, learnt).apply(takeRows(rich('binary').features, [])), 0);
      const bare = dataset('binary', [coded('color', ['red', 'blue'])], [0, 1], 2);
      const onBare = learn(step, bare, params, need);
      if (onBare) assertSound(restored(step, onBare).apply(bare.features), 2);
    },
  },
  {
    name: 'takes numbers of any size, and targets too',
    run(step, params, need) {
      const values = (scale: number) => Array.from({ length: 90 }, (_, row) => ((row % 5) - 2) * scale);
      const columns = [1e300, 1e-300, 1].map((scale, i) => numeric(`w${i}`, values(scale)));
      const town = coded(
        'town',
        Array.from({ length: 90 }, (_, row) => `town ${row % 60}`),
      );
      const data = dataset('regression', [...columns, town], values(8e307));
      const learnt = learn(step, data, params, need);
      if (learnt) assertSound(learnt.train ?? restored(step, learnt).apply(data.features), 90);
    },
  },
  {
    name: 'does each row by itself',
    run(step, params, need) {
      const data = rich('binary', { missing: 0.1 });
      const learnt = learn(step, data, params, need);
      if (!learnt) return;
      const transform = restored(step, learnt);
      const all = transform.apply(data.features);
      assert.deepEqual(byName(transform.apply(takeRows(data.features, [17, 3]))), byName(takeRows(all, [17, 3])));
    },
  },
  {
    name: 'does not depend on the order of columns or the coding of levels',
    run(step, params, need) {
      const data = rich('binary', { missing: 0.1 });
      const shuffled = { ...data, features: shuffledColumns(data.features, createRandom(4)) };
      const [plain, other] = [learn(step, data, params, need), learn(step, shuffled, params, need)];
      assert.deepEqual(other?.state, plain?.state);
      if (!plain) return;
      const transform = restored(step, plain);
      assert.deepEqual(byName(transform.apply(shuffled.features)), byName(transform.apply(data.features)));
    },
  },
  {
    name: 'leaves its data as they were',
    run(step, params, need) {
      const data = rich('binary', { missing: 0.1 });
      const before = structuredClone(data);
      const learnt = learn(step, data, params, need);
      if (learnt) restored(step, learnt).apply(data.features);
      assert.deepEqual(data, before);
    },
  },
  {
    name: 'names no column as there is one already',
    run(step, params, need) {
      const data = rich('binary');
      const learnt = learn(step, data, params, need);
      if (!learnt) return;
      const made = restored(step, learnt)
        .apply(data.features)
        .columns.map(({ name }) => name);
      const own = new Set(data.features.columns.map(({ name }) => name));
      const taken = made.filter((name) => !own.has(name)).map((name) => numeric(name, new Array(300).fill(1)));
      const features = { ...data.features, columns: [...data.features.columns, ...taken] };
      const again = learn(step, { ...data, features }, params, need);
      if (again) assertSound(restored(step, again).apply(features), 300);
    },
  },
  {
    name: 'passes gradients back as slopes',
    run(step, params, need) {
      const data = rich('binary', { missing: 0.1 });
      const learnt = learn(step, data, params, need);
      if (!learnt) return;
      const transform = restored(step, learnt);
      const table = takeRows(data.features, [5, 8, 11]);
      // The gradient of the sum of all numbers after the step, each with a weight of its own.
      const after = transform.apply(table);
      const weight = (name: string) => (name.length % 5) + 1;
      const numbers = after.columns.filter((column) => column.kind === 'numeric');
      const gradients = new Map(numbers.map(({ name }) => [name, new Float64Array(3).fill(weight(name))]));
      const back = transform.gradientBefore?.(table, gradients) ?? gradients;
      const difference = (high: Table, low: Table, row: number) => {
        const [above, below] = [high, low].map((moved) => transform.apply(moved).columns);
        return above.reduce((sum, column, j) => {
          const other = below[j];
          if (column.kind !== 'numeric' || other.kind !== 'numeric' || Number.isNaN(column.values[row])) return sum;
          return sum + weight(column.name) * (column.values[row] - other.values[row]);
        }, 0);
      };
      for (const column of table.columns) {
        if (column.kind !== 'numeric') continue;
        for (let row = 0; row < 3; row++) {
          if (Number.isNaN(column.values[row])) continue;
          const size = column.type === 'date' ? 1e3 : 1e-5;
          const moved = (by: number) => withColumns(table, [{ ...column, values: column.values.map((v) => v + by) }]);
          const slope = difference(moved(size), moved(-size), row) / (2 * size);
          const given = back.get(column.name)?.[row] ?? 0;
          const unit = column.type === 'date' ? 1e10 : 1;
          assert.ok(
            Math.abs(slope - given) * unit < 1e-3 * Math.max(1, Math.abs(slope) * unit),
            `${column.name}: ${given}, not ${slope}`,
          );
        }
      }
    },
  },
];
