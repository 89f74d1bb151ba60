import type { ColumnType } from '../dataset.ts';
import { type Counterfactual, editsWords, editWords, outcomeWords } from './counterfactuals.ts';
import { cellWords, changeWords, countWords, linesWords, listWords, numberWords, percentWords } from './numbers.ts';
import type { Edit } from './robustness.ts';

/** A cell as a person would write it: dates as ISO text; null is missing. */
export type WrittenCell = number | string | null;

/** What holds the truth in a promised share of rows. */
export type HeldOutcome =
  | { readonly kind: 'set'; readonly share: number; readonly classes: readonly string[] }
  /** null: without bound. */
  | { readonly kind: 'interval'; readonly share: number; readonly low: number | null; readonly high: number | null };

/** What a model says of one row. */
export interface RowPrediction {
  /** [classes] probabilities, or [1] the value. */
  readonly values: readonly number[];
  /** The most probable class, or the value. */
  readonly label: string | number;
  /** Where labels of the final model are decided for a metric: the label by that decision. */
  readonly decided?: { readonly label: string; readonly metric: string };
  /** Absent where the model promises nothing. */
  readonly held?: HeldOutcome;
}

export type OutsideReason = 'below' | 'above' | 'not whole' | 'unseen level' | 'never missing';

/** A cell of the edited row such as no training row has. */
export interface OutsideCell {
  readonly column: string;
  readonly value: WrittenCell;
  readonly reason: OutsideReason;
  /** The training values' range, of numbers and dates. */
  readonly low?: WrittenCell;
  readonly high?: WrittenCell;
  /** A level that may have been meant. */
  readonly close?: string;
  /** False where the row was so before it was edited. */
  readonly edited: boolean;
}

/** How far the edited row is from what the model was fitted on. */
export interface Outside {
  readonly cells: readonly OutsideCell[];
  /** Gower distance to the k-th nearest of the reference rows, and the share of these that lie as far or further from theirs. */
  readonly neighbours: number;
  readonly distance: number;
  readonly asLonely: number;
  /** The same of the row before it was edited. */
  readonly distanceBefore: number;
  /** Further from the data than 95 % of the training rows. */
  readonly isFar: boolean;
  readonly reference: { readonly rows: number; readonly available: number };
}

export const whatIfTechniques = ['additive-terms', 'tree-shap', 'kernel-shap'] as const;
export type WhatIfTechnique = (typeof whatIfTechniques)[number];

/** What a column, or several together, adds to the prediction of the row as it was and as it is now. */
export interface EditedTerm {
  readonly columns: readonly string[];
  readonly before: number;
  readonly after: number;
  /** Half the width of the 95 % intervals: 0 where nothing was sampled, null where it is not known. */
  readonly errorBefore: number | null;
  readonly errorAfter: number | null;
  /** Of one raw column. */
  readonly values?: { readonly before: WrittenCell; readonly after: WrittenCell };
}

/** One technique for both rows, of the same class. */
export interface EditedExplanation {
  readonly technique: WhatIfTechnique;
  /** Why this one. */
  readonly why: string;
  readonly class?: string;
  readonly unit: string;
  readonly base: number;
  readonly before: number;
  readonly after: number;
  /** The largest first. */
  readonly terms: readonly EditedTerm[];
  /** Sums of those that are not listed. */
  readonly further: { readonly count: number; readonly before: number; readonly after: number };
  readonly partial?: string;
}

export interface SweepPoint {
  readonly value: WrittenCell;
  /** [classes] probabilities, or [1] the value. */
  readonly values: readonly number[];
  readonly label: string | number;
}

/** How the prediction goes when only this column changes. */
export interface Sweep {
  readonly column: string;
  readonly type: ColumnType;
  /** Ascending; of levels the most frequent first. */
  readonly points: readonly SweepPoint[];
  readonly missing: SweepPoint;
  readonly before: WrittenCell;
  readonly current: WrittenCell;
  /** Levels that are not looked at. */
  readonly further: number;
}

/** The nearest rows of which the model says something else than of the edited one. */
export interface NearestFlips {
  readonly wanted: string;
  /** The best one first. */
  readonly found: readonly Counterfactual[];
  /** Why none was found; null where one was. */
  readonly none: string | null;
  readonly kept: readonly { readonly column: string; readonly reason: string }[];
  readonly partial?: string;
  readonly words: string;
}

