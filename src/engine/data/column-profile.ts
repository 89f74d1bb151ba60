import { sqlText } from './database.ts';
import { missingSpellings } from './missing-values.ts';
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
  /** At most three values, the most frequent first. */
  readonly examples: readonly string[];
}

const number = '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?';
const infinity = '[+-]?([iI]nf(inity)?|INF(INITY)?)';
const decimalComma = '[+-]?[0-9]*,[0-9]+([eE][+-]?[0-9]+)?';
const isoDate = '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?( ?(Z|UTC|[+-][0-9]{2}(:?[0-9]{2})?))?)?';

/** Ways to write a date that are understood; the value is SQL for a timestamp in UTC, null where it does not apply. */
export const dateFormats = {
  'year-month-day': (v: string) =>
    `CASE WHEN regexp_full_match(${v}, '${isoDate}') THEN TRY_CAST(TRY_CAST(${v} AS TIMESTAMPTZ) AS TIMESTAMP) END`,
  'year/month/day': (v: string) => `try_strptime(${v}, '%Y/%m/%d')`,
  'day.month.year': (v: string) => `try_strptime(${v}, '%d.%m.%Y')`,
  'day/month/year': (v: string) => `try_strptime(${v}, '%d/%m/%Y')`,
  'month/day/year': (v: string) => `try_strptime(${v}, '%m/%d/%Y')`,
} as const;
export type DateFormat = keyof typeof dateFormats;

const matches = (v: string, pattern: string) => `regexp_full_match(${v}, ${sqlText(pattern)})`;

/** SQL for the text of a column, null where it spells 'no value'. */
export const presentText = (position: number): string =>
  `CASE WHEN c${position} NOT IN (${missingSpellings.map(sqlText).join(', ')}) THEN c${position} END`;

/** SQL for a column's numbers: infinite where they overflow, null where the text is not a number. */
export function numberSql(profile: ColumnProfile): string {
  const v = readsDecimalCommas(profile) ? `replace(${presentText(profile.position)}, ',', '.')` : presentText(profile.position);
  return `CASE WHEN ${matches(v, number)} THEN coalesce(TRY_CAST(${v} AS DOUBLE), 'inf'::DOUBLE)
    WHEN ${matches(v, infinity)} THEN 'inf'::DOUBLE END`;
}

/** SQL for a column's dates, milliseconds since 1970-01-01 UTC as a double. */
export const dateSql = (profile: ColumnProfile, format: DateFormat): string =>
  `epoch_ms(${dateFormats[format](`(${presentText(profile.position)})`)})::DOUBLE`;

/** Whether commas in numbers are read as decimal points: all values are numbers so, and not all could be thousands. */
export const readsDecimalCommas = (profile: ColumnProfile): boolean =>
  profile.decimalCommas > profile.thousandsLike && profile.numbers + profile.infinities + profile.decimalCommas === profile.present;

/** Looks at one column of the source. */
export async function profileColumn(source: Source, position: number): Promise<ColumnProfile> {
  const column = `c${position}`;
  const spelled = await source.database.rows(
    `SELECT ${column}, count(*)::DOUBLE FROM source WHERE ${column} IN (${missingSpellings.map(sqlText).join(', ')}) AND ${column} <> '' GROUP BY 1 ORDER BY 1`,
  );
  const count = (condition: string) => `count(*) FILTER (WHERE ${condition})::DOUBLE`;
  const isNumber = matches('v', number);
  const [[rows, present, distinct, numbers, infinities, whole, beyondDouble, leadingZeros, commas, thousands, length, words, ...dates]] =
    await source.database.rows(
      `SELECT count(*)::DOUBLE, count(v)::DOUBLE, count(DISTINCT v)::DOUBLE, ${count(`${isNumber} AND d IS NOT NULL`)}, ${count(`${matches('v', infinity)} OR (${isNumber} AND d IS NULL)`)},
        ${count(`${isNumber} AND d = floor(d)`)}, ${count(`${matches('v', '[+-]?[0-9]+')} AND abs(coalesce(d, 'inf')) > 9007199254740992`)},
        ${count(matches('v', '[+-]?0[0-9]+'))}, ${count(matches('v', decimalComma))}, ${count(matches('v', '[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+'))},
        coalesce(avg(length(v)), 0)::DOUBLE, coalesce(avg(1 + length(v) - length(replace(v, ' ', ''))), 0)::DOUBLE,
        ${Object.values(dateFormats).map((sql) => `count(${sql('v')})::DOUBLE`).join(', ')}
       FROM (SELECT v, TRY_CAST(v AS DOUBLE) AS d FROM (SELECT ${presentText(position)} AS v FROM source))`,
    );
  const examples = await source.database.rows(
    `SELECT v FROM (SELECT ${presentText(position)} AS v FROM source) WHERE v IS NOT NULL GROUP BY v ORDER BY count(*) DESC, v LIMIT 3`,
  );
  return {
    name: source.names[position],
    position,
    rows: Number(rows),
    present: Number(present),
    distinct: Number(distinct),
    missingSpellings: Object.fromEntries(spelled.map(([text, times]) => [String(text), Number(times)])),
    numbers: Number(numbers),
    infinities: Number(infinities),
    whole: Number(whole),
    beyondDouble: Number(beyondDouble),
    leadingZeros: Number(leadingZeros),
    decimalCommas: Number(commas),
    thousandsLike: Number(thousands),
    dates: Object.fromEntries(Object.keys(dateFormats).map((format, i) => [format, Number(dates[i])])) as Record<DateFormat, number>,
    meanLength: Number(length),
    meanWords: Number(words),
    examples: examples.map(([text]) => String(text)),
  };
}
