import { chanceWords } from '../../shared/results/data-findings.ts';
import { numberWords } from '../../shared/results/numbers.ts';
import { targetColumn } from '../data/alike-rows.ts';
import type { Dataset } from '../data/dataset.ts';
import { stack } from '../data/stack.ts';
import type { CodedColumn, Column } from '../data/table.ts';
import { independence } from '../statistics/chi-squared.ts';
import { holm } from '../statistics/holm.ts';
import { kolmogorovSmirnov } from '../statistics/kolmogorov-smirnov.ts';
import { ascending, levelCounts, missingFlags } from './column-cells.ts';
import { atMost, type CheckContext, type DataCheck, largest, mostFindings } from './data-check.ts';
import { mendData, timeSplit } from './remedies.ts';
import { sampledData } from './sampled-data.ts';

/** All columns together cry wolf at most so often. */
const level = 0.01;
/** Evidently's bound for Jensen-Shannon and Wasserstein distances (reference table), as a gap of shares or Cramer's V. */
const worthNoting = 0.1;
/** Deepchecks' bound (reference table): from here on the parts are of different worlds. */
const large = 0.2;
const mostRows = 20_000;
const mostCells = 1e7;
/** A level with fewer rows in both parts is joined with other such: the chi-squared limit needs some (Cochran 1954). */
const fewestExpected = 5;

/** A column that differs between the parts, and by how much. */
export interface ColumnDrift {
  readonly column: string;
  /** Largest gap of the distribution functions, or Cramer's V; 0 to 1. */
  readonly effect: number;
  /** Corrected for the number of columns. */
  readonly p: number;
  readonly of: 'values' | 'gaps';
}

/** Every column and the target, development part against test part, the largest effect first. */
export function columnDrifts(
  development: Dataset,
  test: Dataset,
  { signal }: Pick<CheckContext, 'signal'>,
): ColumnDrift[] {
  const own = development.features.rowCount;
  const all = (data: Dataset) => ({
    rowCount: data.features.rowCount,
    columns: [...data.features.columns, targetColumn(data)],
  });
  const both = stack(all(development), all(test));
  const tests = both.columns.flatMap((column) => {
    signal.throwIfAborted();
    return [{ column: column.name, ...valueDrift(column, own) }, ...gapDrift(column, own)];
  });
  const chances = holm(tests.map(({ p }) => p));
  return tests.map((drift, i) => ({ ...drift, p: chances[i] })).sort((a, b) => b.effect - a.effect);
}

/** Columns whose values are distributed otherwise among the test rows than among the rows that are learnt from. */
export const columnDrift: DataCheck = {
  name: 'drift',
  title: 'Drift of a column',
  asks: 'Has a column other values in the test part?',
  cost: 'scan',
  unsuited: ({ test }) => (test ? undefined : 'no rows are kept for a final score.'),
  async run({ development: wholeDevelopment, test: wholeTest }, context) {
    if (!wholeTest) return { findings: [] };
    const limits = { rows: mostRows, cells: mostCells };
    const { data: development, sampled } = sampledData(wholeDevelopment, limits, context.random.fork('drift'));
    const { data: test } = sampledData(wholeTest, limits, context.random.fork('drift'));
    const keys = development.info.columns.filter(({ role }) => role === 'group' || role === 'time');
    // Rows of one group or time are alike, so that chances for independent rows are too sure: only large effects count.
    const bound = keys.length > 0 ? large : worthNoting;
    const drifts = columnDrifts(development, test, context);
    const found = drifts.filter(({ p, effect }) => p < level && effect >= bound);
    const dates = development.features.columns.filter(({ type }) => type === 'date');
    return {
      findings: found.slice(0, mostFindings).map(({ column, effect, p, of }) => ({
        check: 'drift',
        severity: effect >= large ? 'error' : 'warning',
        message: `${of === 'gaps' ? `Gaps of "${column}" are` : `"${column}" is`} distributed otherwise in the test part: ${numberWords(effect, 2)} of 1 apart (${chanceWords(p)}).`,
        columns: [column],
        evidence: {
          measure: of === 'gaps' ? "Cramer's V of gaps and parts" : 'distance of the distributions',
          value: effect,
          threshold: bound,
          p,
        },
        remedies: [
          mendData(
            'Take test rows from the same source and time as those that are learnt from, or expect the score to differ in use.',
          ),
          ...(keys.length === 0 && dates.length > 0 ? [timeSplit(dates[0].name)] : []),
        ],
      })),
      ...(sampled && { sampled }),
      ...atMost(
        'largest distance of the distributions beyond chance',
        largest(drifts.map(({ p, effect }) => (p < level ? effect : 0))),
        bound,
      ),
    };
  },
};

type Drift = Pick<ColumnDrift, 'effect' | 'p' | 'of'>;

function valueDrift(column: Column, own: number): Drift {
  if (column.kind === 'coded') return { of: 'values', ...levelDrift(column, own) };
  const { gap, p } = kolmogorovSmirnov(
    ascending(column.values.subarray(0, own)),
    ascending(column.values.subarray(own)),
  );
  return { of: 'values', effect: gap, p };
}

function levelDrift({ codes, levels }: CodedColumn, own: number): { effect: number; p: number } {
  const counts = [levelCounts(codes.subarray(0, own), levels.length), levelCounts(codes.subarray(own), levels.length)];
  const totals = counts.map((of) => of.reduce((a, b) => a + b, 0));
  const least = Math.min(...totals) / (totals[0] + totals[1]);
  const rows: number[][] = [[], []];
  const joined = [0, 0];
  for (let code = 0; code < levels.length; code++) {
    const both = counts[0][code] + counts[1][code];
    for (const part of [0, 1]) {
      if (both * least >= fewestExpected) rows[part].push(counts[part][code]);
      else joined[part] += counts[part][code];
    }
  }
  const { p, v } = independence(rows.map((row, part) => [...row, joined[part]]));
  return { p, effect: v };
}

function gapDrift(column: Column, own: number): (Drift & { column: string })[] {
  const { flags, count } = missingFlags(column);
  if (count === 0) return [];
  const missing = [0, 0];
  for (let row = 0; row < flags.length; row++) missing[row < own ? 0 : 1] += flags[row];
  const { p, v } = independence([
    [missing[0], own - missing[0]],
    [missing[1], flags.length - own - missing[1]],
  ]);
  return [{ column: column.name, of: 'gaps', p, effect: v }];
}
