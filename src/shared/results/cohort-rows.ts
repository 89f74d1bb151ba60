import { isByError, type ToldCohort } from '../cohort/cohort.ts';
import { metricInSentence } from '../metric-in-sentence.ts';
import { type MetricName, metricInfo } from '../metrics.ts';
import { cellWords, countWords, intervalWords, linesWords, numberWords } from './numbers.ts';
import type { Interval, Result } from './result.ts';

/** A metric on the rows of a cohort, and on all rows of the part; null where these rows do not determine it. */
export interface CohortMetric {
  readonly name: MetricName;
  readonly cohort: number | null;
  readonly all: number | null;
}

/** A row of a cohort with what came of it. */
export interface CohortRow {
  /** Position in the part. */
  readonly rowIndex: number;
  /** Values of `columns`, in that order. */
  readonly cells: readonly (number | string | null)[];
  readonly actual: number | string;
  readonly predicted: number | string;
  /** Its share of the task's default loss. */
  readonly loss: number;
}

/** What is known of a cohort without explaining anything: how well it is predicted, beside all rows, and its rows. */
export interface CohortRows extends Result<'cohort-rows'> {
  readonly cohort: ToldCohort;
  readonly part: 'validation' | 'test';
  readonly target: string;
  /** Mean loss of a row, of the cohort with its 95 % interval, and of all other rows; null where there are none. */
  readonly loss: { readonly cohort: number; readonly interval: Interval; readonly rest: number | null };
  /** Chance of such a difference were there none (Welch's test, both sides); null where it cannot be told. */
  readonly p: number | null;
  /** Those that most know first. */
  readonly metrics: readonly CohortMetric[];
  /** Columns that are told, and how many more there are. */
  readonly columns: readonly string[];
  readonly further: number;
  /** Those with the largest loss, the largest first. */
  readonly rows: readonly CohortRow[];
}

/** Chances below this are told as a difference. */
const level = 0.05;

/** 'clearly worse predicted than the other rows' */
export function cohortVerdict({ loss, p, cohort }: Pick<CohortRows, 'loss' | 'p' | 'cohort'>): string {
  if (loss.rest === null) return 'These are all rows of the part.';
  if (isByError(cohort.conditions)) return 'Chosen by how they are predicted, so their loss says nothing of its own.';
  if (p === null) return 'Too few rows to tell whether they are predicted better or worse than the others.';
  if (p > level) return 'Predicted neither clearly better nor clearly worse than the other rows.';
  return `Predicted clearly ${loss.cohort > loss.rest ? 'worse' : 'better'} than the other rows.`;
}

/** 'accuracy 0.71 (all rows 0.83)' */
export const cohortMetricWords = ({ name, cohort, all }: CohortMetric): string =>
  `${metricInSentence(name)} ${numberWords(cohort)} (all rows ${numberWords(all)})`;

/** The metrics that most know; where there is none of these, all. */
export function familiarOf(all: readonly CohortMetric[]): readonly CohortMetric[] {
  const known = all.filter(({ name }) => metricInfo(name).familiar);
  return known.length > 0 ? known : all;
}

const toldRows = 5;

export function cohortRowsWords(result: CohortRows): string {
  const { cohort, part, loss, rows } = result;
  const worst = rows
    .slice(0, toldRows)
    .map(
      ({ rowIndex, actual, predicted, loss: own }) =>
        `row ${rowIndex} (${cellWords(actual)}, predicted ${cellWords(predicted)}, loss ${numberWords(own)})`,
    );
  const others = loss.rest === null ? '' : `, of all others ${numberWords(loss.rest)}`;
  return linesWords([
    `${countWords(cohort.rows, 'row')} of the ${numberWords(cohort.of)} of the ${part} part: ${cohort.words}.`,
    `Mean loss of a row ${numberWords(loss.cohort)} (${intervalWords(loss.interval)})${others}. ${cohortVerdict(result)}`,
    `${familiarOf(result.metrics).map(cohortMetricWords).join('; ')}.`,
    worst.length > 0 && `Largest losses: ${worst.join('; ')}.`,
    result.quality.words,
  ]);
}
