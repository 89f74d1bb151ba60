import type { CheckedData } from '../../src/engine/checks/data-check.ts';
import { type Dataset, type Target, takeDataset, takeTarget } from '../../src/engine/data/dataset.ts';
import { type Column, type NumericColumn, type Table, takeRows, withColumns } from '../../src/engine/data/table.ts';
import type { Random } from '../../src/engine/random.ts';
import { mean, standardDeviation } from '../../src/engine/statistics/mean.ts';
import { ranks } from '../../src/engine/statistics/rank-correlation.ts';
import { numbered, parted } from './tables.ts';

export type Strength = 'weak' | 'middling' | 'strong';
export const strengths: readonly Strength[] = ['weak', 'middling', 'strong'];

/** A way to spoil data, and the check that should tell. */
export interface Plant {
  readonly kind: string;
  readonly check: string;
  /** What its number is, of each strength. */
  readonly what: string;
  readonly sizes: Readonly<Record<Strength, number>>;
  /** Undefined where such data cannot be spoilt so. */
  plant(clean: Dataset, size: number, random: Random): Planted | undefined;
}

export interface Planted {
  readonly data: CheckedData;
  /** [development rows] 1 where a label was changed. */
  readonly flipped?: Uint8Array;
}

const rowsOf = (data: Dataset) => data.features.rowCount;
const withFeature = (data: Dataset, column: Column): Dataset => ({
  ...data,
  features: { ...data.features, columns: [...data.features.columns, column] },
});
const numericColumns = ({ features }: Dataset): NumericColumn[] =>
  features.columns.filter(
    (column): column is NumericColumn => column.kind === 'numeric' && standardDeviation(column.values) > 0,
  );
const numbers = (name: string, values: Float64Array, type: NumericColumn['type'] = 'number'): NumericColumn => ({
  kind: 'numeric',
  name,
  type,
  values,
});
const category = (name: string, codes: Int32Array, levels: readonly string[]): Column => ({
  kind: 'coded',
  name,
  type: 'category',
  codes,
  levels,
});
const targetNumbers = ({ target }: Dataset): Float64Array =>
  target.kind === 'classes' ? Float64Array.from(target.codes) : target.values;

/** A random other class, or the number of a random row. */
function otherTarget(target: Target, row: number, random: Random): number {
  if (target.kind === 'values') return target.values[random.integer(target.values.length)];
  return (target.codes[row] + 1 + random.integer(target.classes.length - 1)) % target.classes.length;
}

function setTarget(target: Target, changes: ReadonlyMap<number, number>): Target {
  const at = (value: number, row: number) => changes.get(row) ?? value;
  return target.kind === 'classes'
    ? { ...target, codes: target.codes.map(at) }
    : { ...target, values: target.values.map(at) };
}

const some = (count: number, share: number, random: Random): Uint32Array =>
  random.permutation(count).slice(0, Math.max(1, Math.round(share * count)));

/** The target beside its answers, of which a share is wrong (or numbers with noise of that many standard deviations). */
const leak: Plant = {
  kind: 'leaking column',
  check: 'target-leak',
  what: 'noise',
  sizes: { weak: 0.3, middling: 0.1, strong: 0.01 },
  plant(clean, size, random) {
    const { target } = clean;
    const spread = standardDeviation(targetNumbers(clean));
    const values = targetNumbers(clean).map((value, row) => {
      if (target.kind === 'values') return value + 5 * size * spread * random.normal();
      return random.uniform() < size ? otherTarget(target, row, random) : value;
    });
    return { data: parted(withFeature(clean, numbers('result', values)), random) };
  },
};

/** Gaps in a tenth of the rows, and in more of those of one class or of the upper quarter. */
const missingLeak: Plant = {
  kind: 'telling gaps',
  check: 'missing-leak',
  what: 'more gaps in one class',
  sizes: { weak: 0.05, middling: 0.15, strong: 0.5 },
  plant(clean, size, random) {
    const { target } = clean;
    const columns = numericColumns(clean);
    const column = columns[random.integer(columns.length)];
    const high = ranks(targetNumbers(clean)).map((rank) => (rank > 0.75 * rowsOf(clean) ? 1 : 0));
    const values = column.values.map((value, row) => {
      const isOne = target.kind === 'classes' ? target.codes[row] === 0 : high[row] === 1;
      return random.uniform() < 0.1 + (isOne ? size : 0) ? Number.NaN : value;
    });
    return { data: parted({ ...clean, features: withColumns(clean.features, [{ ...column, values }]) }, random) };
  },
};

