import { chanceWords } from '../../shared/results/data-findings.ts';
import { countWords, listWords, numberWords } from '../../shared/results/numbers.ts';
import { targetColumn } from '../data/alike-rows.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Column } from '../data/table.ts';
import type { Random } from '../random.ts';
import { holm } from '../statistics/holm.ts';
import {
  nominalSerialCorrelation,
  type SerialCorrelation,
  serialCorrelation,
} from '../statistics/serial-correlation.ts';
import { atMost, type CheckContext, type DataCheck } from './data-check.ts';
import { comparableRows, type NearestRows, nearestRows } from './nearest-rows.ts';
import { mendData, timeSplit } from './remedies.ts';
import { sampledData } from './sampled-data.ts';

const level = 0.005;
/** Correlation of one row with the next that is worth a word: small by Cohen (1988). */
const worthNoting = 0.1;
/** Neighbours stand so much nearer in the file than any two rows. */
const worthNotingOfNeighbours = 0.05;
/** cleanlab's (reference table) are 10 and 25. */
const neighbours = 10;
const permutations = 399;
const mostRows = 2000;
const mostRowsOfColumns = 5000;
const mostCells = 4e6;
const mostColumns = 200;

/**
 * Is the order of rows in the file telling? Column by column, how alike a row is to the next (by ranks, Bartels 1982, or by equal
 * levels); and of whole rows, whether the nearest stand nearer in the file than chance (cleanlab's test, by permutations).
 */
export const rowOrder: DataCheck = {
  name: 'order',
  title: 'Order of the rows',
  asks: 'Are rows that stand together in the file alike?',
  cost: 'model',
  unsuited: ({ development }) =>
    development.info.columns.some(({ role }) => role === 'time') ? 'the rows are parted by their time.' : undefined,
  async run({ development }, context) {
    const columns = alikeNeighbours(development, context);
    const { effect, p, sampled } = await nearInFile(development, context);
    const near = p < level && effect >= worthNotingOfNeighbours;
    const strongest = columns[0];
    const figure = strongest
      ? atMost('largest correlation with the next row beyond chance', strongest.effect, worthNoting)
      : atMost('how much nearer neighbours stand in the file', effect, worthNotingOfNeighbours);
    if (!strongest && !near) return { findings: [], ...(sampled && { sampled }), ...figure };
    const dates = development.features.columns.filter(({ type }) => type === 'date');
    const names = columns.slice(0, 5).map(({ column }) => `"${column}"`);
    const message = strongest
      ? `A row is like the next one in ${listWords(names)}${columns.length > 5 ? ` and ${countWords(columns.length - 5, 'more column')}` : ''}: "${strongest.column}" correlates by ${numberWords(strongest.effect, 2)} with the next row (${chanceWords(strongest.p)}).`
      : `Rows that are alike stand nearer in the file than chance allows, by ${numberWords(100 * effect, 2)} % (${chanceWords(p)}).`;
    return {
      findings: [
        {
          check: 'order',
          severity: 'warning',
          message,
          columns: columns.map(({ column }) => column),
          evidence: strongest
            ? {
                measure: 'correlation with the next row',
                value: strongest.effect,
                threshold: worthNoting,
                p: strongest.p,
              }
            : { measure: 'how much nearer neighbours stand', value: effect, threshold: worthNotingOfNeighbours, p },
          remedies: [
            ...dates.slice(0, 1).map(({ name }) => timeSplit(name)),
            mendData(
              'Rows are parted at random, which is right for a file that was sorted; where they were measured one after the other, or in groups, part them by `time` or `group`.',
            ),
          ],
        },
      ],
      ...(sampled && { sampled }),
      ...figure,
    };
  },
};

/** Columns, the target too, in which a row is like the next. The first rows of a large file stand for all: a sample would tear neighbours apart. */
function alikeNeighbours(development: Dataset, { signal }: CheckContext) {
  const columns = [...development.features.columns, targetColumn(development)];
  const rows = Math.min(mostRowsOfColumns, Math.max(500, Math.floor(mostCells / columns.length)));
  const tests = columns.map((column) => {
    signal.throwIfAborted();
    const { correlation, p } = alikeNext(column, rows);
    return { column: column.name, effect: correlation, p };
  });
  const chances = holm(tests.map(({ p }) => p));
  return tests
    .map((test, i) => ({ ...test, p: chances[i] }))
    .filter(({ p, effect }) => p < level && effect >= worthNoting)
    .sort((a, b) => b.effect - a.effect);
}

function alikeNext(column: Column, rows: number): SerialCorrelation {
  if (column.kind === 'coded')
    return nominalSerialCorrelation(column.codes.subarray(0, rows).filter((code) => code >= 0));
  return serialCorrelation(column.values.subarray(0, rows).filter((value) => !Number.isNaN(value)));
}

/** How much nearer in the file the nearest rows are than any two, as a share, and the chance of it. */
async function nearInFile(development: Dataset, { random, signal }: CheckContext) {
  const limits = { rows: mostRows, columns: mostColumns };
  const { data, sampled } = sampledData(development, limits, random.fork('order'));
  const comparable = comparableRows(data.features);
  const count = Math.min(neighbours, data.features.rowCount - 1);
  if (comparable.numbers + comparable.coded === 0 || count < 1) return { effect: 0, p: 1, sampled };
  const near = await nearestRows(comparable, count, signal);
  return { ...permutationTest(near, data.features.rowCount, random.fork('order permutations')), sampled };
}

function permutationTest(near: NearestRows, rows: number, random: Random): { effect: number; p: number } {
  const place = Uint32Array.from({ length: rows }, (_, row) => row);
  const observed = meanGap(near, place);
  let [below, sum] = [0, 0];
  for (let i = 0; i < permutations; i++) {
    const gap = meanGap(near, random.permutation(rows));
    if (gap <= observed) below++;
    sum += gap;
  }
  return { effect: 1 - observed / (sum / permutations), p: (1 + below) / (1 + permutations) };
}

/** Mean number of places between a row and its neighbours. */
function meanGap({ rows, count }: NearestRows, place: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < rows.length; i++)
    if (rows[i] >= 0) sum += Math.abs(place[Math.floor(i / count)] - place[rows[i]]);
  return sum / rows.length;
}
