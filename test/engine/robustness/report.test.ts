import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnNamed, type NumericColumn, takeRows, withColumns } from '../../../src/engine/data/table.ts';
import { isDifferentiable, type Predictor } from '../../../src/engine/models/predictor.ts';
import type { Attack } from '../../../src/engine/robustness/attack.ts';
import { fgsm } from '../../../src/engine/robustness/attacks/fgsm.ts';
import { checkRobustness, type RobustnessOptions } from '../../../src/engine/robustness/report.ts';
import { copyTable, putRows } from '../../../src/engine/robustness/row-edits.ts';
import { clopperPearson } from '../../../src/engine/statistics/clopper-pearson.ts';
import { categories, numbers } from '../explain/fixtures.ts';
import { linear, mixedData, victims } from './fixtures.ts';
import { linearClassifier } from './linear-models.ts';

const signal = new AbortController().signal;
const report = (
  predictor: Predictor,
  data = mixedData(predictor.task as 'binary'),
  options: Partial<RobustnessOptions> = {},
) => checkRobustness(predictor, data, { seed: 1, ...options }, () => {}, signal);

describe('robustness report', () => {
  for (const { title, predictor, data } of victims) {
    it(`is a falling curve from the clean accuracy on, with intervals (${title})`, async () => {
      const { curve, cleanAccuracy, flags, rows } = await report(predictor, data);
      assert.deepEqual([curve[0].epsilon, curve[0].robustAccuracy], [0, cleanAccuracy]);
      for (const [i, point] of curve.entries()) {
        assert.ok(i === 0 || point.robustAccuracy <= curve[i - 1].robustAccuracy);
        assert.ok(point.interval.low <= point.robustAccuracy && point.robustAccuracy <= point.interval.high);
        assert.deepEqual(point.interval, clopperPearson(Math.round(point.robustAccuracy * rows), rows));
      }
      assert.ok(curve.at(-1)!.robustAccuracy < 0.6, `${curve.at(-1)!.robustAccuracy}`);
      assert.deepEqual(flags, []);
    });

    it(`tells the smallest edits, each of which really flips (${title})`, async () => {
      const { examples, tolerance, categoricalEdits } = await report(predictor, data);
      assert.equal(examples.length, 10);
      for (const example of examples) {
        const row = takeRows(data.evaluation.features, [example.rowIndex]);
        const edited = withColumns(
          row,
          example.edits.map(({ column, to }) => {
            const own = columnNamed(row, column);
            return own.kind === 'numeric'
              ? numbers(column, [to as number], own.type as 'number')
              : categories(column, [own.levels.indexOf(to as string)], own.levels);
          }),
        );
        const prediction = await predictor.predict(edited);
        if (prediction.kind === 'values')
          assert.ok(Math.abs(prediction.values[0] - (example.before as number)) > tolerance!);
        else assert.equal(predictor.classes![prediction.values[1] > 0.5 ? 1 : 0], example.after);
        assert.notEqual(example.before, example.after);
        assert.ok(example.edits.length >= 1 && example.categoricalEdits <= categoricalEdits);
      }
      const size = (i: number) => examples[i].epsilon + examples[i].categoricalEdits;
      assert.ok(examples.every((_, i) => i === 0 || size(i) >= size(i - 1)));
    });

    it(`is the same for the same seed, survives JSON, and counts its cost (${title})`, async () => {
      let asked = 0;
      const spy: Predictor = { ...predictor, predict: (rows) => predictor.predict(count(rows)) };
      const count = <T extends { rowCount: number }>(rows: T): T => {
        asked += rows.rowCount;
        return rows;
      };
      if (isDifferentiable(predictor)) {
        const gradient = predictor.inputGradient;
        Object.assign(spy, {
          inputGradient: (...given: Parameters<typeof gradient>) => gradient(count(given[0]), given[1]),
        });
      }
      const before = structuredClone(data);
      const first = await report(spy, data);
      assert.equal(first.cost.predictions, asked);
      const second = await report(predictor, data);
      assert.deepEqual({ ...first, cost: null }, { ...second, cost: null });
      assert.deepEqual(JSON.parse(JSON.stringify(first)), first);
      assert.deepEqual(data, before);
    });
  }

  it('finds the same edge as the closed form, shrunk between two epsilons of the grid', async () => {
    const data = mixedData('binary');
    const options = { epsilons: [2], categoricalEdits: 0, examples: 80, frozen: ['count', 'price'] };
    const { examples } = await report(linearClassifier(linear), data, options);
    assert.ok(examples.length > 20);
    const x = columnNamed(data.evaluation.features, 'x') as NumericColumn;
    for (const { rowIndex, edits } of examples) {
      const row = takeRows(data.evaluation.features, [rowIndex]);
      const probability = (await linearClassifier(linear).predict(row)).values[1];
      const exact = -Math.log(probability / (1 - probability)) / 1.5;
      const moved = (edits[0].to as number) - x.values[rowIndex];
      // Shrinking stops at a 256th of the step that was found, here at most 2 IQRs.
      assert.ok(
        Math.sign(moved) === Math.sign(exact) && Math.abs(moved) >= Math.abs(exact) - 1e-9,
        `${moved} ${exact}`,
      );
      assert.ok(Math.abs(moved) - Math.abs(exact) < 0.02, `moved ${moved} where ${exact} is enough`);
    }
  });

  it('counts an edit at the epsilon it really needs, not at the one it was found at', async () => {
    const { predictor, data } = victims[0];
    const late: Attack = {
      ...fgsm,
      name: 'late',
      run: async (context) => (context.epsilon < 1 ? context.rows : fgsm.run(context)),
    };
    const { curve } = await report(predictor, data, { epsilons: [0.5, 1], attacks: [late] });
    assert.ok(curve[1].robustAccuracy < curve[0].robustAccuracy, 'nothing found at 1 was shrunk below 0.5');
  });

  it('never edits what is frozen, and says why', async () => {
    const { frozen, examples } = await report(victims[0].predictor, victims[0].data, {
      frozen: ['x', 'side'],
      examples: 80,
    });
    assert.ok(
      examples.length > 0 &&
        examples.every(({ edits }) => edits.every(({ column }) => !['x', 'side'].includes(column))),
    );
    const reasons = Object.fromEntries(frozen.map(({ column, reason }) => [column, reason]));
    assert.deepEqual(reasons, {
      x: 'kept by request',
      side: 'kept by request',
      note: 'free text',
      key: 'an identifier',
    });
  });

  it('refuses options out of range and unknown columns by name', async () => {
    const { predictor, data } = victims[0];
    await assert.rejects(report(predictor, data, { epsilons: [0.2, 0.1] }), /epsilons must be above 0 and ascending/);
    await assert.rejects(report(predictor, data, { frozen: ['agee'] }), /"agee" is not a column/);
    await assert.rejects(report(predictor, data, { queriesPerRow: 0 }), /queriesPerRow/);
  });

  it('stops on the signal and its progress rises to 1', async () => {
    const { predictor, data } = victims[0];
    await assert.rejects(
      checkRobustness(predictor, data, { seed: 1 }, () => {}, AbortSignal.abort()),
      { name: 'AbortError' },
    );
    const seen: number[] = [];
    await checkRobustness(predictor, data, { seed: 1 }, (share) => seen.push(share), signal);
    assert.ok(seen.at(-1) === 1 && seen.every((share, i) => share >= (seen[i - 1] ?? 0)));
  });
});

