import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { type Dataset, takeDataset, takeTarget, targetLength } from '../../../src/engine/data/dataset.ts';
import { type Table, takeRows, withColumns } from '../../../src/engine/data/table.ts';
import { constant } from '../../../src/engine/learners/constant.ts';
import type { FitContext, Learner } from '../../../src/engine/learners/learner.ts';
import { suitsColumns } from '../../../src/engine/learners/needed-columns.ts';
import { metricValue } from '../../../src/engine/metrics/measure.ts';
import type { Model, ModelBundle } from '../../../src/engine/models/model.ts';
import { isDifferentiable, type Prediction } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { UserError } from '../../../src/shared/faults.ts';
import { defaultMetric } from '../../../src/shared/metrics.ts';
import type { Params } from '../../../src/shared/space.ts';
import type { Task } from '../../../src/shared/task.ts';
import { classesOf, coded, dataset, numeric, parted, shuffledColumns, withFeatures } from './toy-data.ts';
import { deviationOf, isHigh, threeQuarters, toyFor, undecidedData } from './toys-for.ts';

/** Something that every learner owes the rest of the house, for each task that it claims. */
export interface Check {
  readonly name: string;
  readonly applies?: (learner: Learner) => boolean;
  run(learner: Learner, task: Task): Promise<void>;
}

const hasResource = (learner: Learner) => learner.tags.resource !== undefined;

export const fitted = (
  learner: Learner,
  train: Dataset,
  context: Partial<FitContext> = {},
  params: Params = learner.defaults(train.info),
): Promise<Model> =>
  learner.fit(
    {
      train,
      seed: 1,
      signal: new AbortController().signal,
      report: async () => 'continue',
      ...(context.validation === undefined && shortTraining(learner)),
      ...context,
    },
    params,
  );

/** What is not about accuracy is as true of a network after a few epochs, at a tenth of the time. */
const shortTraining = ({ tags }: Learner): Partial<FitContext> => (tags.resource === 'epochs' ? { resource: 6 } : {});

/** Right kind, right shape, finite, and for classes between 0 and 1 and summing to 1. */
function assertSound(prediction: Prediction, task: Task, rows: number, classCount = classesOf(task)): void {
  assert.equal(prediction.kind, task === 'regression' ? 'values' : 'probabilities');
  if (prediction.kind === 'probabilities') assert.equal(prediction.classCount, classCount);
  assert.equal(prediction.values.length, rows * Math.max(1, classCount));
  assert.ok(prediction.values.every(Number.isFinite), 'every predicted number is finite');
  if (prediction.kind === 'values') return;
  assert.ok(
    prediction.values.every((p) => p >= 0 && p <= 1),
    'probabilities lie between 0 and 1',
  );
  for (let row = 0; row < rows; row++) {
    const sum = prediction.values.subarray(row * classCount, (row + 1) * classCount).reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum - 1) < 1e-6, `probabilities of row ${row} sum to ${sum}`);
  }
}

/** A learner that needs a column of some type must say so where there is none. */
async function assertFits(learner: Learner, train: Dataset, rows: Table = train.features): Promise<void> {
  if (!suitsColumns(learner.tags, train.features.columns)) {
    const isTold = (error: unknown) => error instanceof UserError && error.code === 'learner-columns';
    await assert.rejects(fitted(learner, train), isTold);
    return;
  }
  const model = await fitted(learner, train);
  assertSound(await model.predict(rows), train.info.task, rows.rowCount, train.info.classes?.length ?? 0);
}

const predictions = async (model: Model, rows: Table) => (await model.predict(rows)).values;

const reloaded = (learner: Learner, bundle: ModelBundle): Promise<Model> => {
  const { arrays, ...rest } = bundle;
  return learner.load({ ...JSON.parse(JSON.stringify(rest)), arrays: structuredClone(arrays) });
};

const loss = (prediction: Prediction, data: Dataset) =>
  metricValue(data.info.task === 'regression' ? 'rmse' : 'log_loss', prediction, data.target)!;

