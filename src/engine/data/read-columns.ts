import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { ColumnType } from '../../shared/dataset.ts';
import { UserError } from '../../shared/faults.ts';
import { type ColumnProfile, dateSql, numberSql, readsDecimalCommas } from './column-profile.ts';
import { dateFormatOf } from './column-type.ts';
import { byPart, partOf } from './parts.ts';
import type { Source } from './source.ts';
import type { CodedColumn, Column, NumericColumn } from './table.ts';

/** A column of the source and the type it is to be read as. */
export interface ColumnRequest {
  readonly profile: ColumnProfile;
  readonly type: ColumnType;
}

/**
 * Reads columns of the source as typed arrays, in one pass over the rows of each part. Infinite numbers become missing (NaN). Levels of coded
 * columns are sorted: numbers by value, then words by their UTF-8 bytes.
 * Throws a UserError that names the row where a value is not a number or a date as its type demands.
 * @param advice what to do about such a value
 */
export async function readColumns(
  source: Source,
  requests: readonly ColumnRequest[],
  advice = adviceInFile,
): Promise<Column[]> {
  const readings = new Map<number, Reading>();
  for (const request of requests) readings.set(request.profile.position, await prepare(source, request, advice));
  for (const positions of byPart([...readings.keys()])) {
    const own = positions.map((position) => readings.get(position)!);
    await source.database.stream(
      `SELECT ${own.map(({ sql }, i) => `${sql} AS r${i}`).join(', ')} FROM ${partOf(positions[0])}`,
      (chunk, firstRow) => {
        for (let i = 0; i < own.length; i++) copy(chunk, i, own[i].column, firstRow);
      },
    );
  }
  return requests.map(({ profile }) => readings.get(profile.position)!.column);
}

const adviceInFile = 'Mend the value, leave the cell empty, or give the column another type under `types`.';

interface Reading {
  readonly sql: string;
  readonly column: Column;
}

async function prepare(source: Source, { profile, type }: ColumnRequest, advice: string): Promise<Reading> {
  const { name, position } = profile;
  switch (type) {
    case 'number':
    case 'integer': {
      const sql = numberSql(profile);
      const commas = readsDecimalCommas(profile) ? profile.decimalCommas : 0;
      if (profile.numbers + profile.infinities + commas < profile.present)
        await throwFirstBad(source, profile, sql, 'a number', advice);
      return { sql, column: numeric(name, type, source.rowCount) };
    }
    case 'date': {
      const sql = await dateReading(source, profile, advice);
      return { sql, column: numeric(name, type, source.rowCount) };
    }
    default: {
      const levels = await createLevels(source, position);
      const column: CodedColumn = { kind: 'coded', name, type, codes: new Int32Array(source.rowCount), levels };
      return {
        sql: levels.length === 0 ? '-1' : `coalesce(enum_code(c${position}::level${position})::INTEGER, -1)`,
        column,
      };
    }
  }
}

const numeric = (name: string, type: NumericColumn['type'], rows: number): NumericColumn => ({
  kind: 'numeric',
  name,
  type,
  values: new Float64Array(rows),
});

function copy(chunk: DuckDBDataChunk, index: number, column: Column, firstRow: number): void {
  const vector = chunk.getColumnVector(index);
  const rows = chunk.rowCount;
  if (column.kind === 'coded') {
    for (let i = 0; i < rows; i++) column.codes[firstRow + i] = vector.getItem(i) as number;
    return;
  }
  for (let i = 0; i < rows; i++) {
    const value = vector.getItem(i) as number | null;
    column.values[firstRow + i] = value !== null && Number.isFinite(value) ? value + 0 : Number.NaN; // -0 + 0 is 0
  }
}

/** Makes an enumeration of the column's values, whose codes DuckDB then reads for us; returns the values in order. */
async function createLevels(source: Source, position: number): Promise<string[]> {
  const levels = `levels${position}`;
  await source.database.run(
    `CREATE OR REPLACE TABLE ${levels} AS SELECT v FROM (SELECT c${position} AS v FROM ${partOf(position)})
     WHERE v IS NOT NULL GROUP BY v ORDER BY TRY_CAST(v AS DOUBLE) NULLS LAST, v`,
  );
  const values: string[] = [];
  await source.database.stream(`SELECT v FROM ${levels}`, (chunk) => {
    const vector = chunk.getColumnVector(0);
    for (let i = 0; i < chunk.rowCount; i++) values.push(vector.getItem(i) as string);
  });
  if (values.length > 0) await source.database.run(`CREATE TYPE level${position} AS ENUM (SELECT v FROM ${levels})`);
  return values;
}

async function dateReading(source: Source, profile: ColumnProfile, advice: string): Promise<string> {
  const format = dateFormatOf(profile);
  if (format) return dateSql(profile, format);
  if (profile.present === 0) return 'NULL::DOUBLE';
  const { dates, present, name } = profile;
  if (dates['day/month/year'] === present) {
    throw new UserError(
      'column-dates',
      `the dates of "${name}" could be day/month or month/day, such as "${profile.examples[0]}".`,
      {
        place: { file: source.shown },
        advice: 'Write them as year-month-day.',
      },
    );
  }
  return throwFirstBad(source, profile, dateSql(profile, 'year-month-day'), 'a date written year-month-day', advice);
}

/** Throws a UserError with the first value for which the SQL gives nothing. */
async function throwFirstBad(
  source: Source,
  profile: ColumnProfile,
  sql: string,
  wanted: string,
  advice: string,
): Promise<never> {
  const [bad] = await source.database.rows(
    `SELECT rowid::DOUBLE, v FROM (SELECT rowid, c${profile.position} AS v, ${sql} AS d FROM ${partOf(profile.position)})
     WHERE v IS NOT NULL AND d IS NULL ORDER BY rowid LIMIT 1`,
  );
  const [row, value] = bad;
  throw new UserError(
    'column-value',
    `"${value}" in column "${profile.name}", row ${Number(row) + 1}, is not ${wanted}.`,
    {
      place: { file: source.shown },
      advice,
    },
  );
}

/** Throws a UserError where a type given in the file asks for more than `readColumns` checks: whole numbers, two values. */
export async function checkGivenType(source: Source, { profile, type }: ColumnRequest): Promise<void> {
  if (type === 'integer' && profile.numbers === profile.present && profile.whole < profile.present) {
    const whole = `CASE WHEN (${numberSql(profile)}) = floor(${numberSql(profile)}) THEN 1 END`;
    await throwFirstBad(source, profile, whole, 'a whole number', adviceInFile);
  }
  if (type === 'boolean' && profile.distinct > 2) {
    throw new UserError(
      'column-value',
      `column "${profile.name}" cannot be boolean: ${profile.distinct} different values stand there, such as "${profile.examples.join('", "')}".`,
      { place: { file: source.shown }, advice: 'Give it the type category.' },
    );
  }
}
