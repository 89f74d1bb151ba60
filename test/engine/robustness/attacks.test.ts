import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnNamed, type NumericColumn, type Table, takeRows } from '../../../src/engine/data/table.ts';
import { type Differentiable, isDifferentiable, type Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { type Attack, type AttackContext, runAttack } from '../../../src/engine/robustness/attack.ts';
import { fgsm } from '../../../src/engine/robustness/attacks/fgsm.ts';
import { randomSearch } from '../../../src/engine/robustness/attacks/random-search.ts';
import { attacks } from '../../../src/engine/robustness/attacks/registry.ts';
import { cleanState } from '../../../src/engine/robustness/clean-state.ts';
import { judge, takeGoal } from '../../../src/engine/robustness/goal.ts';
import { copyTable } from '../../../src/engine/robustness/row-edits.ts';
import { categoryCounts, differ, editSizes } from '../../../src/engine/robustness/smallest-edits.ts';
import {
  allowedRange,
  type NumericThreat,
  threatModel,
  threatOf,
} from '../../../src/engine/robustness/threat-model.ts';
import { numbers, tableOf } from '../explain/fixtures.ts';
import { victims } from './fixtures.ts';
import { linearClassifier, linearRegressor } from './linear-models.ts';

const signal = new AbortController().signal;

/** The rows of a victim's evaluation part that it predicts rightly, and what an attack is told about them. */
async function taskFor({ predictor, data }: (typeof victims)[number], epsilon = 0.5, queriesPerRow = 40) {
  const clean = cleanState(
    await predictor.predict(data.evaluation.features),
    data.evaluation.target,
    data.train.target,
  );
  const standing = [...clean.right.keys()].filter((row) => clean.right[row] === 1);
  return {
    rows: takeRows(data.evaluation.features, standing),
    goal: takeGoal(clean.goal, standing),
    threat: threatModel(data.train.features, { categoricalEdits: 1, frozen: [] }),
    epsilon,
    queriesPerRow,
    random: createRandom(5),
  };
}

/** Every promise about edited rows, checked without `project`'s help. */
function checkEdits(
  original: Table,
  edited: Table,
  { threat, epsilon }: Pick<AttackContext, 'threat' | 'epsilon'>,
): void {
  for (const column of original.columns) {
    const after = columnNamed(edited, column.name);
    const limits = threatOf(threat, column);
    for (let row = 0; row < original.rowCount; row++) {
      if (column.kind === 'coded' && after.kind === 'coded' && limits.kind === 'coded') {
        const [from, to] = [column.codes[row], after.codes[row]];
        if (from === to) continue;
        assert.ok(['side', 'colour'].includes(column.name), `${column.name} was edited`);
        assert.ok(from >= 0 && limits.observed.includes(to), `${column.name} became ${to}`);
      } else if (column.kind === 'numeric' && after.kind === 'numeric' && limits.kind === 'numeric') {
        const [from, to] = [column.values[row], after.values[row]];
        if (!differ(from, to)) continue;
        assert.ok(!Number.isNaN(from) && !Number.isNaN(to), `${column.name}: a missing value was edited`);
        assert.ok(Math.abs(to - from) <= epsilon * limits.iqr * (1 + 1e-9), `${column.name}: ${from} to ${to}`);
        assert.ok(
          to >= Math.min(from, limits.minimum) && to <= Math.max(from, limits.maximum),
          `${column.name}: ${to}`,
        );
        if (column.name === 'count') assert.ok(Number.isInteger(to), `${to} is no whole number`);
        if (column.name === 'price')
          assert.ok(Math.abs(100 * to - Math.round(100 * to)) < 1e-6, `${to} is not in cents`);
      }
    }
  }
  assert.ok(categoryCounts(original, edited).every((count) => count <= threat.categoricalEdits));
}

/** Counts the rows that really reach the model, by prediction or gradient. */
function counting(predictor: Predictor): { counted: Predictor; asked: () => number } {
  let rowsAsked = 0;
  const counted: Predictor & Partial<Differentiable> = {
    ...predictor,
    predict(rows) {
      rowsAsked += rows.rowCount;
      return predictor.predict(rows);
    },
  };
  if (isDifferentiable(predictor))
    counted.inputGradient = (rows, target) => {
      rowsAsked += rows.rowCount;
      return predictor.inputGradient(rows, target);
    };
  return { counted, asked: () => rowsAsked };
}

for (const attack of attacks)
  describe(`attack ${attack.name}`, () => {
    for (const victim of victims) {
      if (!attack.suits(victim.predictor)) {
        it(`is refused for a ${victim.title}`, async () => {
          await assert.rejects(runAttack(attack, victim.predictor, await taskFor(victim), signal), /does not suit/);
        });
        continue;
      }
      it(`edits only what it may (${victim.title})`, async () => {
        for (const epsilon of [0.05, 0.5, 2]) {
          const task = await taskFor(victim, epsilon);
          const found = await runAttack(attack, victim.predictor, task, signal);
          checkEdits(task.rows, found.rows, task);
          assert.equal(found.valid, found.proposed, 'it proposed edits that it may not make');
        }
      });
      it(`flips rows, and as many as it says (${victim.title})`, async () => {
        const task = await taskFor(victim);
        const found = await runAttack(attack, victim.predictor, task, signal);
        const again = judge(await victim.predictor.predict(found.rows), task.goal);
        assert.deepEqual(found.flipped, again.flipped);
        assert.ok(found.flipped.reduce((a, b) => a + b, 0) >= 5);
      });
      it(`does nothing at epsilon 0 (${victim.title})`, async () => {
        const task = await taskFor(victim, 0);
        const found = await runAttack(attack, victim.predictor, task, signal);
        assert.deepEqual(found.rows, task.rows);
        assert.ok(found.flipped.every((flip) => flip === 0));
      });
      it(`stays within its budget, counted where the model is asked (${victim.title})`, async () => {
        const task = await taskFor(victim, 0.5, 10);
        const { counted, asked } = counting(victim.predictor);
        const found = await runAttack(attack, counted, task, signal);
        assert.equal(found.tally.queries, asked());
        assert.ok(asked() <= 11 * task.rows.rowCount, 'ten queries a row, and one to judge');
      });
      it(`is the same for the same seed and leaves its inputs alone (${victim.title})`, async () => {
        const task = await taskFor(victim);
        const before = structuredClone({ rows: task.rows, goal: task.goal });
        const first = await runAttack(attack, victim.predictor, task, signal);
        const second = await runAttack(attack, victim.predictor, { ...task, random: createRandom(5) }, signal);
        assert.deepEqual(first.rows, second.rows);
        assert.deepEqual({ rows: task.rows, goal: task.goal }, before);
      });
    }
    it('stops on the signal', async () => {
      const task = await taskFor(victims[0]);
      await assert.rejects(runAttack(attack, victims[0].predictor, task, AbortSignal.abort()), { name: 'AbortError' });
    });
  });

describe('the base of all attacks', () => {
  const cheat = (run: Attack['run']): Attack => ({ ...randomSearch, name: 'cheat', run });
  const perform = async (run: Attack['run'], victim = victims[0]) => {
    const task = await taskFor(victim, 0.1);
    return { task, found: await runAttack(cheat(run), victim.predictor, task, signal) };
  };

  it('clips an attack that goes too far, and judges what is left', async () => {
    const { task, found } = await perform(async ({ rows }) => {
      const far = copyTable(rows);
      for (const column of far.columns) column.kind === 'numeric' ? column.values.fill(1e6) : column.codes.fill(0);
      return far;
    });
    checkEdits(task.rows, found.rows, task);
    assert.ok(found.valid < found.proposed / 2);
    assert.deepEqual(found.flipped, judge(await victims[0].predictor.predict(found.rows), task.goal).flipped);
  });

  it('takes back edits of missing values, unseen levels, frozen columns and too many categories', async () => {
    const { task, found } = await perform(async ({ rows }) => {
      const edited = copyTable(rows);
      for (const column of edited.columns) {
        if (column.kind === 'numeric')
          column.values.set(column.values.map((value) => (Number.isNaN(value) ? 1 : value)));
        else if (column.name === 'side') column.codes.fill(2);
        else column.codes.set(column.codes.map((code) => (code + 1) % column.levels.length));
      }
      return edited;
    });
    checkEdits(task.rows, found.rows, task);
    assert.equal(
      found.valid,
      [...categoryCounts(task.rows, found.rows)].reduce((a, b) => a + b, 0),
    );
  });

  it('does not believe an attack that changes the model, the goal or its rows instead', async () => {
    const { task, found } = await perform(async ({ rows, goal }) => {
      if (goal.kind === 'classes') assert.ok(goal.truth.length > 0);
      return rows;
    });
    assert.deepEqual(found.rows, task.rows);
    assert.ok(found.flipped.every((flip) => flip === 0));
  });

  it('stops one that asks too much', async () => {
    await assert.rejects(
      perform(async ({ victim, rows }) => {
        for (;;) await victim.predict(rows);
      }),
      /attack cheat asked for \d+ rows with a budget of \d+/,
    );
  });

  it('refuses other rows and columns than it gave', async () => {
    await assert.rejects(
      perform(async ({ rows }) => takeRows(rows, [0])),
      /gave 1 rows/,
    );
    await assert.rejects(
      perform(async ({ rows }) => ({ ...rows, columns: rows.columns.slice(1) })),
      /gave the columns/,
    );
  });
});

describe('known answers', () => {
  // Far from the ends of the range, of no grid: only epsilon limits the edits.
  const random = createRandom(9);
  const column = (name: string) => numbers(name, [...Array.from({ length: 50 }, () => random.normal()), -50, 50]);
  const train = tableOf([column('a'), column('b')]);
  const threat = threatModel(train, { categoricalEdits: 0, frozen: [] });
  const iqr = (name: string) => (threat.columns.find((limits) => limits.name === name) as NumericThreat).iqr;
  const weights = { a: 2, b: -0.7 };
  const rows = takeRows(train, [0, 1, 2, 3, 4, 5, 6, 7]);
  const values = (name: string) => (columnNamed(rows, name) as NumericColumn).values;
  const score = (row: number) => weights.a * values('a')[row] + weights.b * values('b')[row] + 0.3;
  const reach = Math.abs(weights.a) * iqr('a') + Math.abs(weights.b) * iqr('b');

  it('FGSM flips a linear classifier exactly from |score| / sum |weight| IQR on', async () => {
    const model = linearClassifier({ weights, bias: 0.3 });
    for (let row = 0; row < rows.rowCount; row++) {
      const exact = Math.abs(score(row)) / reach;
      const truth = Int32Array.from([score(row) > 0 ? 1 : 0]);
      const flipsAt = async (epsilon: number) => {
        const goal = { kind: 'classes', truth, classes: ['no', 'yes'] } as const;
        const task = { rows: takeRows(rows, [row]), goal, threat, epsilon, queriesPerRow: 5, random: createRandom(1) };
        return (await runAttack(fgsm, model, task, signal)).flipped[0];
      };
      assert.deepEqual([await flipsAt(0.999 * exact), await flipsAt(1.001 * exact)], [0, 1], `row ${row} at ${exact}`);
    }
  });

  it('FGSM moves a linear regressor by exactly epsilon x sum |weight| IQR', async () => {
    const model = linearRegressor({ weights, bias: 0.3 });
    const before = (await model.predict(rows)).values;
    const goal = { kind: 'values', before, tolerance: 0.1 } as const;
    const task = { rows, goal, threat, epsilon: 0.2, queriesPerRow: 5, random: createRandom(1) };
    const found = await runAttack(fgsm, model, task, signal);
    for (const margin of found.margin) assert.ok(Math.abs(0.1 - margin - 0.2 * reach) < 1e-9);
    assert.ok(editSizes(rows, found.rows, threat).every((size) => Math.abs(size - 0.2) < 1e-9));
  });

  it('counts epsilon in IQRs and keeps to the grid of each column', () => {
    const grids = threatModel(
      tableOf([
        numbers('whole', [1, 2, 3, 4, 5, 6, 7, 8, 9], 'integer'),
        numbers('tenths', [0.1, 0.2, 0.5, 0.7, 1.1]),
        numbers('constant', [2, 2, 2, 2, 9]),
      ]),
      { categoricalEdits: 1, frozen: ['tenths'] },
    );
    const [whole, tenths, constant] = grids.columns as NumericThreat[];
    assert.deepEqual([whole.iqr, whole.step, tenths.step], [4, 1, 0.1]);
    assert.deepEqual(allowedRange(whole, 5, 0.4), { low: 4, high: 6 });
    assert.deepEqual(allowedRange(whole, 9, 0.4), { low: 8, high: 9 });
    assert.deepEqual(allowedRange(whole, 12, 0.4), { low: 11, high: 12 });
    assert.deepEqual(allowedRange(tenths, 0.5, 1), { low: 0.5, high: 0.5 });
    assert.match(tenths.frozen!, /by request/);
    assert.match(constant.frozen!, /middle half/);
  });
});
