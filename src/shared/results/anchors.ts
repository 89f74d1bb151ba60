import { countWords, linesWords, listWords, numberWords, percentIntervalWords, percentWords } from './numbers.ts';
import type { Interval, Result } from './result.ts';

/** The rule so far. */
export interface AnchorStep {
  /** What is added; null before anything is known. */
  readonly condition: string | null;
  /** Share of rows under the rule that are predicted as the explained one. */
  readonly precision: number;
  readonly interval: Interval;
  /** Share of training rows that fulfil the rule. */
  readonly coverage: number;
}

/** Conditions under which the model says the same, whatever else the row holds. */
export interface Anchors extends Result<'anchors'> {
  readonly row: Readonly<Record<string, number | string | null>>;
  /** Row number in the part it was taken from. */
  readonly rowIndex: number;
  readonly prediction: string | number;
  /** Values within so much of the prediction count as the same; absent for classes. */
  readonly tolerance?: number;
  readonly wantedPrecision: number;
  /**
   * 'found'; 'always': the model says so of nearly every row; 'too weak': the best rule is not precise enough; 'nothing helps': no rule is
   * better than none; 'unknown': it was ended before anything was seen.
   */
  readonly verdict: 'found' | 'always' | 'too weak' | 'nothing helps' | 'unknown';
  /** A part of a sentence for each column; of the best rule where none was found. */
  readonly conditions: readonly string[];
  /** From nothing known to the whole rule. Empty where nothing was seen. */
  readonly steps: readonly AnchorStep[];
  /** Rows that were drawn afresh for each step after the search; 0 where there was no time, and the search's own are told. */
  readonly heldOut: number;
  /** Real rows of the part that fulfil the rule, and those of them that are predicted the same. */
  readonly realRows: { readonly rows: number; readonly same: number; readonly asked: number };
  /** Columns that conditions were made of. */
  readonly columns: { readonly tried: number; readonly available: number };
}

/** 'Adelie', '12.4 ± 1.2' */
export const anchoredWords = ({ prediction, tolerance }: Anchors): string =>
  typeof prediction === 'string' ? prediction : `${numberWords(prediction)} ± ${numberWords(tolerance, 2)}`;

/** What the search came to. */
export function anchorVerdictWords(result: Anchors): string {
  const { verdict, conditions, steps, wantedPrecision } = result;
  const last = steps.at(-1);
  const said = anchoredWords(result);
  const wanted = percentWords(wantedPrecision, 0);
  if (verdict === 'unknown' || !last) return 'It was ended before any rule had been tried.';
  if (verdict === 'always')
    return `The model predicts ${said} for ${percentWords(last.precision)} of rows drawn at random: no condition is needed.`;
  if (verdict === 'nothing helps')
    return `No condition on columns makes the prediction ${said} any surer than it is without (${percentWords(steps[0].precision)}): rules on single columns say nothing of this model here.`;
  const rule = `If ${listWords(conditions)}, the model predicts ${said} in ${percentWords(last.precision)} of cases`;
  return verdict === 'found'
    ? `${rule}, whatever the other columns hold. That covers ${percentWords(last.coverage)} of the training rows.`
    : `${result.partial ? 'No rule that was tried' : `No rule of at most ${countWords(Number(result.options.conditions), 'condition')} was found that`} reaches ${wanted}. The best one found: ${rule.replace('If', 'if')}.`;
}

export function anchorsWords(result: Anchors): string {
  return linesWords([
    result.partial ?? false,
    `Row ${result.rowIndex}: ${anchorVerdictWords(result)}`,
    result.verdict !== 'unknown' &&
      result.steps.length > 1 &&
      `Step by step: ${result.steps.map(stepWords).join('; ')}.`,
    result.columns.tried < result.columns.available &&
      `Conditions were made of the ${numberWords(result.columns.tried)} most telling of ${countWords(result.columns.available, 'column')}.`,
    result.quality.words,
  ]);
}

const stepWords = ({ condition, precision, interval }: AnchorStep): string =>
  `${condition ?? 'nothing known'} ${percentWords(precision)} (${percentIntervalWords(interval)})`;