const identifier: Plant = {
  kind: 'identifier',
  check: 'identifier',
  what: 'range, times the rows',
  sizes: { weak: 100, middling: 10, strong: 1 },
  plant(clean, size, random) {
    const count = rowsOf(clean);
    const drawn = random.permutation(count * size).slice(0, count);
    return { data: parted(withFeature(clean, numbers('code', Float64Array.from(drawn), 'integer')), random) };
  },
};

/** Rows of one data set in place of rows of another. */
function replaced(data: Dataset, rows: ArrayLike<number>, from: Dataset, donors: ArrayLike<number>): Dataset {
  const order = Array.from({ length: rowsOf(data) }, (_, row) => row);
  const joined = (upper: Table, lower: Table): Table => ({
    rowCount: upper.rowCount + lower.rowCount,
    columns: upper.columns.map((column, i): Column => {
      const other = lower.columns[i];
      return column.kind === 'numeric' && other.kind === 'numeric'
        ? { ...column, values: Float64Array.from([...column.values, ...other.values]) }
        : ({
            ...column,
            codes: Int32Array.from([
              ...(column as { codes: Int32Array }).codes,
              ...(other as { codes: Int32Array }).codes,
            ]),
          } as Column);
    }),
  });
  for (let i = 0; i < rows.length; i++) order[rows[i]] = rowsOf(data) + donors[i];
  const [own, other] = [data.target, from.target];
  const target: Target =
    own.kind === 'classes' && other.kind === 'classes'
      ? { ...own, codes: Int32Array.from([...own.codes, ...other.codes]) }
      : { kind: 'values', values: Float64Array.from([...targetNumbers(data), ...targetNumbers(from)]) };
  return {
    ...data,
    features: takeRows(joined(data.features, from.features), order),
    target: takeTarget(target, order),
  };
}

const sharedRows: Plant = {
  kind: 'rows in both parts',
  check: 'shared-rows',
  what: 'share of the test rows',
  sizes: { weak: 0.002, middling: 0.02, strong: 0.1 },
  plant(clean, size, random) {
    const data = parted(clean, random);
    const test = data.test!;
    const rows = some(rowsOf(test), size, random);
    const donors = some(rowsOf(data.development), 1, random).slice(0, rows.length);
    return { data: { ...data, test: replaced(test, rows, data.development, donors) } };
  },
};

/** Copies, changed by `change`, in place of other rows of the development part. */
function copies(clean: Dataset, share: number, random: Random, change: (copy: Dataset) => Dataset): Planted {
  const data = parted(clean, random);
  const order = random.permutation(rowsOf(data.development));
  const count = Math.max(1, Math.round(share * order.length));
  const donors = order.slice(0, count);
  const changed = change(takeDataset(data.development, donors));
  const development = replaced(
    data.development,
    order.slice(count, 2 * count),
    changed,
    donors.map((_, i) => i),
  );
  return { data: { ...data, development } };
}

const duplicates: Plant = {
  kind: 'duplicates',
  check: 'duplicates',
  what: 'share of the rows',
  sizes: { weak: 0.005, middling: 0.02, strong: 0.1 },
  plant: (clean, size, random) => copies(clean, size, random, (copy) => copy),
};

/** Every number moved by a part of its standard deviation. */
function jittered(data: Dataset, share: number, random: Random, spreads: ReadonlyMap<string, number>): Dataset {
  const moved = data.features.columns.map((column): Column => {
    if (column.kind === 'coded') return column;
    const spread = share * (spreads.get(column.name) ?? 0);
    return { ...column, type: 'number', values: column.values.map((value) => value + spread * random.normal()) };
  });
  return { ...data, features: withColumns(data.features, moved) };
}

const spreadsOf = (data: Dataset) =>
  new Map(numericColumns(data).map(({ name, values }) => [name, standardDeviation(values)]));

