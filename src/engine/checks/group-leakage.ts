import { type DataFinding, shareWords } from '../../shared/results/data-findings.ts';
import { countWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import { cellNumbers } from '../data/cell-numbers.ts';
import { type Dataset, takeDataset } from '../data/dataset.ts';
import { distinctRows, rowKeys } from '../data/row-keys.ts';
import { type Column, cell, type Table } from '../data/table.ts';
import { correlationRatio, cramersV } from '../explain/association.ts';
import { ranks } from '../statistics/rank-correlation.ts';
import { atMost, type CheckContext, type CheckedData, type DataCheck, foundRows } from './data-check.ts';
import { comparableRows, nearestRows } from './nearest-rows.ts';
import { groupSplit, mendData } from './remedies.ts';
import { sampledData } from './sampled-data.ts';

const mostRows = 2000;
const mostColumns = 100;
/** Entities have several rows each, and there are many of them. */
const fewestEntities = 15;
const mostRowsEach = 100;
/** Half of the rows have their nearest neighbour in their own group: that neighbour is what judges them. */
const halfOfRows = 0.5;
/** And half of the columns are mostly a matter of the group: not one column that is another in other words. */
const halfOfColumns = 0.5;
const mostlyGroup = 0.5;

/** Rows of one entity (a patient, a machine) in both parts: the model recognises it rather than learning what holds for new ones. */
export const groupLeakage: DataCheck = {
  name: 'group-leak',
  title: 'Groups in both parts',
  asks: 'Are rows of one entity both learnt from and judged by?',
  cost: 'model',
  async run(data, context) {
    const declared = declaredOverlap(data);
    if (data.development.info.columns.some(({ role }) => role === 'group'))
      return { findings: declared, ...groupFigure(declared.length) };
    return undeclaredGroups(data.development, context);
  },
};

const groupFigure = (count: number) => atMost('columns whose groups are in both parts', count, 0);

/** Levels of the `group` column that a test file has in common with the rows that are learnt from. */
function declaredOverlap({ development, test }: CheckedData): DataFinding[] {
  const name = development.info.columns.find(({ role }) => role === 'group')?.name;
  const keys = (data: Dataset) => data.keys.columns.find((column) => column.name === name);
  const [own, other] = [keys(development), test && keys(test)];
  if (name === undefined || !own || !other || !test) return [];
  const known = new Set(Array.from({ length: development.features.rowCount }, (_, row) => cell(own, row)));
  const shared = Array.from({ length: test.features.rowCount }, (_, row) => row).filter((row) => {
    const group = cell(other, row);
    return group !== null && known.has(group);
  });
  if (shared.length === 0) return [];
  return [
    {
      check: 'group-leak',
      severity: 'error',
      message: `${shareWords(shared.length, test.features.rowCount, 'test row')} are of a "${name}" that the development part has rows of.`,
      columns: [name],
      rows: foundRows('test', test, shared),
      evidence: {
        measure: 'share of test rows of a known group',
        value: shared.length / test.features.rowCount,
        threshold: 0,
      },
      remedies: [mendData(`Part the files by "${name}".`)],
    },
  ];
}

async function undeclaredGroups(development: Dataset, { random, signal }: CheckContext) {
  const limits = { rows: mostRows, columns: mostColumns };
  // The nearest to a copy is its original, of whatever group: that has a check of its own.
  const once = distinctRows(rowKeys(development.features.columns, development.features.rowCount));
  const whole = once.length < development.features.rowCount ? takeDataset(development, once) : development;
  const { data, sampled } = sampledData(whole, limits, random.fork('groups'));
  const findings: DataFinding[] = [];
  for (const column of data.features.columns) {
    signal.throwIfAborted();
    const groups = groupCodes(column);
    if (!groups) continue;
    const others = { ...data.features, columns: data.features.columns.filter((other) => other !== column) };
    if (others.columns.length === 0) continue;
    const columns = shareOfColumns(groups.codes, others);
    if (columns < halfOfColumns) continue;
    const near = await shareNearest(groups.codes, others, signal);
    if (near < halfOfRows) continue;
    findings.push({
      check: 'group-leak',
      severity: 'error',
      message: `"${column.name}" parts the rows into ${countWords(groups.count, 'group')} of rows that are alike: the nearest to ${percentWords(near, 0)} of the rows is of their own group, and ${percentWords(columns, 0)} of the columns follow from it. A random split learns from some rows of a group and judges by others.`,
      columns: [column.name],
      evidence: {
        measure: 'share of rows whose nearest is of their own group',
        value: Number(numberWords(near, 4)),
        threshold: halfOfRows,
      },
      remedies: [groupSplit(column.name)],
    });
  }
  return { findings, ...(sampled && { sampled }), ...groupFigure(findings.length) };
}

/** [rows] group of each row by a column that could name entities: levels or whole numbers that repeat, many of them. */
function groupCodes(column: Column): { codes: Int32Array; count: number } | undefined {
  if (column.type !== 'category' && column.type !== 'integer') return undefined;
  const numbers = new Map<number, number>();
  const sizes: number[] = [];
  const codes = Int32Array.from(cellNumbers(column), (value, row) => {
    // A row without a group is a group of its own.
    const key = Number.isNaN(value) ? -1e15 - row : value;
    const group = numbers.get(key) ?? numbers.size;
    numbers.set(key, group);
    sizes[group] = (sizes[group] ?? 0) + 1;
    return group;
  });
  const entities = sizes.filter((size) => size > 1).length;
  const mean = codes.length / numbers.size;
  return entities >= fewestEntities && mean >= 1.5 && mean <= mostRowsEach ? { codes, count: numbers.size } : undefined;
}

/** Share of the columns of which the group explains most, beyond what as many groups explain by chance. */
function shareOfColumns(groups: Int32Array, { columns }: Table): number {
  const follows = columns.filter((column) => {
    if (column.kind === 'coded') return cramersV(groups, column.codes) ** 2 >= mostlyGroup;
    const known = Array.from(column.values.keys()).filter((row) => !Number.isNaN(column.values[row]));
    const values = ranks(known.map((row) => column.values[row]));
    return (
      correlationRatio(
        values,
        Int32Array.from(known, (row) => groups[row]),
      ) **
        2 >=
      mostlyGroup
    );
  });
  return follows.length / columns.length;
}

async function shareNearest(groups: Int32Array, others: Table, signal: AbortSignal): Promise<number> {
  const comparable = comparableRows(others);
  if (comparable.numbers + comparable.coded === 0) return 0;
  const { rows } = await nearestRows(comparable, 1, signal);
  let own = 0;
  for (let row = 0; row < groups.length; row++) if (rows[row] >= 0 && groups[rows[row]] === groups[row]) own++;
  return own / groups.length;
}
