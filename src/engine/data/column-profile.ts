import { sqlText } from './database.ts';
import { countByColumn, partOf } from './parts.ts';
import type { Source } from './source.ts';

/** What the text of one column looks like: counts over the values that are not missing, unless said otherwise. */
export interface ColumnProfile {
  readonly name: string;
  /** Position in the file, from 0; the column is c<position> in the source. */
  readonly position: number;
  readonly rows: number;
  readonly present: number;
  readonly distinct: number;
  /** How often each spelling of 'no value' stands here; empty cells are not counted. */
  readonly missingSpellings: Readonly<Record<string, number>>;
  /** Written as a number: 12, -3.5, 1e-4. Infinities are counted apart. */
  readonly numbers: number;
  /** Written inf, or as a number beyond the range of a double. */
  readonly infinities: number;
  /** Numbers without a fractional part, 3.0 among them. */
  readonly whole: number;
  /** Whole numbers beyond 2^53, which a double cannot hold. */
  readonly beyondDouble: number;
  /** Written like 007. */
  readonly leadingZeros: number;
  /** Written like 3,5; `thousandsLike` of them could also be 1,234 meaning 1234. */
  readonly decimalCommas: number;
  readonly thousandsLike: number;
  readonly dates: Readonly<Record<DateFormat, number>>;
  readonly meanLength: number;
  readonly meanWords: number;
  /** At most three values, the most frequent first; none for numbers of more than two values. */
  readonly examples: readonly string[];
}

const numberPattern = '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?';
const infinityPattern = '[+-]?([iI]nf(inity)?|INF(INITY)?)';
const isoDate =
  '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?( ?(Z|UTC|[+-][0-9]{2}(:?[0-9]{2})?))?)?';

// Parsing is slow: most values are told apart by their shape first.
const parsedWhere = (v: string, shape: string, format: string) =>
  `CASE WHEN regexp_full_match(${v}, '${shape}') THEN try_strptime(${v}, '${format}') END`;

/** Ways to write a date that are understood; the value is SQL for a timestamp in UTC, null where it does not apply. */
export const dateFormats = {
  'year-month-day': (v: string) =>
    `CASE WHEN regexp_full_match(${v}, '${isoDate}') THEN TRY_CAST(TRY_CAST(${v} AS TIMESTAMPTZ) AS TIMESTAMP) END`,
  'year/month/day': (v: string) => parsedWhere(v, '[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}', '%Y/%m/%d'),
  'day.month.year': (v: string) => parsedWhere(v, '[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4}', '%d.%m.%Y'),
  'day/month/year': (v: string) => parsedWhere(v, '[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}', '%d/%m/%Y'),
  'month/day/year': (v: string) => parsedWhere(v, '[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}', '%m/%d/%Y'),
} as const;
export type DateFormat = keyof typeof dateFormats;

const matches = (v: string, pattern: string) => `regexp_full_match(${v}, ${sqlText(pattern)})`;

/** SQL for a column's numbers: infinite where they overflow, null where the text is not a number. */
export function numberSql(profile: ColumnProfile): string {
  const v = readsDecimalCommas(profile) ? `replace(c${profile.position}, ',', '.')` : `c${profile.position}`;
  return `CASE WHEN ${matches(v, numberPattern)} THEN coalesce(TRY_CAST(${v} AS DOUBLE), 'inf'::DOUBLE)
    WHEN ${matches(v, infinityPattern)} THEN 'inf'::DOUBLE END`;
}

/** SQL for a column's dates, milliseconds since 1970-01-01 UTC as a double. */
export const dateSql = (profile: ColumnProfile, format: DateFormat): string =>
  `epoch_ms(${dateFormats[format](`c${profile.position}`)})::DOUBLE`;

/** Whether commas in numbers are read as decimal points: all values are numbers so, and not all could be thousands. */
export const readsDecimalCommas = (profile: ColumnProfile): boolean =>
  profile.decimalCommas > profile.thousandsLike &&
  profile.numbers + profile.infinities + profile.decimalCommas === profile.present;