const nearDuplicates: Plant = {
  kind: 'near duplicates',
  check: 'near-duplicates',
  what: 'share of the rows',
  sizes: { weak: 0.005, middling: 0.02, strong: 0.1 },
  plant: (clean, size, random) => copies(clean, size, random, (copy) => jittered(copy, 1e-3, random, spreadsOf(clean))),
};

const conflictingLabels: Plant = {
  kind: 'conflicting labels',
  check: 'conflicting-labels',
  what: 'share of the rows',
  sizes: { weak: 0.002, middling: 0.01, strong: 0.05 },
  plant: (clean, size, random) =>
    copies(clean, size, random, (copy) => ({
      ...copy,
      target: setTarget(
        copy.target,
        new Map(Array.from(copy.rowIds, (_, row) => [row, otherTarget(clean.target, row, random)])),
      ),
    })),
};

const labelErrors: Plant = {
  kind: 'wrong labels',
  check: 'label-errors',
  what: 'share of the rows',
  sizes: { weak: 0.02, middling: 0.05, strong: 0.1 },
  plant(clean, size, random) {
    if (clean.target.kind !== 'classes') return undefined;
    const data = parted(clean, random);
    const { development } = data;
    const rows = some(rowsOf(development), size, random);
    const flipped = new Uint8Array(rowsOf(development));
    for (const row of rows) flipped[row] = 1;
    const changes = new Map(Array.from(rows, (row) => [row, otherTarget(development.target, row, random)]));
    return {
      data: { ...data, development: { ...development, target: setTarget(development.target, changes) } },
      flipped,
    };
  },
};

const drift: Plant = {
  kind: 'drift of a column',
  check: 'drift',
  what: 'shift in standard deviations',
  sizes: { weak: 0.1, middling: 0.4, strong: 1 },
  plant(clean, size, random) {
    const data = parted(clean, random);
    const columns = numericColumns(clean);
    const { name, values } = columns[random.integer(columns.length)];
    const test = data.test!;
    const moved = test.features.columns.map(
      (column): Column =>
        column.name === name && column.kind === 'numeric'
          ? { ...column, values: column.values.map((value) => value + size * standardDeviation(values)) }
          : column,
    );
    return { data: { ...data, test: { ...test, features: withColumns(test.features, moved) } } };
  },
};

/** Test rows chosen by a sum of all columns. */
const adversarial: Plant = {
  kind: 'test part of another kind',
  check: 'adversarial',
  what: 'how strongly a sum of all columns chooses',
  sizes: { weak: 0.3, middling: 1, strong: 3 },
  plant(clean, size, random) {
    const scores = new Float64Array(rowsOf(clean));
    for (const { values } of numericColumns(clean)) {
      const [sign, order] = [random.uniform() < 0.5 ? -1 : 1, ranks(values)];
      for (let row = 0; row < scores.length; row++) scores[row] += sign * (order[row] / scores.length - 0.5);
    }
    const spread = standardDeviation(scores);
    // The largest of score and Gumbel noise: a draw without replacement, by exp(size x score).
    const keys = scores.map((score) => (size * score) / spread - Math.log(-Math.log(random.uniform())));
    const order = Array.from(keys.keys()).sort((a, b) => keys[b] - keys[a]);
    const count = Math.round(0.2 * order.length);
    const [test, rest] = [order.slice(0, count).sort((a, b) => a - b), order.slice(count).sort((a, b) => a - b)];
    return { data: { development: takeDataset(clean, rest), test: takeDataset(clean, test), testIsFile: true } };
  },
};

/** Slips in three columns of a hundredth of the rows. */
const outliers: Plant = {
  kind: 'outliers',
  check: 'outliers',
  what: 'standard deviations away',
  sizes: { weak: 4, middling: 15, strong: 60 },
  plant(clean, size, random) {
    const columns = numericColumns(clean);
    const copiesOf = new Map(columns.map((column) => [column.name, column.values.slice()]));
    for (const row of some(rowsOf(clean), 0.01, random)) {
      for (const at of random.permutation(columns.length).slice(0, 3)) {
        const { name, values } = columns[at];
        copiesOf.get(name)![row] = mean(values) + size * standardDeviation(values) * (random.uniform() < 0.5 ? -1 : 1);
      }
    }
    const changed = columns.map((column) => ({ ...column, values: copiesOf.get(column.name)! }));
    return { data: parted({ ...clean, features: withColumns(clean.features, changed) }, random) };
  },
};

