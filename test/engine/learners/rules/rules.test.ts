import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pace } from '../../../../src/engine/learners/pace.ts';
import { type Condition, holds, merged } from '../../../../src/engine/learners/rules/rule.ts';
import { RowGroups, ruleTarget } from '../../../../src/engine/learners/rules/rule-loss.ts';
import { RuleSearch } from '../../../../src/engine/learners/rules/rule-search.ts';
import { type RulesState, ruleTexts } from '../../../../src/engine/learners/rules/rule-texts.ts';
import { rules } from '../../../../src/engine/learners/rules/rules.ts';
import type { Model } from '../../../../src/engine/models/model.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import { fitted } from '../conformance.ts';
import { coded, dataset, numeric } from '../toy-data.ts';

const pace = () => new Pace(new AbortController().signal);
const stateOf = (model: Model) => (model.save().state as { readonly learnt: RulesState }).learnt;

/** Rows where the target is high exactly for warm weekends. */
function weekends(rows: number) {
  const random = createRandom(4);
  const warmth = Float64Array.from({ length: rows }, () => Math.round(random.uniform() * 30));
  const days = Array.from(
    { length: rows },
    () => ['Monday', 'Wednesday', 'Friday', 'Saturday', 'Sunday'][random.integer(5)],
  );
  const isHigh = days.map((day, row) => day.startsWith('S') && warmth[row] > 20);
  const noise = Float64Array.from({ length: rows }, () => 0.5 * random.normal());
  return { warmth, columns: [numeric('warmth', warmth), coded('day', days)], isHigh, noise };
}

test('finds the rule that there is first, and says it', async () => {
  const { columns, isHigh, noise } = weekends(600);
  const model = await fitted(
    rules,
    dataset(
      'regression',
      columns,
      isHigh.map((high, row) => (high ? 9 : 2) + noise[row]),
    ),
  );
  const texts = ruleTexts(stateOf(model));
  assert.deepEqual(model.facts.reading, { unit: 'rules', count: texts.length - 1 });
  assert.match(texts[0], /^Begin with (2\.0\d*|1\.9\d*)\.$/);
  assert.match(
    texts[1],
    /^If (warmth > 20\.5 and day is "Saturday" or "Sunday"|day is .* and warmth > 20\.5): \+[567]\.\d+\.$/,
  );
});

test('weights of two classes are log odds of the second, of three a score each', async () => {
  const { warmth, columns, isHigh } = weekends(600);
  const two = await fitted(rules, dataset('binary', columns, isHigh.map(Number), 2));
  assert.match(ruleTexts(stateOf(two))[1], /: \+\d[\d.]* for "class 1"\.$/);
  const codes = isHigh.map((high, row) => (high ? 2 : warmth[row] > 10 ? 1 : 0));
  const three = await fitted(rules, dataset('multiclass', columns, codes, 3));
  assert.match(
    ruleTexts(stateOf(three))[0],
    /^Begin with [+-].* for "class 0", [+-].* for "class 1", [+-].* for "class 2"\.$/,
  );
});

test('chance alone makes no rule', async () => {
  const random = createRandom(5);
  const columns = Array.from({ length: 5 }, (_, j) =>
    numeric(
      `c${j}`,
      Float64Array.from({ length: 400 }, () => random.normal()),
    ),
  );
  const truth = Array.from({ length: 400 }, () => random.integer(2));
  const model = await fitted(rules, dataset('binary', columns, truth, 2), {}, { conditions: 1 });
  assert.ok(model.facts.reading!.count <= 1, model.facts.words);
});

test('the score of a rule is what it saves with all weights fitted again, for squared error', async () => {
  const random = createRandom(6);
  const rows = 80;
  const bins = Uint8Array.from({ length: rows }, () => 1 + random.integer(4));
  const old = Uint8Array.from({ length: rows }, () => random.integer(2));
  const values = Float64Array.from({ length: rows }, (_, row) => bins[row] + old[row] + random.normal());
  const target = ruleTarget({ kind: 'values', values }, undefined);
  const groups = new RowGroups(target);
  groups.part(old);
  const before = await groups.refit(new Float64Array(2), 0, pace());
  const lossAt = (g: RowGroups, weights: Float64Array) => {
    const scores = g.scores(weights);
    return target.values.reduce((sum, value, row) => sum + (value - scores[g.groupOf[row]]) ** 2, 0);
  };
  // Start and old rule as an orthogonal basis: rows with it and rows without.
  const share = old.reduce((a, b) => a + b, 0);
  const stage = {
    outputs: 1,
    width: 5,
    values: Float64Array.from(
      [...old.keys()].flatMap((row) => {
        const residual = target.values[row] - groups.scores(before)[groups.groupOf[row]];
        return [residual, 1, 1, old[row] / Math.sqrt(share), (1 - old[row]) / Math.sqrt(rows - share)];
      }),
    ),
  };
  const column = { kind: 'numeric', name: 'a', edges: [1, 2, 3] } as const;
  const limits = { maxConditions: 1, minRows: 1, ridge: 0 };
  const found = await new RuleSearch({ rows, columns: 1, bins }, [column], limits, pace()).best(stage);
  const saved = await Promise.all(
    [1, 2, 3].map(async (to) => {
      const own = new RowGroups(target);
      own.part(old);
      own.part(bins.map((bin) => Number(bin <= to)));
      const after = await own.refit(new Float64Array(3), 0, pace());
      return lossAt(groups, before) - lossAt(own, after);
    }),
  );
  assert.ok(Math.abs(found!.score - Math.max(...saved)) < 1e-3 * found!.score, `${found!.score}, not ${saved}`);
});

test('conditions on one column of numbers are drawn together', () => {
  const conditions: Condition[] = [
    { kind: 'between', column: 0, from: 3, to: 9 },
    { kind: 'among', column: 1, bins: [2] },
    { kind: 'between', column: 0, from: 1, to: 5 },
  ];
  assert.deepEqual(merged(conditions), [{ kind: 'between', column: 0, from: 3, to: 5 }, conditions[1]]);
  assert.ok(!holds(conditions[0], 0), 'a missing number is between nothing');
  assert.ok(holds({ kind: 'not', column: 1, bins: [2] }, 0), 'a missing level is another level');
});
