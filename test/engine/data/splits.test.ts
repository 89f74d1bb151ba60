import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Dataset, type Fold, takeDataset } from '../../../src/engine/data/dataset.ts';
import { splitTest, splitValidation, type Validation } from '../../../src/engine/data/splits/split.ts';
import { createRandom, type Random } from '../../../src/engine/random.ts';

interface Shape {
  readonly classes?: readonly number[];
  readonly values?: readonly number[];
  readonly group?: readonly number[];
  readonly time?: readonly number[];
}

/** A data set of which only the target and the keys matter. */
function dataset({ classes, values, group, time }: Shape): Dataset {
  const rows = (classes ?? values ?? []).length;
  const info = (name: string, role: 'group' | 'time') =>
    ({ name, type: 'number', reason: '', role, missing: 0, distinct: 0 }) as const;
  const key = (name: string, numbers: readonly number[]) =>
    ({ kind: 'numeric', name, type: 'number', values: Float64Array.from(numbers) }) as const;
  const classNames = classes && Array.from({ length: Math.max(...classes) + 1 }, (_, i) => `k${i}`);
  return {
    info: {
      path: 'data.csv',
      rowCount: rows,
      columns: [...(group ? [info('who', 'group')] : []), ...(time ? [info('when', 'time')] : [])],
      target: 'y',
      task: classes ? 'multiclass' : 'regression',
      hash: '',
      notes: [],
    },
    features: { rowCount: rows, columns: [] },
    target:
      classes && classNames
        ? { kind: 'classes', codes: Int32Array.from(classes), classes: classNames }
        : { kind: 'values', values: Float64Array.from(values ?? []) },
    rowIds: Uint32Array.from({ length: rows }, (_, i) => i),
    keys: { rowCount: rows, columns: [...(group ? [key('who', group)] : []), ...(time ? [key('when', time)] : [])] },
  };
}

/** Random sizes, class balances, groups and times, the same at every run. */
const draws = Array.from({ length: 40 }, (_, seed) => {
  const random = createRandom(seed + 1);
  const rows = 60 + random.integer(400);
  const classCount = 2 + random.integer(5);
  const each = (draw: () => number) => Array.from({ length: rows }, draw);
  return {
    random,
    rows,
    classes: each(() => Math.floor(random.uniform() ** 2 * classCount)),
    values: each(() => random.normal()),
    group: each(() => random.integer(12 + random.integer(30))),
    time: each(() => random.integer(1000)),
    share: 0.1 + 0.4 * random.uniform(),
    folds: 2 + random.integer(6),
  };
});

const sorted = (rows: Iterable<number>) => [...rows].sort((a, b) => a - b);
const allRows = (count: number) => Array.from({ length: count }, (_, i) => i);
const counts = (codes: readonly number[], rows: Iterable<number>) => {
  const found = new Map<number, number>();
  for (const row of rows) found.set(codes[row], (found.get(codes[row]) ?? 0) + 1);
  return found;
};

function assertDisjoint({ train, validation }: Fold) {
  const seen = new Set(train);
  assert.ok(!validation.some((row) => seen.has(row)), 'a row both fits and judges');
  for (const rows of [train, validation]) assert.deepEqual(Array.from(rows), sorted(rows), 'not ascending');
}

