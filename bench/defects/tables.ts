import { join } from 'node:path';
import type { CheckedData } from '../../src/engine/checks/data-check.ts';
import { type Dataset, takeDataset } from '../../src/engine/data/dataset.ts';
import { loadDataset } from '../../src/engine/data/load-dataset.ts';
import { repeatedRows, rowKeys } from '../../src/engine/data/row-keys.ts';
import { splitTest } from '../../src/engine/data/splits/split.ts';
import { sampleRows } from '../../src/engine/explain/sample-rows.ts';
import { createRandom, type Random } from '../../src/engine/random.ts';

const folder = join(import.meta.dirname, '../../../shared/data/tabular');
const mostRows = 2000;

/** Looked at while thresholds were set. */
export const tuningSets = [
  'satimage',
  'page_blocks',
  'magic',
  'wine_quality_red',
  '227_cpu_small',
  '225_puma8NH',
  '547_no2',
  'credit_g',
];
/** Looked at by the bench alone. */
export const benchSets = [
  'adult',
  'churn',
  'phoneme',
  'pima',
  'segmentation',
  'spambase',
  'vehicle',
  '503_wind',
  '537_houses',
  '560_bodyfat',
];

/** At most 2,000 rows of a shared table, of rows with equal features the first alone, as rows of a file of their own. */
export async function cleanTable(name: string, seed: number): Promise<Dataset> {
  const path = join(folder, name, 'train.csv.gz');
  const whole = await loadDataset({ path, shown: name, target: 'target' }, new AbortController().signal);
  const keys = rowKeys(whole.features.columns, whole.features.rowCount);
  const repeats = new Set(repeatedRows(keys).flatMap((rows) => rows.slice(1)));
  const once = Array.from(keys.keys()).filter((row) => !repeats.has(row));
  const rows = Array.from(sampleRows(once.length, mostRows, createRandom(seed).fork(name)), (i) => once[i]);
  return numbered(takeDataset(whole, rows));
}

/** The rows as if they stood in a file in this order. */
export const numbered = (data: Dataset): Dataset => ({
  ...data,
  info: { ...data.info, rowCount: data.features.rowCount },
  rowIds: Uint32Array.from({ length: data.features.rowCount }, (_, row) => row),
});

/** A fifth set aside at random, as a run does. */
export function parted(data: Dataset, random: Random): CheckedData {
  const { rest, test } = splitTest(data, 0.2, random.fork('test'));
  return { development: takeDataset(data, rest), test: takeDataset(data, test), testIsFile: false };
}