const count = (condition: string) => `count(*) FILTER (WHERE ${condition})::DOUBLE`;
const number = (value: unknown) => Number(value);

/** Looks at columns of the source, in their order; patterns that only words can match are tried only where words are. */
export async function profileColumns(source: Source, positions: readonly number[]): Promise<ColumnProfile[]> {
  const counts = await countByColumn(source.database, source.rowCount, positions, numberCounts);
  const profiles: ColumnProfile[] = [];
  for (const [i, position] of positions.entries()) {
    const [present, distinct, numbers, infinities, whole, beyondDouble, leadingZeros] = counts[i];
    const own = { present, distinct, numbers, infinities, whole, beyondDouble, leadingZeros };
    profiles.push(await profileColumn(source, position, own));
  }
  return profiles;
}

async function profileColumn(source: Source, position: number, counts: NumberCounts): Promise<ColumnProfile> {
  const isNumeric = counts.numbers + counts.infinities === counts.present;
  return {
    name: source.names[position],
    position,
    rows: source.rowCount,
    missingSpellings: source.missing[position],
    ...counts,
    ...(isNumeric ? noPatterns : await countPatterns(source, position)),
    examples: isNumeric && counts.distinct > 2 ? [] : await frequentValues(source, position),
  };
}

type NumberCounts = Pick<
  ColumnProfile,
  'present' | 'distinct' | 'numbers' | 'infinities' | 'whole' | 'beyondDouble' | 'leadingZeros'
>;

const isNumber = matches('v', numberPattern);
const d = 'TRY_CAST(v AS DOUBLE)';

/** SQL for each of `NumberCounts`. */
const numberCounts = [
  'count(v)::DOUBLE',
  'count(DISTINCT v)::DOUBLE',
  count(`isfinite(${d}) AND ${isNumber}`),
  count(`NOT coalesce(isfinite(${d}), false) AND (${matches('v', infinityPattern)} OR ${isNumber})`),
  count(`${d} = floor(${d}) AND isfinite(${d}) AND ${isNumber}`),
  count(`abs(${d}) > 9007199254740992 AND ${matches('v', '[+-]?[0-9]+')}`),
  count(`(v LIKE '0_%' OR v LIKE '-0_%' OR v LIKE '+0_%') AND ${matches('v', '[+-]?0[0-9]+')}`),
];

type PatternCounts = Pick<ColumnProfile, 'decimalCommas' | 'thousandsLike' | 'dates' | 'meanLength' | 'meanWords'>;

const formats = Object.keys(dateFormats) as DateFormat[];
const noPatterns: PatternCounts = {
  decimalCommas: 0,
  thousandsLike: 0,
  dates: Object.fromEntries(formats.map((format) => [format, 0])) as Record<DateFormat, number>,
  meanLength: 0,
  meanWords: 0,
};

async function countPatterns({ database }: Source, position: number): Promise<PatternCounts> {
  const v = `c${position}`;
  const [row] = await database.rows(
    `SELECT ${count(matches(v, '[+-]?[0-9]*,[0-9]+([eE][+-]?[0-9]+)?'))}, ${count(matches(v, '[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+'))},
      coalesce(avg(length(${v})), 0)::DOUBLE, coalesce(avg(1 + length(${v}) - length(replace(${v}, ' ', ''))), 0)::DOUBLE,
      ${formats.map((format) => `count(${dateFormats[format](v)})::DOUBLE`).join(', ')}
     FROM ${partOf(position)}`,
  );
  const [decimalCommas, thousandsLike, meanLength, meanWords, ...dates] = row.map(number);
  return {
    decimalCommas,
    thousandsLike,
    dates: Object.fromEntries(formats.map((format, i) => [format, dates[i]])) as Record<DateFormat, number>,
    meanLength,
    meanWords,
  };
}

async function frequentValues({ database }: Source, position: number): Promise<string[]> {
  const rows = await database.rows(
    `SELECT c${position} FROM ${partOf(position)} WHERE c${position} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 3`,
  );
  return rows.map(([text]) => String(text));
}
