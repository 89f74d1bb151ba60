import { countWords, linesWords, listWords, numberWords, percentWords } from './numbers.ts';
import type { Interval, Result } from './result.ts';
import type { VerdictFigure } from './verdict.ts';

/** An error flatters a model or makes it worthless; a warning can; a note is good to know. */
export type Severity = 'error' | 'warning' | 'note';
export const severities: readonly Severity[] = ['error', 'warning', 'note'];

export type RemedyKind =
  | 'ignore column'
  | 'drop rows'
  | 'group split'
  | 'time split'
  | 'reweigh'
  | 'review labels'
  | 'set type'
  | 'larger test part'
  | 'mend data';

/** One change of the experiment file: a value set, or added to a list, at a key such as data, split, test. */
export interface ExperimentEdit {
  readonly how: 'set' | 'add';
  readonly key: readonly string[];
  readonly value: string | number | boolean | readonly string[] | readonly number[];
}

export interface Remedy {
  readonly kind: RemedyKind;
  readonly words: string;
  /** Absent where the data are to be changed, not the experiment. */
  readonly edit?: ExperimentEdit;
}

/** The number behind a finding, and what it was held to. */
export interface Evidence {
  readonly measure: string;
  readonly value: number;
  readonly threshold: number;
  /** Chance of as much in sound data, corrected for the number of columns looked at. */
  readonly p?: number;
  /** 95 % interval of the value. */
  readonly interval?: Interval;
}

/** Rows by their position in the data file; a few of them, and how many there are. */
export interface FoundRows {
  readonly part: 'development' | 'test';
  readonly positions: readonly number[];
  readonly count: number;
}

export interface DataFinding {
  readonly check: string;
  readonly severity: Severity;
  /** What, with its numbers: a sentence. */
  readonly message: string;
  readonly columns: readonly string[];
  readonly rows?: FoundRows;
  readonly evidence: Evidence;
  readonly remedies: readonly Remedy[];
}

/** A check that was made, and how much of the data it looked at. */
export interface DoneCheck {
  readonly check: string;
  readonly title: string;
  readonly seconds: number;
  /** A sentence where it looked at a sample; absent where at everything. */
  readonly sampled?: string;
  /** What it measured that comes nearest to its bound, whether it is beyond or not; absent where there was nothing to measure. */
  readonly figure?: VerdictFigure;
}

export interface SkippedCheck {
  readonly check: string;
  readonly title: string;
  readonly why: string;
}

/** What the data checks found before anything was fitted. */
export interface DataFindings extends Result<'data-findings'> {
  readonly rows: { readonly development: number; readonly test: number };
  /** The worst first. */
  readonly findings: readonly DataFinding[];
  readonly done: readonly DoneCheck[];
  readonly skipped: readonly SkippedCheck[];
}

/** How many there are, and the worst: '1 error, 2 warnings. The column ...'. Undefined where there is nothing beyond notes. */
export function worstFindingWords({ findings }: Pick<DataFindings, 'findings'>): string | undefined {
  const serious = findings.filter(({ severity }) => severity !== 'note');
  return serious.length > 0 ? `${tallyWords(serious)}. ${serious[0].message}` : undefined;
}

/** 'Data checks: 1 error and 2 warnings.', a line for each finding with its remedies, and what was not checked. */
export function dataFindingsWords({ findings, done, skipped, partial }: DataFindings): string {
  return linesWords([
    `${countWords(done.length, 'data check')}: ${findings.length > 0 ? tallyWords(findings) : 'nothing was found'}.`,
    ...findings.map((finding) => `${finding.severity}: ${findingWords(finding)}`),
    ...skipped.map(({ title, why }) => `Not checked: ${title.toLowerCase()}, because ${why}`),
    ...done.flatMap(({ title, sampled }) => (sampled ? [`${title}: ${sampled}`] : [])),
    partial ?? false,
  ]);
}

/** The message, the rows, and what to do. */
export const findingWords = ({ message, rows, remedies }: DataFinding): string =>
  [message, rows && rowsWords(rows), ...remedies.map(({ words }) => words)].filter(Boolean).join(' ');

/** 'p < 0.0001', 'p = 0.013' */
export const chanceWords = (p: number): string => (p < 1e-4 ? 'p < 0.0001' : `p = ${numberWords(p, 2)}`);

/** '12 of 400 rows (3 %)' */
export const shareWords = (count: number, of: number, one = 'row'): string =>
  `${numberWords(count)} of ${countWords(of, one)} (${percentWords(count / of)})`;

const shownRows = 5;

/** 'Rows of the data: 4, 8 and 17 more.', by their place in the file from 1. */
export function rowsWords({ positions, count, part }: FoundRows): string {
  const shown = positions.slice(0, shownRows).map((position) => String(position + 1));
  const rest = count - shown.length;
  const which = part === 'test' ? 'of the test part' : 'of the data';
  return `Rows ${which}: ${listWords(rest > 0 ? [...shown, `${numberWords(rest)} more`] : shown)}.`;
}

/** '1 error and 2 warnings' */
export const tallyWords = (findings: readonly DataFinding[]): string =>
  listWords(
    severities.flatMap((severity) => {
      const count = findings.filter((finding) => finding.severity === severity).length;
      return count > 0 ? [countWords(count, severity)] : [];
    }),
  );