describe('test part', () => {
  test('is disjoint from the rest, complete with it, of the size asked for, and in proportion', () => {
    for (const { classes, rows, share, random } of draws) {
      const { rest, test: held } = splitTest(dataset({ classes }), share, random.fork('test'));
      assert.deepEqual(sorted([...rest, ...held]), allRows(rows));
      assert.ok(
        Math.abs(held.length - share * rows) <= 1 + Math.max(...classes),
        `${held.length} of ${rows} for ${share}`,
      );
      const all = counts(classes, allRows(rows));
      for (const [name, count] of counts(classes, held)) {
        assert.ok(Math.abs(count - share * (all.get(name) ?? 0)) <= 1, `class ${name}: ${count}`);
      }
    }
  });

  test('covers the range of a numeric target', () => {
    for (const { values, share, random, rows } of draws) {
      const { test: held } = splitTest(dataset({ values }), share, random.fork('test'));
      const median = [...values].sort((a, b) => a - b)[Math.floor(rows / 2)];
      const below = held.filter((row) => values[row] < median).length / held.length;
      assert.ok(Math.abs(below - 0.5) < 5 / held.length + 0.02, `${below} below the median of ${held.length}`);
    }
  });

  test('keeps groups whole and comes near its share', () => {
    for (const { classes, group, rows, share, random } of draws) {
      const { rest, test: held } = splitTest(dataset({ classes, group }), share, random.fork('test'));
      const groups = new Set(Array.from(rest, (row) => group[row]));
      assert.ok(!held.some((row) => groups.has(group[row])), 'a group on both sides');
      assert.deepEqual(sorted([...rest, ...held]), allRows(rows));
      assert.ok(Math.abs(held.length / rows - share) < 0.12, `${held.length / rows} for ${share}`);
    }
  });

  test('is later than the rest where there is a time', () => {
    for (const { classes, time, rows, share, random } of draws) {
      const { rest, test: held } = splitTest(dataset({ classes, time }), share, random);
      assert.ok(Math.max(...Array.from(rest, (row) => time[row])) < Math.min(...Array.from(held, (row) => time[row])));
      assert.ok(Math.abs(held.length / rows - share) < 0.06);
    }
  });

  test('a class never loses its last row to it, and a class it lacks is named', () => {
    const classes = [...Array(50).fill(0), ...Array(50).fill(1), 2];
    for (let seed = 0; seed < 20; seed++) {
      const { test: held, notes } = splitTest(dataset({ classes }), 0.3, createRandom(seed));
      assert.ok(!held.includes(100));
      assert.deepEqual(notes, ['No row in the test part, for want of rows: "k2".']);
    }
  });
});

describe('folds', () => {
  const validationOnce = (folds: readonly Fold[], rows: number) =>
    assert.deepEqual(sorted(folds.flatMap(({ validation }) => Array.from(validation))), allRows(rows));

  test('judge each row once, by models not fitted on it, with classes in proportion', () => {
    for (const { classes, rows, folds, random } of draws) {
      const all = counts(classes, allRows(rows));
      if ([...all.values()].includes(1)) continue;
      const split = splitValidation(dataset({ classes }), { folds }, random.fork('folds')).folds;
      assert.equal(split.length, folds);
      validationOnce(split, rows);
      for (const fold of split) {
        assertDisjoint(fold);
        assert.equal(fold.train.length + fold.validation.length, rows);
        assert.ok(Math.abs(fold.validation.length - rows / folds) < 1);
        for (const [name, count] of counts(classes, fold.validation)) {
          assert.ok(Math.abs(count - (all.get(name) ?? 0) / folds) < 1, `class ${name}: ${count}`);
        }
      }
    }
  });

  test('of a numeric target have its quantiles in proportion', () => {
    for (const { values, rows, folds, random } of draws) {
      const split = splitValidation(dataset({ values }), { folds }, random.fork('folds')).folds;
      validationOnce(split, rows);
      const low = [...values].sort((a, b) => a - b)[Math.floor(rows / 2)];
      for (const { validation } of split) {
        const below = validation.filter((row) => values[row] < low).length;
        assert.ok(Math.abs(below - validation.length / 2) <= 6, `${below} of ${validation.length}`);
      }
    }
  });

  test('keep groups whole, sizes near and classes near their proportion', () => {
    for (const { classes, group, rows, folds, random } of draws) {
      const split = splitValidation(dataset({ classes, group }), { folds }, random.fork('folds')).folds;
      validationOnce(split, rows);
      const largest = Math.max(...counts(group, allRows(rows)).values());
      for (const fold of split) {
        assertDisjoint(fold);
        const groups = new Set(Array.from(fold.train, (row) => group[row]));
        assert.ok(!fold.validation.some((row) => groups.has(group[row])), 'a group on both sides');
        assert.ok(
          Math.abs(fold.validation.length - rows / folds) <= 2 * largest,
          `${fold.validation.length} of ${rows}`,
        );
      }
    }
  });

  test('by time grow, and are judged by what comes next', () => {
    for (const { values, time, random } of draws) {
      const split = splitValidation(dataset({ values, time }), { folds: 3 }, random).folds;
      assert.equal(split.length, 3);
      for (const [i, fold] of split.entries()) {
        assertDisjoint(fold);
        assert.ok(
          Math.max(...Array.from(fold.train, (row) => time[row])) <
            Math.min(...Array.from(fold.validation, (row) => time[row])),
        );
        if (i > 0) assert.ok(split[i - 1].train.length < fold.train.length);
      }
    }
  });

  test('a class of fewer rows than folds is named; one of a single row is always fitted on', () => {
    const classes = [...Array(40).fill(0), 1, 1, 1, 2];
    const { folds, notes } = splitValidation(dataset({ classes }), { folds: 5 }, createRandom(3));
    assert.deepEqual(notes, [
      'Fewer rows than the 5 folds, so some folds judge none of them: "k1".',
      'A single row, always fitted on and never judged by: "k2".',
    ]);
    for (const fold of folds) {
      assertDisjoint(fold);
      assert.ok(fold.train.includes(43));
      assert.ok(fold.train.some((row) => classes[row] === 1));
    }
  });
});

