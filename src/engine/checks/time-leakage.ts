import { chanceWords, type DataFinding, shareWords } from '../../shared/results/data-findings.ts';
import { numberWords } from '../../shared/results/numbers.ts';
import type { Dataset, Target } from '../data/dataset.ts';
import type { NumericColumn } from '../data/table.ts';
import { nominalSerialCorrelation, serialCorrelation } from '../statistics/serial-correlation.ts';
import { atMost, type CheckedData, type DataCheck, foundRows, mostFindings } from './data-check.ts';
import { mendData, timeSplit } from './remedies.ts';

const level = 0.005;
/** Correlation of the target from one moment to the next: small by Cohen (1988). */
const worthNoting = 0.1;

/** A split at random over rows that hang together in time: what is judged stands between what was learnt from. */
export const timeLeakage: DataCheck = {
  name: 'time-leak',
  title: 'Later rows in the development part',
  asks: 'Is the past predicted from the future?',
  cost: 'scan',
  unsuited: ({ development }) =>
    [...development.features.columns, ...development.keys.columns].some(({ type }) => type === 'date') ||
    development.info.columns.some(({ role }) => role === 'time')
      ? undefined
      : 'no column holds dates.',
  async run(data) {
    const declared = data.development.info.columns.find(({ role }) => role === 'time')?.name;
    const findings = declared === undefined ? undeclared(data.development) : overlap(data, declared);
    return { findings, ...atMost('dates along which later rows are learnt from', findings.length, 0) };
  },
};

/** Test rows that are not later than all that is learnt from. */
function overlap({ development, test }: CheckedData, name: string): DataFinding[] {
  const times = (data: Dataset) =>
    data.keys.columns.find((column): column is NumericColumn => column.name === name && column.kind === 'numeric');
  const [own, other] = [times(development), test && times(test)];
  if (!own || !other || !test) return [];
  const last = own.values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const early = Array.from(other.values.keys()).filter((row) => other.values[row] < last);
  if (early.length === 0) return [];
  return [
    {
      check: 'time-leak',
      severity: 'error',
      message: `${shareWords(early.length, other.values.length, 'test row')} are earlier than the last "${name}" that is learnt from.`,
      columns: [name],
      rows: foundRows('test', test, early),
      evidence: {
        measure: 'share of test rows that are not later',
        value: early.length / other.values.length,
        threshold: 0,
      },
      remedies: [mendData(`Cut both files at one "${name}".`)],
    },
  ];
}

/** Dates along which the target hangs together, in rows that are parted at random. */
function undeclared(development: Dataset): DataFinding[] {
  const dates = development.features.columns.filter(
    (column): column is NumericColumn => column.kind === 'numeric' && column.type === 'date',
  );
  const found = dates.map(({ name, values }) => ({ name, ...alongTime(values, development.target) }));
  return found
    .filter(({ p, effect }) => p * found.length < level && effect >= worthNoting)
    .slice(0, mostFindings)
    .map(({ name, effect, p }) => ({
      check: 'time-leak',
      severity: 'warning',
      message: `The target hangs together along "${name}" (it correlates by ${numberWords(effect, 2)} from one moment to the next, ${chanceWords(Math.min(1, p * found.length))}), but rows are parted at random: models know the days around those that they are judged by.`,
      columns: [name],
      evidence: {
        measure: 'correlation of the target from one moment to the next',
        value: effect,
        threshold: worthNoting,
        p: Math.min(1, p * found.length),
      },
      remedies: [timeSplit(name)],
    }));
}

/** The target in the order of time. */
function alongTime(times: Float64Array, target: Target): { effect: number; p: number } {
  const order = Array.from(times.keys()).filter((row) => !Number.isNaN(times[row]));
  order.sort((a, b) => times[a] - times[b] || a - b);
  const { correlation, p } =
    target.kind === 'classes'
      ? nominalSerialCorrelation(Int32Array.from(order, (row) => target.codes[row]))
      : serialCorrelation(order.map((row) => target.values[row]));
  return { effect: correlation, p };
}
