import { type MetricInfo, metricInfo, metrics } from '../metrics.ts';
import { type EditRange, editWords, type ModelEdit } from '../model-edit.ts';
import type { ModelFacts } from '../trial.ts';
import type { AdditiveTerm } from './additive-terms.ts';
import type { DifferenceName, Measured } from './fairness.ts';
import { changeWords, countWords, intervalWords, linesWords, numberWords, percentWords } from './numbers.ts';
import type { Result } from './result.ts';

/** A metric of the model before and after an edit on the same rows; `change` is after less before, its interval paired. */
export interface MetricChange {
  readonly before: number | null;
  readonly after: number | null;
  readonly change: Measured;
}

/** What an edit does to predictions of rows that the model was not fitted on. */
export interface EditEffect extends MetricChange {
  readonly metric: string;
  /** 'validation part', 'validation parts of 10 folds', 'test part' */
  readonly part: string;
  readonly rows: number;
  /** Rows whose prediction differs, and the metric on them alone; null where there are none. */
  readonly touched: number;
  readonly ofTouched: MetricChange | null;
  /** Rows with another most probable class; absent for values. */
  readonly flipped?: number;
  /** Of the touched rows, how far predictions move: the largest difference of a row's probabilities, or of its value. */
  readonly moved: { readonly mean: number; readonly largest: number };
  /** The largest difference between groups of each sensitive column. */
  readonly fairness: readonly FairnessChange[];
}

export interface FairnessChange extends MetricChange {
  readonly column: string;
  readonly name: DifferenceName;
}

export interface EditStep {
  readonly edit: ModelEdit;
  /** 'income is flat from 20 to 40' */
  readonly words: string;
  /** What exactly it took: 'from above 19.5 to 41, 12 steps of the graph'. */
  readonly detail: string;
  /** Beside the model with the edits before it. */
  readonly effect: EditEffect;
}

/** What of a model can be edited. */
export type EditTargets =
  | { readonly kind: 'graphs'; readonly terms: readonly EditableTerm[]; readonly classes?: readonly string[] }
  | { readonly kind: 'weights'; readonly weights: readonly string[] }
  /** Splits of a tree, the root first. */
  | { readonly kind: 'tree'; readonly splits: readonly EditableSplit[] }
  | { readonly kind: 'rules'; readonly rules: readonly string[] };

export interface EditableTerm {
  readonly columns: readonly string[];
  readonly importance: number;
  /** Of one column of levels. */
  readonly levels?: readonly string[];
  /** Of one column of numbers. */
  readonly numbers?: { readonly low: number; readonly high: number; readonly date: boolean };
}

export interface EditableSplit {
  readonly node: number;
  /** 'income > 20', what rows of its first branch fulfil. */
  readonly words: string;
  readonly depth: number;
  readonly rows: number;
  readonly leaves: number;
}

/** A model with a person's edits, beside itself without them. */
export interface ModelEditing extends Result<'model-editing'> {
  /** 'trial 12 (ebm)' */
  readonly model: string;
  readonly unit: string;
  readonly targets: EditTargets;
  readonly steps: readonly EditStep[];
  /** Of all edits together; null where there are none. */
  readonly effect: EditEffect | null;
  /** Graphs that differ; after: null where it is dropped. */
  readonly graphs: readonly { readonly before: AdditiveTerm; readonly after: AdditiveTerm | null }[];
}

/** The name by which an edited model is asked for. */
export type EditName = `edit-${number}`;
export const editName = (number: number): EditName => `edit-${number}`;
export const isEditName = (given: unknown): given is EditName =>
  typeof given === 'string' && /^edit-[1-9]\d{0,8}$/.test(given);
export const editNumber = (name: EditName): number => Number(name.slice('edit-'.length));

/** An edited model that is kept. */
export interface EditedModel extends Result<'edited-model'> {
  readonly number: number;
  readonly trial: number;
  readonly learner: string;
  readonly note: string;
  /** ISO. */
  readonly savedAt: string;
  readonly edits: readonly ModelEdit[];
  /** The model that predicts: the one refitted on all development rows, or the first fold's. */
  readonly fitted: 'all rows' | 'first fold';
  /** SHA-256 of that model before its edits. */
  readonly originalHash: string;
  readonly facts: ModelFacts;
  /** On rows that the models were not fitted on. */
  readonly effect: EditEffect;
  /** On the test part, measured once when it was kept; null where there is no test part. */
  readonly test: EditEffect | null;
  /** Edited models of the study that had been judged on the test part by then, this one included. */
  readonly testLooks: number;
  /** What else should be known of it. */
  readonly notes: readonly string[];
  /** It was undone: what stays is that the test part was looked at. */
  readonly removed?: true;
}