/** A column as a form asks for it. */
export interface FormColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Of the row as it is in the data. */
  readonly value: WrittenCell;
  /** The training values; of numbers and dates. */
  readonly range?: { readonly low: WrittenCell; readonly high: WrittenCell };
  /** The training values' most frequent ones, and how many more there are; of levels. */
  readonly levels?: readonly { readonly level: string; readonly share: number }[];
  readonly further?: number;
  /** Share of training rows in which it is missing. */
  readonly missing: number;
  /** Why it cannot be edited here. */
  readonly fixed?: string;
}

/** One row of the looked-at part, or the typical one, as it is and as somebody wants it to be. */
export interface WhatIf {
  readonly kind: 'what-if';
  readonly version: 1;
  /** 'trial 12', 'the ensemble' */
  readonly model: string;
  /** Rows of the part that was looked at, none of which the model was fitted on. */
  readonly rows: number;
  /** null: the typical row, made of medians and most frequent levels. */
  readonly rowIndex: number | null;
  readonly target: string;
  readonly classes?: readonly string[];
  /** Of a row of the data; absent of the typical one. */
  readonly truth?: string | number;
  readonly edits: readonly Edit[];
  readonly before: RowPrediction;
  readonly after: RowPrediction;
  readonly outside: Outside;
  /** What a person should know of how the changes were read. */
  readonly notes: readonly string[];
  readonly explanation?: EditedExplanation;
  readonly sweep?: Sweep;
  readonly flips?: NearestFlips;
  /** The most important first where that was measured, else as the file has them. */
  readonly form?: { readonly columns: readonly FormColumn[]; readonly byImportance: boolean };
  readonly seconds: number;
}

/** 'row 12 of the validation part', 'the typical row' */
export const editedRowWords = (rowIndex: number | null): string =>
  rowIndex === null
    ? 'the typical row (medians and most frequent levels of the training rows)'
    : `row ${rowIndex} of the validation part`;

export function heldWords(held: HeldOutcome): string {
  const share = percentWords(held.share, 0);
  if (held.kind === 'set') return `${listWords(held.classes).replace(/ and (?=[^ ]*$)/, ' or ')} (${share} set)`;
  const end = (value: number | null) => (value === null ? 'no bound' : numberWords(value));
  return `${end(held.low)} to ${end(held.high)} (${share} interval)`;
}

/** 'Gentoo (93 %)', '12.3'; with what else is known of it. */
export function rowPredictionWords({ label, values, decided, held }: RowPrediction): string {
  const said = typeof label === 'number' ? numberWords(label) : `${label} (${percentWords(Math.max(...values))})`;
  return [
    said,
    decided && decided.label !== label ? `decided for ${decided.metric}: ${decided.label}` : '',
    held ? heldWords(held) : '',
  ]
    .filter(Boolean)
    .join('; ');
}

/** How far the number that is explained moved: '+0.21', or 'the same'. */
export function movedWords({ before, after, classes }: Pick<WhatIf, 'before' | 'after' | 'classes'>): string {
  const k = classes ? classes.indexOf(String(after.label)) : 0;
  const moved = after.values[k] - before.values[k];
  const of = classes ? `probability of ${after.label} ` : '';
  return moved === 0 ? `${of}unchanged` : `${of}${changeWords(moved)}`;
}

/** 'age = 140 is above what the training rows have (17 to 90)' */
export function outsideCellWords({ column, value, reason, low, high, close, edited }: OutsideCell): string {
  const range = `(${cellWords(low ?? null)} to ${cellWords(high ?? null)})`;
  const words: Readonly<Record<OutsideReason, string>> = {
    below: `is below what the training rows have ${range}`,
    above: `is above what the training rows have ${range}`,
    'not whole': 'is no whole number; the training rows have whole ones alone',
    'unseen level': `is a level that no training row has${close === undefined ? '' : `; "${close}" may be meant`}`,
    'never missing': 'is missing, which it is in no training row',
  };
  const what = value === null ? column : `${column} = ${cellWords(value)}`;
  return `${what} ${words[reason]}${edited ? '' : ' (as before the edit)'}`;
}