/** Rows in the order of one column, blurred by so much of the table's length. */
function ordered(values: Float64Array, blur: number, random: Random): number[] {
  const keys = ranks(values).map((rank) => rank / values.length + blur * random.normal());
  return Array.from(keys.keys()).sort((a, b) => keys[a] - keys[b]);
}

const order: Plant = {
  kind: 'rows in an order',
  check: 'order',
  what: 'blur, in lengths of the table',
  sizes: { weak: 1, middling: 0.3, strong: 0.02 },
  plant(clean, size, random) {
    const columns = numericColumns(clean);
    const rows = ordered(columns[random.integer(columns.length)].values, size, random);
    return { data: parted(numbered(takeDataset(clean, rows)), random) };
  },
};

/** Five rows of each entity, which differ by noise in every number and share the target. */
const groupLeak: Plant = {
  kind: 'groups in both parts',
  check: 'group-leak',
  what: 'noise within a group, in standard deviations',
  sizes: { weak: 1, middling: 0.3, strong: 0.05 },
  plant(clean, size, random) {
    const entities = random.permutation(rowsOf(clean)).slice(0, Math.floor(rowsOf(clean) / 5));
    const rows = random.permutation(5 * entities.length);
    const codes = Int32Array.from(rows, (row) => row % entities.length);
    const members = takeDataset(
      clean,
      Array.from(codes, (code) => entities[code]),
    );
    const names = Array.from(entities, (_, i) => `patient ${i}`);
    const data = withFeature(
      numbered(jittered(members, size, random, spreadsOf(clean))),
      category('patient', codes, names),
    );
    return { data: parted(data, random) };
  },
};

/** Dates in the order of the target, blurred; rows in no order. */
const timeLeak: Plant = {
  kind: 'later rows learnt from',
  check: 'time-leak',
  what: 'blur, in lengths of the table',
  sizes: { weak: 1, middling: 0.4, strong: 0.1 },
  plant(clean, size, random) {
    const day = 24 * 3600 * 1000;
    const dates = new Float64Array(rowsOf(clean));
    for (const [place, row] of ordered(targetNumbers(clean), size, random).entries()) dates[row] = 1.6e12 + place * day;
    return { data: parted(withFeature(clean, numbers('day', dates, 'date')), random) };
  },
};

/** Targets of the test part that are those of other rows. */
const scoreDrop: Plant = {
  kind: 'another truth in the test part',
  check: 'score-drop',
  what: 'share of the test targets that are of other rows',
  sizes: { weak: 0.05, middling: 0.2, strong: 0.6 },
  plant(clean, size, random) {
    const data = parted(clean, random);
    const test = data.test!;
    const rows = some(rowsOf(test), size, random);
    return {
      data: { ...data, test: { ...test, target: takeTarget(test.target, shuffledAt(rowsOf(test), rows, random)) } },
    };
  },
};

/** Rows as they are, but for some that change places among themselves. */
function shuffledAt(count: number, rows: Uint32Array, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, row) => row);
  const places = random.permutation(rows.length);
  for (let i = 0; i < rows.length; i++) order[rows[i]] = rows[places[i]];
  return order;
}

/** Targets that have slipped against the rows, all of them or nearly. */
const nothingToLearn: Plant = {
  kind: 'nothing to learn',
  check: 'little-to-learn',
  what: 'share of the targets that are of other rows',
  sizes: { weak: 0.6, middling: 0.9, strong: 1 },
  plant(clean, size, random) {
    const order = shuffledAt(rowsOf(clean), some(rowsOf(clean), size, random), random);
    return { data: parted({ ...clean, target: takeTarget(clean.target, order) }, random) };
  },
};

export const plants: readonly Plant[] = [
  leak,
  missingLeak,
  identifier,
  sharedRows,
  duplicates,
  nearDuplicates,
  conflictingLabels,
  labelErrors,
  drift,
  adversarial,
  outliers,
  order,
  groupLeak,
  timeLeak,
  scoreDrop,
  nothingToLearn,
];
