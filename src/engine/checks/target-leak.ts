import type { DataFinding } from '../../shared/results/data-findings.ts';
import { intervalWords, percentWords } from '../../shared/results/numbers.ts';
import type { Dataset } from '../data/dataset.ts';
import { type ColumnPower, columnPower, powerTarget } from './column-power.ts';
import { atMost, type CheckContext, type DataCheck, largest, mostFindings } from './data-check.ts';
import { ignoreColumn } from './remedies.ts';
import { sampledData } from './sampled-data.ts';

/** Deepchecks' threshold of the predictive power score (reference table), for our share of the loss. */
const almostAll = 0.8;
/**
 * Two thirds of the error by one column, twice what any other takes away, are rarely honest: of eighteen public tables one has such a column,
 * 560_bodyfat, whose density is what its target was computed from.
 */
const most = 0.65;
const dominance = 2;
const mostRows = 5000;
const mostCells = 4e6;

export interface RankedPower extends ColumnPower {
  readonly column: string;
}

/** Power of each column by itself, the most telling first, on a sample. */
export async function columnPowers(
  development: Dataset,
  { random, signal, enough, once }: CheckContext,
): Promise<{ readonly powers: readonly RankedPower[]; readonly sampled?: string }> {
  return once('column powers', async () => {
    const { data, sampled } = sampledData(development, { rows: mostRows, cells: mostCells }, random.fork('power'));
    const target = powerTarget(data.target, random.fork('power folds'));
    const powers: RankedPower[] = [];
    for (const column of data.features.columns) {
      signal.throwIfAborted();
      if (enough()) break;
      if (column.type === 'text' || column.type === 'image') continue;
      powers.push({ column: column.name, ...columnPower(column, target) });
    }
    return { powers: powers.sort((a, b) => b.power - a.power), ...(sampled && { sampled }) };
  });
}

/** Columns that tell the target so well by themselves that they may be made of it, or known only after it. */
export const targetLeak: DataCheck = {
  name: 'target-leak',
  title: 'Target leakage',
  asks: 'Does one column tell the target by itself?',
  cost: 'scan',
  async run({ development }, context) {
    const { powers, sampled } = await columnPowers(development, context);
    const leaking = powers.filter(({ power }) => power >= almostAll);
    const second = powers.find(({ power }) => power < almostAll && power !== powers[0].power)?.power ?? 0;
    const dominant =
      leaking.length === 0 && powers.length > 1 && powers[0].power >= most && powers[0].power >= dominance * second;
    return {
      findings: (dominant ? powers.slice(0, 1) : leaking.slice(0, mostFindings)).map((power) =>
        finding(power, dominant ? second : undefined),
      ),
      ...(sampled && { sampled }),
      ...atMost(
        'largest share of the error that a column takes away by itself',
        largest(powers.map(({ power }) => power)),
        almostAll,
      ),
    };
  },
};

function finding({ column, power, interval }: RankedPower, second?: number): DataFinding {
  const beside = second === undefined ? '' : `, the next best column ${percentWords(Math.max(0, second), 0)}`;
  return {
    check: 'target-leak',
    severity: second === undefined ? 'error' : 'warning',
    message: `"${column}" by itself takes away ${percentWords(power, 0)} of the error in telling the target (${intervalWords({ low: Math.max(0, interval.low), high: interval.high }, 2)})${beside}.`,
    columns: [column],
    evidence: {
      measure: 'share of the error that the column takes away by itself',
      value: power,
      threshold: second === undefined ? almostAll : most,
      interval,
    },
    remedies: [ignoreColumn(column)],
  };
}