/** 'edit 2 of trial 12' */
export const editedModelTitle = ({ number, trial }: Pick<EditedModel, 'number' | 'trial'>): string =>
  `edit ${number} of trial ${trial}`;

const directionOf = (metric: string): MetricInfo['direction'] | undefined =>
  metric in metrics ? metrics[metric as keyof typeof metrics].direction : undefined;

/** 'better', 'worse' or 'no measurable difference', by the interval. */
export function changeVerdict(metric: string, { interval }: Measured): 'better' | 'worse' | 'no measurable difference' {
  if (!interval || (interval.low <= 0 && interval.high >= 0)) return 'no measurable difference';
  return interval.high < 0 === (directionOf(metric) === 'minimize') ? 'better' : 'worse';
}

/** 'Log loss 0.412 to 0.401 (-0.011, -0.015 to -0.007): better.' */
export function metricChangeWords(metric: string, { before, after, change }: MetricChange): string {
  const { title } = metricInfo(metric);
  const between = change.interval ? `, ${intervalWords(change.interval, 2)}` : '';
  return `${title} ${numberWords(before, 4)} to ${numberWords(after, 4)} (${changeWords(change.value, 2)}${between}): ${changeVerdict(metric, change)}.`;
}

/** What an edit does, a line a thought. */
export function effectWords(effect: EditEffect): string {
  const { metric, part, rows, touched, ofTouched, flipped, moved, fairness } = effect;
  if (touched === 0) return `No prediction of ${countWords(rows, 'row')} of the ${part} changes.`;
  const labels = flipped === undefined ? '' : `; ${countWords(flipped, 'row gets', 'rows get')} another label`;
  return linesWords([
    `On ${countWords(rows, 'row')} of the ${part}: ${metricChangeWords(metric, effect)}`,
    `It touches ${countWords(touched, 'row')} (${percentWords(touched / rows)}), whose predictions move by ${numberWords(moved.mean, 2)} on average, by ${numberWords(moved.largest, 2)} at most${labels}.`,
    ofTouched !== null && touched < rows && `On these alone: ${metricChangeWords(metric, ofTouched)}`,
    ...fairness.map(fairnessLine),
  ]);
}

const fairnessLine = ({ column, name, before, after, change }: FairnessChange): string => {
  const between = change.interval ? ` (change ${intervalWords(change.interval, 2)})` : '';
  return `Between groups of ${column}, the largest gap (${name}): ${numberWords(before)} to ${numberWords(after)}${between}.`;
};

export function modelEditingWords({ model, steps, effect, quality }: ModelEditing): string {
  if (effect === null) return `${capital(model)} as it is.`;
  return linesWords([
    `${capital(model)}, edited: ${steps.map(({ words }) => words).join('; ')}.`,
    effectWords(effect),
    quality.words,
  ]);
}

/** The first line names it. */
export function editedModelWords(edited: EditedModel): string {
  const { edits, note, effect, test, testLooks, notes, fitted } = edited;
  const looks =
    testLooks > 1
      ? `It is the ${ordinal(testLooks)} edited model of this study that is judged there: choosing among them by it would make the figure too good.`
      : 'The test part was looked at once, when the edit was kept.';
  return linesWords([
    `${capital(editedModelTitle(edited))}: ${edits.map((edit) => editWords(edit)).join('; ')}.`,
    note !== '' && `Note: ${note}`,
    effectWords(effect),
    test !== null && effectWords(test),
    test !== null && looks,
    fitted === 'all rows'
      ? 'It predicts by the model that was refitted on all development rows, with the same edits.'
      : "It predicts by the first fold's model, which is the one that was looked at.",
    ...notes,
  ]);
}

const capital = (text: string): string => `${text[0].toUpperCase()}${text.slice(1)}`;
const ordinal = (count: number): string =>
  `${count}${count % 100 > 10 && count % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th')}`;

/** The edit that differs from what was asked only in where it ends, for a range that a person drew. */
export const rangeOf = (edit: ModelEdit): EditRange | undefined => ('range' in edit ? edit.range : undefined);
