import type { ColumnType } from '../dataset.ts';
import { cellWords, countWords, linesWords, listWords, numberWords } from './numbers.ts';

type Cell = number | string | null;

export interface StepColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** A column that keeps its name while its cells differ. */
export interface ChangedColumn {
  readonly column: string;
  readonly typeBefore: ColumnType;
  readonly typeAfter: ColumnType;
  /** Rows looked at whose cell differs, and those of them in which it was missing and is not any more. */
  readonly cells: number;
  readonly filled: number;
  /** Different levels among the rows looked at; of levels. */
  readonly levels?: { readonly before: number; readonly after: number };
  /** 'bill_length, 44.5 where it is missing'; absent where the step does not say it. */
  readonly words?: string;
}

export interface AddedColumn extends StepColumn {
  /** The columns that it is made of; empty where the step does not say it. */
  readonly of: readonly string[];
  readonly words?: string;
}

/** What a step made of one cell of the row that is followed. */
export interface TracedCell {
  readonly how: 'filled' | 'changed' | 'added' | 'removed';
  readonly column: string;
  /** Of added ones. */
  readonly of?: readonly string[];
  /** Absent of added ones. */
  readonly from?: Cell;
  /** Absent of removed ones. */
  readonly to?: Cell;
}

/** Columns on one side of a step, those first that it touches. */
export interface SideOfStep {
  readonly columns: number;
  readonly shown: readonly string[];
  /** [rows][shown] */
  readonly cells: readonly (readonly Cell[])[];
}

/** One step of a pipeline: what it does to rows that it did not learn from. Lists are cut to what a person reads; counts are whole. */
export interface PipelineStep {
  /** As the pipeline names it; 'inputs' is what the learner itself makes of a table. */
  readonly name: string;
  readonly added: { readonly count: number; readonly columns: readonly AddedColumn[] };
  readonly removed: { readonly count: number; readonly columns: readonly StepColumn[] };
  readonly changed: { readonly count: number; readonly columns: readonly ChangedColumn[] };
  /** Rows looked at in which something differs. */
  readonly rows: number;
  readonly before: SideOfStep;
  readonly after: SideOfStep;
  /** Of the row that is followed; absent where none is. */
  readonly trace?: { readonly cells: readonly TracedCell[]; readonly further: number };
}

/** All steps from raw columns to what a learner is given. */
export interface Pipeline {
  /** Of a member of an ensemble. */
  readonly trial?: number;
  readonly learner: string;
  readonly columns: number;
  readonly steps: readonly PipelineStep[];
}

/** The data after each step of a model's pipeline. */
export interface StepsReport {
  readonly kind: 'steps';
  readonly version: 1;
  readonly model: string;
  /** Rows of the validation part that were looked at, of so many. */
  readonly rows: { readonly looked: number; readonly available: number };
  /** Positions in the validation part of the rows whose cells are shown. */
  readonly shown: readonly number[];
  /** The row that is followed; null: none. */
  readonly rowIndex: number | null;
  /** One; of an ensemble one a member. */
  readonly pipelines: readonly Pipeline[];
  readonly seconds: number;
}

const titles: Readonly<Record<string, string>> = {
  images: 'Pictures become numbers',
  dates: 'Dates are taken apart',
  texts: 'Texts become numbers',
  'rare levels': 'Rare levels are joined',
  encoding: 'Levels become numbers',
  imputation: 'Missing values are filled',
  selection: 'Columns are selected',
  combinations: 'Numbers are combined',
  scaling: 'Numbers are brought to another scale',
  components: 'Numbers become principal components',
  inputs: 'The learner makes numbers of the table',
};

export const stepTitle = (name: string): string => titles[name] ?? `${name[0].toUpperCase()}${name.slice(1)}`;

/** '7 columns become 12: 5 new, 3 changed' */
export function stepSizeWords({ before, after, added, removed, changed }: PipelineStep): string {
  const parts = [
    added.count > 0 ? `${numberWords(added.count)} new` : '',
    removed.count > 0 ? `${numberWords(removed.count)} gone` : '',
    changed.count > 0 ? `${numberWords(changed.count)} changed` : '',
  ].filter(Boolean);
  const size =
    before.columns === after.columns
      ? countWords(after.columns, 'column')
      : `${countWords(before.columns, 'column')} become ${numberWords(after.columns)}`;
  return `${size}${parts.length > 0 ? `: ${listWords(parts)}` : ', none of them different'}`;
}

/** What happened to the cells: 'fills 12 missing values in 2 columns'. */
export function stepChangeWords({ changed, rows }: PipelineStep, looked: number): string {
  const filled = changed.columns.filter((one) => one.filled > 0);
  const count = filled.reduce((sum, one) => sum + one.filled, 0);
  const joined = changed.columns.flatMap(({ column, levels }) =>
    levels && levels.after < levels.before ? [`${levels.before} levels of ${column} become ${levels.after}`] : [],
  );
  const parts = [
    count > 0 ? `fills ${countWords(count, 'missing value')} in ${countWords(filled.length, 'column')}` : '',
    joined.length > 0 ? listWords(joined.slice(0, 4)) : '',
    `touches ${numberWords(rows)} of the ${countWords(looked, 'row')} looked at`,
  ].filter(Boolean);
  return parts.join('; ');
}

export function tracedWords({ how, column, of, from, to }: TracedCell): string {
  switch (how) {
    case 'filled':
      return `${column}, which is missing, becomes ${cellWords(to ?? null)}`;
    case 'changed':
      return `${column} from ${cellWords(from ?? null)} to ${cellWords(to ?? null)}`;
    case 'removed':
      return `${column} = ${cellWords(from ?? null)} is left out`;
    case 'added': {
      const origin = of && of.length > 0 && of.length <= 2 ? ` (of ${listWords(of)})` : '';
      return `${column} = ${cellWords(to ?? null)}${origin} is new`;
    }
  }
}

const told = 8;

/** What the step made of the row that is followed. */
export function traceWords({ trace }: PipelineStep): string {
  if (!trace) return '';
  if (trace.cells.length === 0 && trace.further === 0) return 'leaves the row as it is';
  const rest = Math.max(0, trace.cells.length - told) + trace.further;
  return [
    ...trace.cells.slice(0, told).map(tracedWords),
    ...(rest > 0 ? [`${countWords(rest, 'further cell')}`] : []),
  ].join('; ');
}

/** What is said where a learner takes the columns as they come. */
export const asTheyAreWords = ({ learner, steps }: Pipeline): string =>
  steps.length === 0
    ? `Nothing is prepared: ${learner} takes the columns as they are, missing values and levels included.`
    : steps.some(({ name }) => name === 'inputs')
      ? ''
      : `What comes out is what ${learner} takes as it is.`;

export function stepsWords({ model, rows, rowIndex, pipelines }: StepsReport): string {
  return linesWords([
    `The data after each step of ${model}, over ${numberWords(rows.looked)} of ${countWords(rows.available, 'row')} of the validation part, from which no step was learnt.`,
    ...pipelines.flatMap((pipeline) => [
      pipeline.trial !== undefined && `Trial ${pipeline.trial} (${pipeline.learner}):`,
      ...pipeline.steps.flatMap((step, i) => [
        `${i + 1}. ${stepTitle(step.name)}. ${stepSizeWords(step)}; ${stepChangeWords(step, rows.looked)}.`,
        rowIndex !== null && `   Row ${rowIndex}: ${traceWords(step)}.`,
      ]),
      asTheyAreWords(pipeline),
    ]),
  ]);
}
