import type { DatasetInfo } from '../../../shared/dataset.ts';
import { byName, numbersOf } from '../../data/encoders/raw-columns.ts';
import type { Column, Table } from '../../data/table.ts';
import { freshNames, numericColumn } from '../new-columns.ts';
import { type ColumnGradients, choiceOf, type Step, type Transform } from '../step.ts';

const day = 86_400_000;
/** Within less than this a season cannot be told from the course of time. */
const seasonal = 300 * day;
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** A number that a date holds; where it turns round smoothly, with its slope a millisecond. NaN where missing. */
interface Part {
  of(time: number): number;
  slope?(time: number): number;
}

const yearStart = (date: Date) => Date.UTC(date.getUTCFullYear(), 0, 1);
const yearLength = (date: Date) => Date.UTC(date.getUTCFullYear() + 1, 0, 1) - yearStart(date);
/** Angle, in radians, of a time in its year and in its day, and how fast it turns. */
const inYear = (time: number) => {
  const date = new Date(time);
  return { angle: (2 * Math.PI * (time - yearStart(date))) / yearLength(date), pace: (2 * Math.PI) / yearLength(date) };
};
const inDay = (time: number) => ({ angle: (2 * Math.PI * time) / day, pace: (2 * Math.PI) / day });

const circle = (turn: (time: number) => { angle: number; pace: number }): [Part, Part] => [
  { of: (time) => Math.sin(turn(time).angle), slope: (time) => Math.cos(turn(time).angle) * turn(time).pace },
  { of: (time) => Math.cos(turn(time).angle), slope: (time) => -Math.sin(turn(time).angle) * turn(time).pace },
];
const [yearSine, yearCosine] = circle(inYear);
const [daySine, dayCosine] = circle(inDay);

const parts = {
  year: { of: (time) => new Date(time).getUTCFullYear() },
  month: { of: (time) => new Date(time).getUTCMonth() + 1 },
  'day of month': { of: (time) => new Date(time).getUTCDate() },
  weekday: { of: (time) => new Date(time).getUTCDay() },
  hour: { of: (time) => new Date(time).getUTCHours() },
  'year, sine': yearSine,
  'year, cosine': yearCosine,
  'day, sine': daySine,
  'day, cosine': dayCosine,
} as const satisfies Record<string, Part>;
type PartName = keyof typeof parts;

/** Circles of numbers that turn smoothly for learners that add up; plain numbers for those that cut. The weekday is a level for the former. */
const partsFor: Readonly<Record<'additive' | 'cutting', readonly PartName[]>> = {
  additive: ['year, sine', 'year, cosine', 'weekday', 'day, sine', 'day, cosine'],
  cutting: ['year', 'month', 'day of month', 'weekday', 'hour'],
};

export interface DateState {
  readonly columns: readonly {
    readonly name: string;
    /** Those that vary among the training rows, with the names of their columns. */
    readonly parts: readonly { readonly part: PartName; readonly output: string }[];
  }[];
  readonly weekdayIsLevel: boolean;
}

/** Takes dates apart (UTC); the date itself stays, as a number that grows with time. */
export const dates: Step<DateState> = {
  name: 'dates',
  parameters: ({ columns }: DatasetInfo, need) =>
    columns.some(({ type, role }) => type === 'date' && role === 'feature')
      ? [choiceOf('dates', ['parts', 'number'], need === 'distances' ? 'number' : 'parts', false)]
      : [],
  learn({ features, need }, params) {
    if (params.dates !== 'parts') return null;
    const fresh = freshNames(features);
    const candidates = partsFor[need === 'native' ? 'cutting' : 'additive'];
    const columns = byName(features)
      .filter(({ type }) => type === 'date')
      .map(({ name }) => {
        const times = numbersOf(features, name);
        const known = reach(times) > seasonal ? candidates : candidates.filter((part) => !isSeason(part));
        const varying = known.filter((part) => varies(times, parts[part]));
        return { name, parts: varying.map((part) => ({ part, output: fresh(`${name} (${part})`) })) };
      })
      .filter((column) => column.parts.length > 0);
    if (columns.length === 0) return null;
    return { state: { columns, weekdayIsLevel: need !== 'native' }, words: 'dates taken apart' };
  },
  restore: ({ columns, weekdayIsLevel }): Transform => ({
    apply: (table) => ({
      ...table,
      columns: [
        ...table.columns,
        ...columns.flatMap(({ name, parts }) => {
          const times = numbersOf(table, name);
          return parts.map(({ part, output }) => partColumn(times, part, output, weekdayIsLevel));
        }),
      ],
    }),
    gradientBefore: (before, after) => new Map([...after, ...columns.map((column) => byTime(before, after, column))]),
    made: () =>
      columns.flatMap(({ name, parts }) =>
        parts.map(({ part, output }) => ({ column: output, of: [name], words: madeWords(name, part) })),
      ),
  }),
};

/** 'the weekday of seen on'; of a circle, that it comes back to where it began. */
function madeWords(name: string, part: PartName): string {
  const [circle, side] = part.split(', ');
  return side
    ? `the ${side} of the time of ${circle} of ${name}, which turns in a circle`
    : `the ${part} of ${name} (UTC)`;
}

const isSeason = (part: PartName) => part === 'month' || part.startsWith('year, ');

function reach(times: Float64Array): number {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const time of times) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return last - first;
}

function varies(times: Float64Array, { of }: Part): boolean {
  let first = Number.NaN;
  for (const time of times) {
    const value = of(time);
    if (Number.isNaN(value)) continue;
    if (Number.isNaN(first)) first = value;
    // Two midnights differ by rounding alone on their circle.
    else if (Math.abs(value - first) > 1e-9) return true;
  }
  return false;
}

function partColumn(times: Float64Array, part: PartName, output: string, weekdayIsLevel: boolean): Column {
  const values = times.map(parts[part].of);
  if (part !== 'weekday' || !weekdayIsLevel) return numericColumn(output, values, slopeOf(part) ? 'number' : 'integer');
  const codes = Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : value));
  return { kind: 'coded', name: output, type: 'category', codes, levels: weekdays };
}

const slopeOf = (part: PartName): Part['slope'] => (parts[part] as Part).slope;

/** The date's own gradient, and what its circles add. */
function byTime(
  before: Table,
  after: ColumnGradients,
  { name, parts }: DateState['columns'][number],
): [string, Float64Array] {
  const times = numbersOf(before, name);
  const gradient = Float64Array.from(after.get(name) ?? times, (value) => (after.has(name) ? value : 0));
  for (const { part, output } of parts) {
    const slope = slopeOf(part);
    const byPart = after.get(output);
    if (slope && byPart) for (let row = 0; row < times.length; row++) gradient[row] += byPart[row] * slope(times[row]);
  }
  return [name, gradient];
}