/** How lonely the row is. */
export function distanceWords({ distance, distanceBefore, asLonely, isFar, neighbours, reference }: Outside): string {
  const of =
    reference.rows < reference.available
      ? `${numberWords(reference.rows)} of ${countWords(reference.available, 'training row')}`
      : countWords(reference.available, 'training row');
  const nearest = neighbours === 1 ? 'nearest' : `${neighbours}th nearest`;
  const before = distance === distanceBefore ? '' : `, ${numberWords(distanceBefore, 2)} before the edit`;
  return `${isFar ? 'Far from the training data' : 'As near to the training data as its rows are to one another'}: its distance to the ${nearest} of ${of} is ${numberWords(distance, 2)} of 1${before}; ${percentWords(asLonely, 0)} of them lie as far from theirs.`;
}

export const outsideWords = (outside: Outside): string =>
  linesWords([...outside.cells.map((cell) => `${outsideCellWords(cell)}.`), distanceWords(outside)]);

const toldTerms = 6;

/** 'flipper +0.21, before +0.02' */
export const editedTermWords = ({ columns, before, after, values }: EditedTerm): string => {
  const name = columns.length > 2 ? countWords(columns.length, 'column') : columns.join(' with ');
  const value = values ? ` = ${cellWords(values.after)}` : '';
  return `${name}${value} ${changeWords(after)} (before ${changeWords(before)})`;
};

export function editedExplanationWords(explanation: EditedExplanation): string {
  const { terms, base, before, after, unit, why, partial } = explanation;
  const moved = [...terms]
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
    .filter((term) => term.after !== 0 || term.before !== 0)
    .slice(0, toldTerms);
  return linesWords([
    partial ?? false,
    `The ${unit} goes from ${numberWords(before)} to ${numberWords(after)}; without any column known it is ${numberWords(base)}.`,
    moved.length > 0 && `What columns add, those first that changed most: ${moved.map(editedTermWords).join('; ')}.`,
    why,
  ]);
}

/** Where along a column the label changes: 'Gentoo up to 38.2, Adelie from 39 on'. */
export function sweepWords({ column, points, missing, current }: Sweep): string {
  if (typeof points[0]?.label === 'number') {
    const values = points.map(({ values: [value] }) => value);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const [least, most] = [points[values.indexOf(low)], points[values.indexOf(high)]];
    return `With ${column} alone changed, it goes from ${numberWords(low)} (${cellWords(least.value)}) to ${numberWords(high)} (${cellWords(most.value)}); missing: ${numberWords(missing.values[0])}. It is ${cellWords(current)} now.`;
  }
  const runs: { label: string | number; from: WrittenCell; to: WrittenCell; count: number }[] = [];
  for (const { label, value } of points) {
    const last = runs.at(-1);
    if (last?.label === label) {
      last.to = value;
      last.count++;
    } else runs.push({ label, from: value, to: value, count: 1 });
  }
  const where = ({ from, to, count }: (typeof runs)[number]) =>
    count === 1 ? cellWords(from) : `${cellWords(from)} to ${cellWords(to)}`;
  const told =
    runs.length === 1
      ? `it stays ${runs[0].label}`
      : runs
          .slice(0, 8)
          .map((run) => `${run.label} at ${where(run)}`)
          .join('; ');
  return `With ${column} alone changed: ${told}${runs.length > 8 ? ' …' : ''}; missing: ${missing.label}. It is ${cellWords(current)} now.`;
}

export const flipsWords = ({ found, none, partial, words }: NearestFlips): string =>
  linesWords([
    partial ?? false,
    none ?? false,
    ...found.map((one, i) => `${i + 1}. Change ${editsWords(one.edits)}: then it predicts ${outcomeWords(one)}.`),
    words,
  ]);

/** The whole answer in plain language. */
export function whatIfWords(result: WhatIf): string {
  const { model, rowIndex, edits, before, after, truth, outside, notes, explanation, sweep, flips } = result;
  return linesWords([
    `By ${model}, ${editedRowWords(rowIndex)} is predicted ${rowPredictionWords(before)}${truth === undefined ? '' : `; in truth it is ${cellWords(truth)}`}.`,
    edits.length > 0 && `With ${listWords(edits.map(editWords))}: ${rowPredictionWords(after)}; ${movedWords(result)}.`,
    ...notes,
    outsideWords(outside),
    explanation ? editedExplanationWords(explanation) : false,
    sweep ? sweepWords(sweep) : false,
    flips ? `What would change it, looking for ${flips.wanted}:\n${flipsWords(flips)}` : false,
  ]);
}
