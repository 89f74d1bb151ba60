import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnNamed, type Table } from '../../../../src/engine/data/table.ts';
import { functionalComplexity } from '../../../../src/engine/explain/functional-complexity/functional-complexity.ts';
import { usedColumns } from '../../../../src/engine/explain/functional-complexity/used-columns.ts';
import type { Predictor } from '../../../../src/engine/models/predictor.ts';
import { softmax } from '../../../../src/engine/numerics/softmax.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import { categories, numbers, tableOf } from '../fixtures.ts';

/** A row of the fixture: two numbers, a whole number, a category; the numbers are uniform between -1 and 1. */
interface Row {
  readonly a: number;
  readonly b: number;
  readonly whole: number;
  readonly level: string;
}

const random = createRandom(1);
const draw = (count: number) => Array.from({ length: count }, () => 2 * random.uniform() - 1);
const count = 600;
const rows = tableOf([
  numbers('a', draw(count)),
  numbers('b', draw(count)),
  numbers(
    'whole',
    Array.from({ length: count }, () => random.integer(5)),
    'integer',
  ),
  categories(
    'level',
    Array.from({ length: count }, () => random.integer(4)),
    ['n', 'e', 's', 'w'],
  ),
]);

function rowsOf(table: Table): Row[] {
  const number = (name: string) => {
    const column = columnNamed(table, name);
    return column.kind === 'numeric' ? column.values : new Float64Array();
  };
  const [a, b, whole] = ['a', 'b', 'whole'].map(number);
  const level = columnNamed(table, 'level');
  return Array.from({ length: table.rowCount }, (_, i) => ({
    a: a[i],
    b: b[i],
    whole: whole[i],
    level: level.kind === 'coded' ? (level.levels[level.codes[i]] ?? '') : '',
  }));
}

const valueModel = (value: (row: Row) => number): Predictor => ({
  task: 'regression',
  predict: async (table) => ({ kind: 'values', values: Float64Array.from(rowsOf(table), value) }),
});

/** A softmax of these scores. */
const classModel = (scores: (row: Row) => number[]): Predictor => ({
  task: 'multiclass',
  predict: async (table) => {
    const all = rowsOf(table).map(scores);
    const classCount = all[0].length;
    const values = Float64Array.from(all.flat());
    for (let base = 0; base < values.length; base += classCount) softmax(values, base, classCount);
    return { kind: 'probabilities', classCount, values };
  },
});

async function complexityOf(model: Predictor, table: Table = rows) {
  const { signal } = new AbortController();
  const used = await usedColumns(model, table, createRandom(2), signal);
  return { used, ...(await functionalComplexity(model, table, used, createRandom(3), signal)) };
}

const near = (value: number, expected: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(value - expected) <= tolerance, `${value}, not ${expected}`);

test('a linear model has no interactions and one coefficient a column', async () => {
  const { used, interactionStrength, mainEffectComplexity } = await complexityOf(valueModel(({ a, b }) => 3 * a - b));
  assert.deepEqual(used, ['a', 'b']);
  assert.equal(interactionStrength, 0, 'not what rounding leaves');
  near(mainEffectComplexity, 1);
});

test('a sum of any functions of single columns has no interactions, steps and levels among them', async () => {
  const model = valueModel(
    ({ a, b, whole, level }) => Math.sin(5 * a) + (b > 0.3 ? 2 : 0) + whole ** 2 + (level === 'e' ? 1 : 0),
  );
  const { used, interactionStrength, mainEffectComplexity } = await complexityOf(model);
  assert.deepEqual(used, ['a', 'b', 'whole', 'level']);
  near(interactionStrength, 0);
  assert.ok(mainEffectComplexity > 1);
});

test('a single step, and a level set apart from the others, is drawn with one coefficient', async () => {
  near((await complexityOf(valueModel(({ a }) => (a > 0.2 ? 1 : 0)))).mainEffectComplexity, 1);
  near((await complexityOf(valueModel(({ level }) => (level === 's' ? 1 : 0)))).mainEffectComplexity, 1);
  near((await complexityOf(valueModel(({ level }) => 'nesw'.indexOf(level)))).mainEffectComplexity, 3);
});

test('a bent effect takes more coefficients than a straight one, a wave more than a bend', async () => {
  const [line, bend, wave] = await Promise.all(
    [({ a }: Row) => a, ({ a }: Row) => Math.abs(a), ({ a }: Row) => Math.sin(9 * a)].map(async (value) =>
      complexityOf(valueModel(value)),
    ),
  );
  near(line.mainEffectComplexity, 1);
  near(bend.mainEffectComplexity, 3);
  assert.ok(wave.mainEffectComplexity > 5);
});

test('an exclusive or, and a product about 0, are nearly all interaction', async () => {
  const either = await complexityOf(valueModel(({ a, b }) => (a > 0 !== b > 0 ? 1 : 0)));
  assert.ok(either.interactionStrength > 0.85, `${either.interactionStrength}`);
  const product = await complexityOf(valueModel(({ a, b }) => a * b));
  assert.ok(product.interactionStrength > 0.9, `${product.interactionStrength}`);
  const some = await complexityOf(valueModel(({ a, b }) => a + b + a * b));
  // Variances 1/3, 1/3 and 1/9: an interaction of 1/7.
  near(some.interactionStrength, 1 / 7, 0.03);
});

test('a logistic model is additive in its log odds, of two classes and of three', async () => {
  const two = await complexityOf(classModel(({ a, b }) => [0, 2 * a - b]));
  near(two.interactionStrength, 0);
  near(two.mainEffectComplexity, 1);
  const three = await complexityOf(classModel(({ a, b }) => [0, a, b - a]));
  near(three.interactionStrength, 0);
  near(three.mainEffectComplexity, 1);
});

test('a constant uses nothing and is not complex', async () => {
  const constant = await complexityOf(valueModel(() => 0.1 + 0.2));
  assert.deepEqual(constant, { used: [], interactionStrength: 0, mainEffectComplexity: 0 });
});

test('a missing value has an effect of its own, and a coefficient where it counts as no other value', async () => {
  const holes = tableOf(
    rows.columns.map((column) =>
      column.kind === 'numeric' && column.name === 'a'
        ? { ...column, values: column.values.map((value, row) => (row % 4 === 0 ? Number.NaN : value)) }
        : column,
    ),
  );
  const apart = await complexityOf(
    valueModel(({ a, b }) => (Number.isNaN(a) ? 3 : a) + b),
    holes,
  );
  near(apart.interactionStrength, 0);
  assert.ok(apart.mainEffectComplexity > 1.5);
  const asZero = await complexityOf(
    valueModel(({ a, b }) => (Number.isNaN(a) ? 0 : a) + b),
    holes,
  );
  near(asZero.interactionStrength, 0);
  near(asZero.mainEffectComplexity, 1);
});

test('columns without a value and tables of few rows are measured', async () => {
  const few = tableOf([
    numbers('a', [Number.NaN, Number.NaN, Number.NaN]),
    numbers('b', [1, 2, 3]),
    numbers('whole', [1, 1, 1]),
    categories('level', [-1, -1, -1], []),
  ]);
  const { interactionStrength, mainEffectComplexity } = await complexityOf(
    valueModel(({ b }) => b),
    few,
  );
  near(interactionStrength, 0);
  near(mainEffectComplexity, 1);
});
