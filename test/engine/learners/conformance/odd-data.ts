import assert from 'node:assert/strict';
import { withColumns } from '../../../../src/engine/data/table.ts';
import { classesOf, coded, dataset, numeric, parted, withFeatures } from '../toy-data.ts';
import { toyFor } from '../toys-for.ts';
import { type Check, fitted } from './check.ts';
import { assertFits } from './sound.ts';

/** Data as people have it: gaps, new levels, hardly any rows, numbers of any size. */
export const oddData: readonly Check[] = [
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
];