describe('robustness flags', () => {
  const { predictor, data } = victims[0];

  it('a constant is not robust but useless', async () => {
    const constant: Predictor = {
      task: 'binary',
      classes: ['no', 'yes'],
      predict: async ({ rowCount }) => ({
        kind: 'probabilities',
        classCount: 2,
        values: new Float64Array(2 * rowCount).map((_, i) => (i % 2 ? 0.4 : 0.6)),
      }),
    };
    const { flags, cleanMcc, curve, cleanAccuracy } = await report(constant, data);
    assert.equal(cleanMcc, 0);
    assert.equal(curve.at(-1)!.robustAccuracy, cleanAccuracy);
    assert.ok(flags.some((flag) => /no better than always predicting/.test(flag)));
  });

  it('masked gradients', async () => {
    const masked = {
      ...predictor,
      inputGradient: async () => ({ columns: ['x'], values: new Float64Array(80) }),
    } as Predictor;
    const { flags } = await report(masked, data);
    assert.ok(flags.some((flag) => /zero or not a number/.test(flag)));
    assert.ok(flags.some((flag) => /random search flips \d+ rows by numbers alone/.test(flag)));
  });

  it('answers that change when asked twice', async () => {
    let call = 0;
    const moody: Predictor = {
      task: 'regression',
      predict: async ({ rowCount }) => ({ kind: 'values', values: new Float64Array(rowCount).fill(++call) }),
    };
    const { flags } = await report(moody, mixedData('regression'));
    assert.ok(flags.some((flag) => /differently when asked twice/.test(flag)));
    assert.ok(flags.some((flag) => /no better than predicting the mean/.test(flag)));
  });

  it('nothing that may be edited', async () => {
    const { flags, validEditRate } = await report(predictor, data, {
      frozen: ['x', 'count', 'price', 'side', 'colour'],
    });
    assert.deepEqual(flags, ['No column may be edited, so nothing was attacked.']);
    assert.equal(validEditRate, null);
  });

  /** FGSM that leaves so many rows as they are, at epsilon 1 only. */
  const forgetful = (rows: number): Attack => ({
    ...fgsm,
    async run(context) {
      const found = await fgsm.run(context);
      if (context.epsilon < 1) return found;
      const merged = copyTable(context.rows);
      putRows(merged, [...Array(found.rowCount).keys()], found, (row) => row >= rows);
      return merged;
    },
  });
  const monotone = (found: readonly string[]) =>
    !found.some((flag) => /fewer rows at epsilon 1 \(\d+\) than/.test(flag));

  it('attacks that find less with more room, beyond luck; the curve falls all the same', async () => {
    const options = { epsilons: [0.9, 1] };
    const unlucky = await report(predictor, data, { ...options, attacks: [forgetful(2)] });
    const weak = await report(predictor, data, { ...options, attacks: [forgetful(40)] });
    assert.ok(monotone(unlucky.flags), unlucky.flags.join(' '));
    assert.ok(!monotone(weak.flags));
    for (const { curve } of [unlucky, weak]) assert.ok(curve[2].robustAccuracy <= curve[1].robustAccuracy);
  });

  it('gradient steps that find less when there are more of them', async () => {
    let calls = 0;
    const inputGradient = (
      predictor as unknown as {
        inputGradient: (...given: never[]) => Promise<{ columns: string[]; values: Float64Array }>;
      }
    ).inputGradient;
    const confused = {
      ...predictor,
      async inputGradient(...given: never[]) {
        const gradient = await inputGradient(...given);
        // The first five calls are FGSM's, one an epsilon; after that the gradient points the wrong way.
        return ++calls <= 5 ? gradient : { ...gradient, values: gradient.values.map((value) => -value) };
      },
    } as Predictor;
    const { flags } = await report(confused, data);
    assert.ok(
      flags.some((flag) => /many small gradient steps flip fewer rows/.test(flag)),
      flags.join(' '),
    );
  });
});

describe('Clopper-Pearson', () => {
  it('is the exact interval (values of R, binom.test)', () => {
    const near = (found: number, wanted: number) => assert.ok(Math.abs(found - wanted) < 1e-7, `${found}`);
    near(clopperPearson(7, 10).low, 0.3475471);
    near(clopperPearson(7, 10).high, 0.9332605);
    assert.equal(clopperPearson(0, 20).low, 0);
    near(clopperPearson(0, 20).high, 0.1684335);
    assert.equal(clopperPearson(20, 20).high, 1);
    assert.throws(() => clopperPearson(3, 2), RangeError);
  });
});