export const checks: readonly Check[] = [
  {
    name: 'predicts what the task asks for',
    run: (learner, task) =>
      assertFits(learner, toyFor(learner, task), toyFor(learner, task, { seed: 2, rows: 20 }).features),
  },
  {
    name: 'says what it fitted',
    async run(learner, task) {
      const model = await fitted(learner, toyFor(learner, task));
      assert.equal(model.task, task);
      assert.deepEqual(model.classes, toyFor(learner, task).info.classes);
      assert.ok(model.facts.parameters > 0 && model.facts.bytes > 0 && model.facts.words.length > 0);
      assert.equal(model.facts.resource?.name, learner.tags.resource);
    },
  },
  {
    name: 'takes missing values in every column',
    run: (learner, task) => assertFits(learner, toyFor(learner, task, { missing: 0.3 })),
  },
  {
    name: 'takes missing values that it never saw',
    async run(learner, task) {
      const blank = toyFor(learner, task, { missing: 1, rows: 10 }).features;
      await assertFits(learner, toyFor(learner, task), blank);
    },
  },
  {
    name: 'takes a column that is missing throughout',
    async run(learner, task) {
      const data = toyFor(learner, task);
      const blank = numeric('noise', new Array(data.features.rowCount).fill(Number.NaN));
      await assertFits(learner, { ...data, features: withColumns(data.features, [blank]) });
    },
  },
  {
    name: 'takes levels that it never saw',
    async run(learner, task) {
      const { features } = toyFor(learner, task, { rows: 3, seed: 3 });
      const strange = [coded('color', ['violet', 'red', 'ultraviolet']), coded('flag', ['perhaps', null, 'true'])];
      await assertFits(learner, toyFor(learner, task), withColumns(features, strange));
    },
  },
  {
    name: 'takes constant columns and columns of one level',
    async run(learner, task) {
      const data = toyFor(learner, task);
      const { rowCount, columns } = data.features;
      const constant = [numeric('five', new Array(rowCount).fill(5)), coded('one', new Array(rowCount).fill('only'))];
      await assertFits(learner, withFeatures(data, [...columns, ...constant]));
      await assertFits(learner, withFeatures(data, constant));
    },
  },
  {
    name: 'takes a single column',
    async run(learner, task) {
      const data = toyFor(learner, task);
      for (const column of data.features.columns) await assertFits(learner, withFeatures(data, [column]));
    },
  },
  {
    name: 'takes five rows, and one',
    async run(learner, task) {
      const [five, rest] = parted(toyFor(learner, task), 5);
      await assertFits(learner, five, rest.features);
      await assertFits(learner, parted(five, 1)[0], rest.features);
      const empty = await (await fitted(learner, five)).predict(parted(five, 0)[0].features);
      assert.equal(empty.values.length, 0);
    },
  },
  {
    name: 'takes numbers of any size',
    async run(learner, task) {
      const data = toyFor(learner, task);
      const { rowCount } = data.features;
      const wild = [1e300, -1e300, 1e-300, 0, 7].map((scale, i) =>
        numeric(
          `w${i}`,
          Array.from({ length: rowCount }, (_, row) => (row % 3) * scale),
        ),
      );
      const flipped = wild.map((column) =>
        numeric(
          column.name,
          column.values.map((value) => -value * 1e5),
        ),
      );
      await assertFits(learner, withFeatures(data, wild), { rowCount, columns: flipped });
    },
  },
  {
    name: 'takes a class without rows, and a target that does not vary',
    async run(learner, task) {
      const data = toyFor(learner, task);
      const constant = new Array(data.features.rowCount).fill(task === 'regression' ? 3.25 : 1);
      await assertFits(learner, dataset(task, data.features.columns, constant, classesOf(task)));
      if (task !== 'multiclass') return;
      const codes = Array.from(constant, (_, row) => (row % 2) * 2);
      await assertFits(learner, dataset(task, data.features.columns, codes, 4));
    },
  },
  {
    name: 'beats the constant baseline',
    applies: (learner) => learner.name !== 'constant',
    async run(learner, task) {
      const [train, test] = threeQuarters(toyFor(learner, task, { rows: learner.tags.needs ? 300 : 560 }));
      const [fitting, validation] = threeQuarters(train);
      const model = await fitted(learner, fitting, { validation });
      const baseline = { binary: 0.69, multiclass: 1.09, regression: 2.2 }[task];
      const reached = loss(await model.predict(test.features), test);
      assert.ok(reached < 0.6 * baseline, `${defaultMetric(task)} ${reached} against ${baseline} of the baseline`);
    },
  },
  {
    name: 'has defaults inside its space',
    async run(learner, task) {
      for (const rows of [5, 100, 5000, 1_000_000]) {
        const info = { ...toyFor(learner, task).info, rowCount: rows };
        const { parameters } = learner.space(info);
        const defaults = learner.defaults(info);
        const active = parameters.filter(({ when }) =>
          (when ?? []).every((c) => c.oneOf.includes(defaults[c.parameter])),
        );
        assert.deepEqual(Object.keys(defaults).sort(), active.map(({ name }) => name).sort());
        for (const { name, distribution } of active) {
          const value = defaults[name];
          if ('choices' in distribution) assert.ok(distribution.choices.includes(value), name);
          else {
            assert.ok(distribution.low <= distribution.high && (!distribution.log || distribution.low > 0), name);
            const inside = (value as number) >= distribution.low && (value as number) <= distribution.high;
            assert.ok(inside, `${name} ${value}, ${rows} rows`);
            if (distribution.type === 'int') assert.ok(Number.isInteger(value), name);
          }
        }
      }
    },
  },
  {
    name: 'refuses a parameter that it does not have',
    run: (learner, task) =>
      assert.rejects(
        fitted(learner, toyFor(learner, task), {}, { ...learner.defaults(toyFor(learner, task).info), nonsense: 1 }),
        /nonsense/,
      ),
  },
  {
    name: 'fits the corners of its space',
    async run(learner, task) {
      const data = toyFor(learner, task, { rows: 60, missing: 0.1 });
      for (const end of ['low', 'high'] as const) {
        const params = Object.fromEntries(
          learner
            .space(data.info)
            .parameters.map(({ name, distribution: d }) => [
              name,
              'choices' in d ? d.choices.at(end === 'low' ? 0 : -1)! : d[end],
            ]),
        );
        const resource = hasResource(learner) ? 3 : undefined;
        assertSound(await (await fitted(learner, data, { resource }, params)).predict(data.features), task, 60);
      }
    },
  },
  {
    name: 'same seed, same model',
    applies: (learner) => learner.tags.deterministic,
    async run(learner, task) {
      const data = toyFor(learner, task);
      const [a, b] = [await fitted(learner, data), await fitted(learner, data)];
      assert.deepEqual(await predictions(a, data.features), await predictions(b, data.features));
      assert.deepEqual(a.save(), b.save());
    },
  },
  {
    name: 'predicts the same after saving and loading',
    async run(learner, task) {
      const data = toyFor(learner, task, { missing: 0.1 });
      const model = await fitted(learner, data);
      const again = await reloaded(learner, model.save());
      assert.deepEqual(await predictions(again, data.features), await predictions(model, data.features));
      assert.deepEqual([again.task, again.classes, again.facts], [model.task, model.classes, model.facts]);
      const plain = (bundle: ModelBundle) => JSON.parse(JSON.stringify({ ...bundle, arrays: undefined }));
      assert.deepEqual(plain(again.save()), plain(model.save()));
      assert.deepEqual(again.save().arrays, model.save().arrays);
    },
  },
  {
    name: 'saves what it is',
    async run(learner, task) {
      const data = toyFor(learner, task);
      const bundle = (await fitted(learner, data, { seed: 5 })).save();
      assert.deepEqual([bundle.format, bundle.version, bundle.learner], ['vitrine-model', 1, learner.name]);
      assert.deepEqual([bundle.seed, bundle.dataHash, bundle.task], [5, data.info.hash, task]);
      assert.deepEqual(
        bundle.columns.map(({ name, type }) => [name, type]),
        data.features.columns.map(({ name, type }) => [name, type]),
      );
      assert.deepEqual(bundle.params, learner.defaults(data.info));
    },
  },
  {
    name: 'does not depend on the order of columns or the coding of levels',
    async run(learner, task) {
      const data = toyFor(learner, task, { missing: 0.1 });
      const shuffled = shuffledColumns(data.features, createRandom(4));
      const model = await fitted(learner, data);
      const expected = await predictions(model, data.features);
      assert.deepEqual(await predictions(model, shuffled), expected, 'when predicting');
      if (!learner.tags.deterministic) return;
      const refitted = await fitted(learner, { ...data, features: shuffled });
      assert.deepEqual(await predictions(refitted, data.features), expected, 'when fitting');
    },
  },
  {
    name: 'predicts each row by itself',
    async run(learner, task) {
      const data = toyFor(learner, task, { missing: 0.1 });
      const model = await fitted(learner, data);
      const width = Math.max(1, classesOf(task));
      const all = await predictions(model, data.features);
      const few = await predictions(model, takeRows(data.features, [17, 3]));
      const expected = [17, 3].flatMap((row) => [...all.subarray(row * width, (row + 1) * width)]);
      few.forEach((value, i) => {
        assert.ok(
          Math.abs(value - expected[i]) <= 1e-6 * Math.max(1, Math.abs(expected[i])),
          `${value}, not ${expected[i]}`,
        );
      });
    },
  },
  {
    name: 'refuses rows without one of its columns',
    async run(learner, task) {
      const data = toyFor(learner, task);
      const model = await fitted(learner, data);
      const lacking = { ...data.features, columns: data.features.columns.filter(({ name }) => name !== 'x') };
      await assert.rejects(async () => model.predict(lacking), RangeError);
    },
  },
  {
    name: 'leaves its data as it was',
    async run(learner, task) {
      const [train, validation] = threeQuarters(toyFor(learner, task));
      const before = structuredClone({ train, validation });
      await (await fitted(learner, train, { validation })).predict(validation.features);
      assert.deepEqual({ train, validation }, before);
    },
  },
  {
    name: 'stops when it is aborted',
    async run(learner, task) {
      const signal = AbortSignal.abort();
      await assert.rejects(fitted(learner, toyFor(learner, task), { signal }), { name: 'AbortError' });
      if (!hasResource(learner)) return;
      const [train, validation] = threeQuarters(toyFor(learner, task));
      const controller = new AbortController();
      const report = async () => {
        controller.abort();
        return 'continue' as const;
      };
      await assert.rejects(fitted(learner, train, { validation, signal: controller.signal, report }), {
        name: 'AbortError',
      });
    },
  },
  {
    name: 'lets messages through while it works',
    applies: hasResource,
    async run(learner, task) {
      let turns = 0;
      let done = false;
      const counting = (async () => {
        while (!done) {
          await setImmediate();
          turns++;
        }
      })();
      const { needs, resource } = learner.tags;
      const isNetwork = resource === 'epochs';
      await fitted(learner, toyFor(learner, task, { rows: needs ? 240 : 2000 }), { resource: isNetwork ? 20 : 100 });
      const during = turns;
      done = true;
      await counting;
      assert.ok(during >= 2, `the event loop turned ${during} times`);
    },
  },
  {
    name: 'reports its loss, and stops when it is pruned',
    applies: hasResource,
    async run(learner, task) {
      const [train, validation] = threeQuarters(toyFor(learner, task));
      const reports: [number, number][] = [];
      const model = await fitted(learner, train, {
        validation,
        async report(resource, value) {
          reports.push([resource, value]);
          return reports.length < 2 ? 'continue' : 'prune';
        },
      });
      assert.equal(reports.length, 2);
      assert.ok(reports[0][0] < reports[1][0] && reports.every(([, value]) => value > 0 && Number.isFinite(value)));
      assertSound(await model.predict(validation.features), task, validation.features.rowCount);
    },
  },
  {
    name: 'reports the loss that its model has',
    applies: hasResource,
    async run(learner, task) {
      const [train, validation] = threeQuarters(toyFor(learner, task));
      const reported = new Map<number, number>();
      const model = await fitted(learner, train, {
        validation,
        async report(resource, value) {
          reported.set(resource, value);
          return 'continue';
        },
      });
      const reached = loss(await model.predict(validation.features), validation);
      const least = Math.min(...reported.values());
      assert.ok(reached <= least * 1.001 + 1e-6, `the model has ${reached}, the best report was ${least}`);
    },
  },
  {
    name: 'refits for exactly the rounds it is told',
    applies: hasResource,
    async run(learner, task) {
      for (const resource of [1, 7]) {
        const model = await fitted(learner, toyFor(learner, task), { resource });
        assert.equal(model.facts.resource?.best, resource);
      }
      const [short, long] = [
        await fitted(learner, toyFor(learner, task), { resource: 1 }),
        await fitted(learner, toyFor(learner, task), { resource: 30 }),
      ];
      const { features } = toyFor(learner, task);
      assert.notDeepEqual(await predictions(short, features), await predictions(long, features));
    },
  },
  {
    name: 'weighs rows as if they were repeated',
    applies: (learner) => learner.tags.weighsRows === true,
    async run(learner, task) {
      const train = undecidedData(learner, task, 120, 1);
      const { features } = undecidedData(learner, task, 200, 2);
      // Rows of the second class, or of a large value, count four times.
      const repeats = Array.from({ length: 120 }, (_, row): number => (isHigh(train, row) ? 4 : 1));
      const unit = repeats.reduce((a, b) => a + b) / repeats.length;
      const weights = Float64Array.from(repeats, (times) => times / unit);
      const repeated = takeDataset(
        train,
        repeats.flatMap((times, row) => Array.from({ length: times }, () => row)),
      );
      const params = learner.defaults(train.info);
      const resource = hasResource(learner) ? (learner.tags.needs ? 12 : 30) : undefined;
      const level = async (data: Dataset, context: Partial<FitContext>) =>
        meanLevel(task, await predictions(await fitted(learner, data, { resource, ...context }, params), features));
      const plain = await level(train, {});
      const weighted = await level(train, { weights });
      const likewise = await level(repeated, {});
      // On average only, and rather nearer to the weighted mean of the target: a learner that asks for some rows in a leaf is
      // content with one that stands there often enough, and learns it by heart.
      const mean = meanLevel(task, await predictions(await fitted(constant, train, { weights }), features));
      const shift = likewise - plain;
      const words = `${weighted} with weights, ${likewise} with repeated rows, ${plain} with neither`;
      assert.ok(weighted > plain + 0.65 * shift, words);
      assert.ok(weighted < Math.max(likewise, mean) + 0.2 * shift, words);
    },
  },
  {
    name: 'an input gradient is the slope of the loss',
    async run(learner, task) {
      const data = toyFor(learner, task, { missing: 0.1 });
      const model = await fitted(learner, data);
      if (!isDifferentiable(model)) return;
      const one = takeDataset(data, [11]);
      const gradient = await model.inputGradient(one.features, one.target);
      const numbers = one.features.columns.filter((column) => column.kind === 'numeric');
      assert.deepEqual(
        gradient.columns,
        numbers.map(({ name }) => name),
      );
      for (const [j, column] of numbers.entries()) {
        if (Number.isNaN(column.values[0])) assert.equal(gradient.values[j], 0);
        else {
          const spread = deviationOf(data.features.columns.find(({ name }) => name === column.name));
          const at = async (step: number) => {
            const moved = withColumns(one.features, [{ ...column, values: column.values.map((v) => v + step) }]);
            return pointLoss(await model.predict(moved), one);
          };
          const step = spread * 1e-3;
          const slope = ((await at(step)) - (await at(-step))) / 2e-3;
          const given = gradient.values[j] * spread;
          assert.ok(
            Math.abs(slope - given) < 2e-2 * Math.max(0.05, Math.abs(slope)),
            `${column.name}: ${given}, not ${slope}`,
          );
        }
      }
      assert.equal(targetLength(takeTarget(data.target, [11])), 1);
    },
  },
];

/** Mean probability of the second class, or mean value. */
function meanLevel(task: Task, values: Float64Array): number {
  const width = Math.max(1, classesOf(task));
  const own = values.filter((_, i) => width === 1 || i % width === 1);
  return own.reduce((a, b) => a + b, 0) / own.length;
}

/** Log loss, or squared error: what an input gradient is the gradient of. */
const pointLoss = (prediction: Prediction, data: Dataset) =>
  data.info.task === 'regression' ? loss(prediction, data) ** 2 : loss(prediction, data);
