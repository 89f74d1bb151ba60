import type { Dataset, Target } from '../../../src/engine/data/dataset.ts';
import type { Column } from '../../../src/engine/data/table.ts';
import { learners } from '../../../src/engine/learners/registry.ts';
import type { Model } from '../../../src/engine/models/model.ts';
import { createRandom } from '../../../src/engine/random.ts';
import type { EditRange } from '../../../src/shared/model-edit.ts';
import { coded, dataset, numeric } from '../learners/toy-data.ts';

/** y = 2 x + 1 where color is blue + noise; 'noise' says nothing. bump: added where x is from 0.4 to 0.5, as a defect of the training data. */
export function plantedData(rows: number, seed: number, bump: number): Dataset {
  const random = createRandom(seed);
  const x = Float64Array.from({ length: rows }, () => random.uniform());
  const noise = Float64Array.from({ length: rows }, () => random.uniform());
  const colors = Array.from({ length: rows }, () => ['red', 'blue', 'green'][random.integer(3)]);
  const group = Array.from({ length: rows }, () => ['a', 'b'][random.integer(2)]);
  const y = Array.from(x, (value, i) => {
    const planted = value >= 0.4 && value < 0.5 ? bump : 0;
    return 2 * value + (colors[i] === 'blue' ? 1 : 0) + planted + 0.2 * random.normal();
  });
  const columns = [numeric('x', x), numeric('noise', noise), coded('color', colors), coded('group', group)];
  return dataset('regression', columns, y);
}

/** The same with three classes, of which x and color tell the first two from the third. */
export function plantedClasses(rows: number, seed: number, classCount: number): Dataset {
  const { features, target } = plantedData(rows, seed, 0);
  const values = target.kind === 'values' ? target.values : new Float64Array();
  const truth = values.map((value) => Math.min(classCount - 1, Math.floor((value / 3.2) * classCount)));
  return dataset('binary', features.columns, truth, classCount);
}

/** The rows of one column, then those of the other. */
export function joinedColumn(one: Column, other: Column): Column {
  if (one.kind === 'numeric' && other.kind === 'numeric')
    return { ...one, values: Float64Array.from([...one.values, ...other.values]) };
  const cells = [one, other].flatMap((column) =>
    column.kind === 'coded' ? Array.from(column.codes, (code) => column.levels[code] ?? null) : [],
  );
  return coded(one.name, cells);
}

export function joinedTarget(one: Target, other: Target): Target {
  if (one.kind !== 'values' || other.kind !== 'values') throw new RangeError('targets of numbers are joined');
  return { kind: 'values', values: Float64Array.from([...one.values, ...other.values]) };
}

const { signal } = new AbortController();

export async function fitted(name: string, train: Dataset, params = {}): Promise<Model> {
  const learner = learners.find((one) => one.name === name);
  if (!learner) throw new RangeError(`no learner ${name}`);
  const task = train.info.classes && train.info.classes.length > 2 ? 'multiclass' : train.info.task;
  const data = { ...train, info: { ...train.info, task } };
  return learner.fit({ train: data, seed: 1, signal, report: async () => 'continue' }, params);
}

export const ebm = (train: Dataset, interactions = 0): Promise<Model> =>
  fitted('ebm', train, { bags: 2, max_rounds: 300, interactions });

export const numbers = (from: number | null, to: number | null): EditRange => ({
  kind: 'numbers',
  from,
  to,
});