describe('a holdout', () => {
  test('is one fold, by every kind of key', () => {
    for (const { classes, group, time, rows, random } of draws) {
      for (const keys of [{}, { group }, { time }]) {
        const { folds } = splitValidation(dataset({ classes, ...keys }), { holdout: 0.25 }, random.fork('holdout'));
        assert.equal(folds.length, 1);
        assertDisjoint(folds[0]);
        assert.equal(folds[0].train.length + folds[0].validation.length, rows);
        assert.ok(Math.abs(folds[0].validation.length / rows - 0.25) < 0.12);
      }
    }
  });
});

test('the same seed gives the same split, another seed another', () => {
  const { classes, group } = draws[0];
  const kinds: ((random: Random) => unknown)[] = [
    (random) => splitTest(dataset({ classes }), 0.2, random),
    (random) => splitTest(dataset({ classes, group }), 0.2, random),
    (random) => splitValidation(dataset({ classes }), { folds: 4 }, random),
    (random) => splitValidation(dataset({ classes, group }), { folds: 4 }, random),
  ];
  for (const kind of kinds) {
    assert.deepEqual(kind(createRandom(5)), kind(createRandom(5)));
    assert.notDeepEqual(kind(createRandom(5)), kind(createRandom(6)));
  }
});

test('positions of a second split are within the data set that was split', () => {
  const { classes, random } = draws[1];
  const data = dataset({ classes });
  const { rest } = splitTest(data, 0.5, random);
  const { folds } = splitValidation(takeDataset(data, rest), { folds: 3 }, random);
  assert.equal(Math.max(...folds.flatMap(({ validation }) => Array.from(validation))), rest.length - 1);
});

describe('what cannot be split is a fault a person can mend', () => {
  const classes = [0, 1, 0, 1, 0, 1];
  const cases: { name: string; data: Shape; validation?: Validation; share?: number; code: string }[] = [
    { name: 'more folds than rows', data: { classes }, validation: { folds: 7 }, code: 'split-rows' },
    { name: 'a share of no row', data: { classes }, share: 0.01, code: 'split-rows' },
    { name: 'a share of all rows', data: { values: [1, 2, 3, 4] }, share: 0.99, code: 'split-rows' },
    {
      name: 'more folds than groups',
      data: { classes, group: [1, 1, 1, 2, 2, 2] },
      validation: { folds: 3 },
      code: 'split-groups',
    },
    { name: 'one group', data: { classes, group: [1, 1, 1, 1, 1, 1] }, share: 0.2, code: 'split-groups' },
    { name: 'one time', data: { classes, time: [1, 1, 1, 1, 1, 1] }, share: 0.2, code: 'split-time' },
    {
      name: 'group and time',
      data: { classes, group: classes, time: classes },
      share: 0.2,
      code: 'split-group-and-time',
    },
  ];
  for (const { name, data, validation, share, code } of cases) {
    test(name, () => {
      const split = () =>
        validation
          ? splitValidation(dataset(data), validation, createRandom(1))
          : splitTest(dataset(data), share ?? 0, createRandom(1));
      assert.throws(split, { name: 'UserError', code });
    });
  }
});
