import type { DataFinding } from '../../shared/results/data-findings.ts';
import { shareWords } from '../../shared/results/data-findings.ts';
import { countWords, listWords, numberWords } from '../../shared/results/numbers.ts';
import { distinctRows, rowKeys } from '../data/row-keys.ts';
import { stack } from '../data/stack.ts';
import { takeRows } from '../data/table.ts';
import { quantile } from '../statistics/quantile.ts';
import { atMost, type CheckContext, type CheckedData, type DataCheck, foundRows } from './data-check.ts';
import { comparableRows, nearestRows } from './nearest-rows.ts';
import { mendData } from './remedies.ts';

/** The nearest is judged beside the sixth nearest, so that a row may have four copies. */
const neighbours = 6;
/** cleanlab's bound (reference table): nearer than this share of the usual distance. */
const veryNear = 0.13;
/** All rows together cry wolf at most so often. */
const level = 0.01;
const some = 0.01;
const mostRows = 2000;
const mostColumns = 200;
/** Columns that hold together leave few ways for rows to differ; more than so many make every distance the same. */
const mostDimensions = 30;

/**
 * Rows that are all but equal to another: far nearer than the cloud they stand in allows. Where rows are spread evenly around a row in d
 * dimensions, (distance to the 1st / to the k-th neighbour)^d has a Beta(1, k - 1) distribution (as in Facco et al. 2017, whose d is estimated
 * from the same ratio); d is read off its upper quartile, which copies hardly reach.
 */
export const nearDuplicates: DataCheck = {
  name: 'near-duplicates',
  title: 'Near duplicates',
  asks: 'Are rows all but copies of others?',
  cost: 'model',
  async run(data, context) {
    const { development, test } = data;
    const { table, own, sampled } = lookedAt(data, context);
    if (table.features.rowCount <= 2 * neighbours) return { findings: [], ...(sampled && { sampled }) };
    const comparable = comparableRows(table.features);
    if (comparable.numbers === 0) return { findings: [], ...(sampled && { sampled }) };
    const { rows, distances } = await nearestRows(comparable, neighbours, context.signal);
    const near = tooNear(distances);
    const across = near.filter((row) => table.rows[row] >= own !== table.rows[rows[row * neighbours]] >= own);
    const inTest = across.filter((row) => table.rows[row] >= own).map((row) => table.rows[row] - own);
    const inside = near.filter((row) => table.rows[row] < own).map((row) => table.rows[row]);
    const looked = table.rows.filter((row) => row < own).length;
    const findings: DataFinding[] = [];
    if (test && inTest.length > some * (table.rows.length - looked)) {
      findings.push({
        ...finding(
          inTest.length,
          table.rows.length - looked,
          'test row',
          'are all but copies of rows in the development part',
        ),
        severity: 'error',
        rows: foundRows('test', test, inTest),
      });
    }
    if (inside.length > some * looked) {
      findings.push({
        ...finding(inside.length, looked, 'row', 'are all but copies of another'),
        rows: foundRows('development', development, inside),
      });
    }
    const share = Math.max(
      inside.length / Math.max(1, looked),
      inTest.length / Math.max(1, table.rows.length - looked),
    );
    return { findings, ...(sampled && { sampled }), ...atMost('share of near copies', share, some) };
  },
};

function finding(count: number, of: number, one: string, what: string): DataFinding {
  return {
    check: 'near-duplicates',
    severity: 'warning',
    message: `${shareWords(count, of, one)} ${what}: nearer than ${numberWords(veryNear)} of the usual distance, and than chance allows.`,
    columns: [],
    evidence: { measure: `share of near copies`, value: count / of, threshold: some, p: level },
    remedies: [mendData('Keep one of each, or part the rows by what they were measured on (`group`).')],
  };
}

/** A sample of both parts without exact repeats, which have a check of their own. `rows`: positions, those of the test part after `own`. */
function lookedAt({ development, test }: CheckedData, { random }: CheckContext) {
  const own = development.features.rowCount;
  const whole = test ? { ...development, features: stack(development.features, test.features) } : development;
  const keys = rowKeys(whole.features.columns, whole.features.rowCount);
  const once = distinctRows(keys);
  const chosen = random.fork('near').permutation(once.length).slice(0, mostRows).sort();
  const rows = Array.from(chosen, (i) => once[i]);
  const width = whole.features.columns.length;
  const columns =
    width > mostColumns ? random.fork('near columns').permutation(width).slice(0, mostColumns).sort() : undefined;
  const features = takeRows(
    columns ? { ...whole.features, columns: Array.from(columns, (i) => whole.features.columns[i]) } : whole.features,
    rows,
  );
  const parts = [
    rows.length < once.length && `${numberWords(rows.length)} of ${countWords(once.length, 'different row')}`,
    columns && `${mostColumns} of ${countWords(width, 'column')}`,
  ].filter((part) => typeof part === 'string');
  const sampled = parts.length > 0 ? `looked at ${listWords(parts)}, a random sample.` : undefined;
  return { table: { features, rows }, own, sampled };
}

/** Rows whose nearest neighbour is nearer than the spread of the rows allows. @param distances [rows x neighbours] */
function tooNear(distances: Float64Array): number[] {
  const rows = distances.length / neighbours;
  const first = Float64Array.from({ length: rows }, (_, row) => distances[row * neighbours]);
  const ratios = Float64Array.from({ length: rows }, (_, row) => {
    const last = distances[(row + 1) * neighbours - 1];
    return last > 0 ? first[row] / last : 1;
  });
  const usual = quantile(first.slice().sort(), 0.75);
  const quartile = quantile(ratios.slice().sort(), 0.75);
  // P(ratio^d < x) = 1 - (1 - x)^(k - 1): at the upper quartile that is 3/4.
  const dimensions = Math.min(mostDimensions, Math.log(1 - 0.25 ** (1 / (neighbours - 1))) / Math.log(quartile));
  if (!(dimensions > 0)) return [];
  return Array.from({ length: rows }, (_, row) => row).filter((row) => {
    const chance = 1 - (1 - ratios[row] ** dimensions) ** (neighbours - 1);
    return chance * rows < level && first[row] < veryNear * usual;
  });
}
