import { shareWords } from '../../shared/results/data-findings.ts';
import { numberWords } from '../../shared/results/numbers.ts';
import { mean } from '../statistics/mean.ts';
import { quantile } from '../statistics/quantile.ts';
import { atMost, type DataCheck, foundRows } from './data-check.ts';
import { comparableRows, nearestRows } from './nearest-rows.ts';
import { mendData } from './remedies.ts';
import { sampledData } from './sampled-data.ts';

/** As the tools' (reference table). */
const neighbours = 10;
/** Cries wolf at most so often. */
const level = 0.01;
/** Of logarithms of distances, beyond the upper quartile: outside by Tukey (1977). */
const farOut = 1.5;
/** And at least so many times as far as the middle row, where distances hardly differ. */
const leastRatio = 4;
/** The rows whose distances make up the tail, and those that may be outliers. */
const tailShare = 0.25;
const mostFar = 0.1;
const mostRows = 2000;
const mostColumns = 200;
const fewestRows = 50;

/**
 * Rows far from all others, and set apart from them: their mean distance to the ten nearest, on a logarithmic scale. In a tail that falls by a power,
 * however long, the i-th logarithm from the top is above the next by g with a chance of exp(-a i g) (Renyi 1953), where 1 / a is the mean of the tail
 * (Hill 1975): a gap that is too wide for that has slips above it. The tools' Q3 + 1.7 IQR calls every long tail outliers.
 */
export const outliers: DataCheck = {
  name: 'outliers',
  title: 'Outliers',
  asks: 'Are rows far from all others?',
  cost: 'model',
  unsuited: ({ development: { features } }) =>
    features.rowCount < fewestRows ? `there are fewer than ${fewestRows} rows.` : undefined,
  async run({ development }, { random, signal }) {
    const limits = { rows: mostRows, columns: mostColumns };
    const { data, sampled } = sampledData(development, limits, random.fork('outliers'));
    const comparable = comparableRows(data.features);
    if (comparable.numbers === 0) return { findings: [], ...(sampled && { sampled }) };
    const { distances } = await nearestRows(comparable, neighbours, signal);
    const logs = Float64Array.from({ length: data.features.rowCount }, (_, row) => {
      let sum = 0;
      for (let i = 0; i < neighbours; i++) sum += distances[row * neighbours + i];
      return Math.log(Math.max(sum / neighbours, 1e-6));
    });
    const { bound, middle, p } = setApart(logs);
    const far = Array.from(logs.keys()).filter((row) => logs[row] > bound);
    const figure = atMost('rows set apart from all others', far.length, 0);
    if (far.length === 0) return { findings: [], ...(sampled && { sampled }), ...figure };
    far.sort((a, b) => logs[b] - logs[a] || a - b);
    const largest = Math.exp(logs[far[0]] - middle);
    return {
      findings: [
        {
          check: 'outliers',
          severity: 'warning',
          message: `${shareWords(far.length, logs.length)} are far from all others, the farthest ${numberWords(largest, 2)} times as far as the middle one.`,
          columns: [],
          rows: foundRows('development', data, far),
          evidence: {
            measure: 'distance to the ten nearest, middle row = 1',
            value: largest,
            threshold: Math.exp(bound - middle),
            p,
          },
          remedies: [
            mendData(
              'See whether their values are slips (a unit, a decimal point, a code such as 999) before anything learns from them.',
            ),
          ],
        },
      ],
      ...(sampled && { sampled }),
      ...figure,
    };
  },
};

/** Where the rows that are set apart begin: infinite where none are. */
function setApart(logs: Float64Array): { bound: number; middle: number; p: number } {
  const sorted = logs.slice().sort();
  const [lower, middle, upper] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share));
  const least = Math.max(upper + farOut * (upper - lower), middle + Math.log(leastRatio));
  const tail = sorted.subarray(sorted.length - Math.floor(tailShare * sorted.length));
  const slope = 1 / Math.max(1e-9, mean(tail) - upper);
  const most = Math.max(1, Math.floor(mostFar * sorted.length));
  for (let above = most; above >= 1; above--) {
    const [low, high] = [sorted[sorted.length - above - 1], sorted[sorted.length - above]];
    const p = most * Math.exp(-slope * above * (high - low));
    if (high > least && p < level) return { bound: Math.max(low, least), middle, p };
  }
  return { bound: Number.POSITIVE_INFINITY, middle, p: 1 };
}
