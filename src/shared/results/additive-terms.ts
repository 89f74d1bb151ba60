import { changeWords, countWords, linesWords, listWords, numberWords, percentWords } from './numbers.ts';
import type { Result } from './result.ts';

/** The cells of a table along one column. */
export type TermAxis =
  | {
      readonly kind: 'numbers';
      readonly column: string;
      /** Values are milliseconds since 1970-01-01 UTC. */
      readonly date: boolean;
      /** Least and greatest value that training had. */
      readonly low: number;
      readonly high: number;
      /** Upper ends of all cells but the last, ascending; a cell holds its upper end. */
      readonly edges: readonly number[];
      /** One more cell, the last, for missing values. */
      readonly missing: boolean;
    }
  | { readonly kind: 'levels'; readonly column: string; readonly groups: readonly LevelGroup[] };

/** Levels that share a cell. */
export interface LevelGroup {
  readonly levels: readonly string[];
  /** Holds missing values. */
  readonly missing?: boolean;
  /** Holds levels that were too rare to have a cell of their own, and those that training never had. */
  readonly others?: boolean;
}

/** One addend of a model: a table over one column or two. A row that falls into no cell adds 0. */
export interface AdditiveTerm {
  readonly axes: readonly TermAxis[];
  /** Mean absolute contribution to the score of a training row. */
  readonly importance: number;
  /** [scores][cells]: what a row there adds to the score; of two columns, the second one's cells lie next to each other. */
  readonly effect: readonly (readonly number[])[];
  /** The same shape: standard deviation over the bags; absent where there is one. */
  readonly error?: readonly (readonly number[])[];
  /** [cells] share of the training rows. */
  readonly share: readonly number[];
}

/** The graphs of a model that is the sum of its graphs. */
export interface AdditiveTerms extends Result<'additive-terms'> {
  /** What a score is: 'log odds of yes', 'charges'. */
  readonly unit: string;
  /** One a score. */
  readonly intercept: readonly number[];
  /** The class of each score, of several classes. */
  readonly classes?: readonly string[];
  readonly bags: number;
  /** Most important first. */
  readonly terms: readonly AdditiveTerm[];
  /** Terms that are not drawn for want of room, most important first. */
  readonly further: readonly { readonly columns: readonly string[]; readonly importance: number }[];
}

export const columnsOfTerm = ({ axes }: Pick<AdditiveTerm, 'axes'>): string[] => axes.map(({ column }) => column);

export const cellCount = (axis: TermAxis): number =>
  axis.kind === 'numbers' ? axis.edges.length + 1 + (axis.missing ? 1 : 0) : axis.groups.length;

/** A value as the axis writes it: dates as days. */
export const axisValueWords = (axis: Extract<TermAxis, { kind: 'numbers' }>, value: number): string =>
  axis.date ? new Date(value).toISOString().slice(0, 10) : numberWords(value, 4);

/** 'above 31 to 35', 'missing', 'Private', 'a, b or 3 others' */
export function cellOfAxisWords(axis: TermAxis, cell: number): string {
  if (axis.kind === 'levels') return groupWords(axis.groups[cell]);
  const { edges, missing } = axis;
  if (missing && cell === edges.length + 1) return 'missing';
  if (edges.length === 0) return 'any value';
  if (cell === 0) return `up to ${axisValueWords(axis, edges[0])}`;
  const from = `above ${axisValueWords(axis, edges[cell - 1])}`;
  return cell === edges.length ? from : `${from} to ${axisValueWords(axis, edges[cell])}`;
}

function groupWords({ levels, missing, others }: LevelGroup): string {
  const named = [...levels.slice(0, 3), ...(levels.length > 3 ? [`${levels.length - 3} more`] : [])];
  return [...named, ...(others ? ['other levels'] : []), ...(missing ? ['missing'] : [])].join(', ');
}

/** 'age above 31 to 35', of two columns joined by 'and' */
export function cellWordsOf({ axes }: AdditiveTerm, cell: number): string {
  const inner = axes.length > 1 ? cellCount(axes[1]) : 1;
  const at = [Math.floor(cell / inner), cell % inner];
  return axes.map((axis, i) => `${axis.column} ${cellOfAxisWords(axis, at[i])}`).join(' and ');
}

const told = 5;

/** 'The model is the sum of ...' */
export function additiveTermsWords(result: AdditiveTerms): string {
  const { terms, further, unit, intercept, classes, quality } = result;
  const all = [...terms.map(({ axes }) => axes.length), ...further.map(({ columns }) => columns.length)];
  const [single, pairs] = [1, 2].map((size) => all.filter((length) => length === size).length);
  const graphs = [
    countWords(single, 'graph of one column', 'graphs of one column'),
    pairs > 0 && countWords(pairs, 'graph of two', 'graphs of two'),
  ].filter((part) => part !== false);
  const base = classes
    ? `a number for each of ${countWords(classes.length, 'class', 'classes')}`
    : numberWords(intercept[0]);
  return linesWords([
    `The model is the sum of ${listWords(graphs)}, and ${base}, in ${unit}.`,
    terms.length > 0 &&
      `The largest: ${terms
        .slice(0, told)
        .map((term) => termWords(term, classes))
        .join('; ')}.`,
    further.length > 0 && `Not drawn: ${countWords(further.length, 'smaller graph')}.`,
    quality.words,
  ]);
}

/** 'age adds 0.61 on average, from -1.9 where age up to 23 to +0.82 where age above 47 to 52' */
function termWords(term: AdditiveTerm, classes: readonly string[] | undefined): string {
  const ends = term.effect.flatMap((effects, k) => effects.map((value, cell) => ({ value, cell, k })));
  const occupied = ends.filter(({ cell }) => term.share[cell] > 0);
  const name = columnsOfTerm(term).join(' with ');
  const size = `${name} adds or takes ${numberWords(term.importance)} on average`;
  if (occupied.length === 0) return size;
  const of = (end: (typeof occupied)[number]) =>
    `${changeWords(end.value)}${classes ? ` for ${classes[end.k]}` : ''} where ${cellWordsOf(term, end.cell)}`;
  const low = occupied.reduce((a, b) => (b.value < a.value ? b : a));
  const high = occupied.reduce((a, b) => (b.value > a.value ? b : a));
  return `${size}, from ${of(low)} to ${of(high)}`;
}

/** How the bags' spread compares with the graphs' size. */
export const spreadWords = (share: number | null, bags: number): string =>
  share === null
    ? 'One fit, so that nothing tells how far the graphs depend on chance.'
    : `Between ${countWords(bags, 'bag')} they differ by ${percentWords(share, 0)} of their size on average.`;
