import { countWords, intervalWords, linesWords, listWords, numberWords, percentWords } from './numbers.ts';
import type { Result } from './result.ts';

/** Along what an effect is drawn. */
export type EffectAxis =
  | {
      readonly kind: 'numbers';
      /** Values are milliseconds since 1970-01-01 UTC. */
      readonly date: boolean;
      /** What is drawn: from the 1st to the 99th percentile. */
      readonly low: number;
      readonly high: number;
    }
  | {
      readonly kind: 'levels';
      /** In an order in which neighbours are alike. */
      readonly levels: readonly string[];
      /** Rarer levels that are not looked at. */
      readonly further: number;
    };

/** How a prediction changes with one column, told in two ways. */
export interface ColumnEffect {
  readonly column: string;
  readonly axis: EffectAxis;
  /** Share of the rows in equal stretches of the axis, or by level; of those whose value is known and looked at. */
  readonly density: readonly number[];
  /** Partial dependence at points, values or positions of levels: the mean prediction of all rows with the column set so. */
  readonly partial: {
    readonly at: readonly number[];
    /** [outputs][points] */
    readonly mean: readonly (readonly number[])[];
    /** [outputs][rows][points] of single rows: individual conditional expectation. */
    readonly lines: readonly (readonly (readonly number[])[])[];
  };
  /** Accumulated local effects at points, with their standard error; mean 0 over the rows. */
  readonly local: {
    readonly at: readonly number[];
    /** [outputs][points] */
    readonly effect: readonly (readonly number[])[];
    readonly error: readonly (readonly number[])[];
  };
  /** Share of the rows whose value is missing, and [outputs] the mean prediction if it were of all. */
  readonly missing?: { readonly share: number; readonly partial: readonly number[] };
  /** Standard deviation of the predictions that comes of the column by its partial dependence, over all outputs. */
  readonly spread: number;
  /** Where the two ways tell different things: their distance as a share of the larger effect, and the column it goes with most. */
  readonly disagreement?: {
    readonly share: number;
    readonly goesWith?: { readonly column: string; readonly association: number };
  };
}

/** How predictions change with columns, one at a time. */
export interface Effects extends Result<'effects'> {
  /** 'probability of yes', 'probability of each class', 'charges' */
  readonly unit: string;
  /** The class of each output, of several. */
  readonly classes?: readonly string[];
  /** [outputs] mean prediction of the rows; null where nothing was asked. */
  readonly level: readonly number[] | null;
  /** Rows behind partial dependence, rows behind local effects, and how many there were to choose from. */
  readonly rows: number;
  readonly localRows: number;
  readonly rowsAvailable: number;
  readonly part: 'validation' | 'test';
  /** Most important first. */
  readonly columns: readonly ColumnEffect[];
  /** Columns that are not drawn: those that move predictions less, and texts, images and names of rows, which have no axis. */
  readonly further: number;
  readonly withoutAxis: readonly string[];
}

const named = 5;

/** A point of the axis as a person would say it: '41', '2021-03-05', 'Dream'. */
export function pointWords(axis: EffectAxis, point: number): string {
  if (axis.kind === 'levels') return axis.levels[point];
  return axis.date ? new Date(point).toISOString().slice(0, 10) : numberWords(point, 4);
}

/** 'age: from 0.21 at 23 to 0.74 at 51', by partial dependence; of several classes that which moves most. */
export function columnEffectWords({ column, axis, partial }: ColumnEffect, classes?: readonly string[]): string {
  const ends = partial.mean.map((values, output) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return { output, low, high, range: high - low };
  });
  const most = ends.reduce((best, one) => (one.range > best.range ? one : best));
  const values = partial.mean[most.output];
  const at = (value: number) => pointWords(axis, partial.at[values.indexOf(value)]);
  const whose = classes ? ` for ${classes[most.output]}` : '';
  return `${column}${whose} from ${numberWords(most.low)} at ${at(most.low)} to ${numberWords(most.high)} at ${at(most.high)}`;
}

/** Why the two ways differ and which to trust; empty where they agree. */
export function disagreementWords({ column, disagreement }: ColumnEffect): string {
  if (!disagreement) return '';
  const { share, goesWith } = disagreement;
  const why = goesWith
    ? `${column} goes with ${goesWith.column} (association ${numberWords(goesWith.association, 2)}), so partial dependence asks for rows that hardly exist: trust the local effects`
    : `${column} goes with other columns, so that partial dependence asks for rows that hardly exist: trust the local effects`;
  return `Along ${column} the two differ by ${percentWords(share, 0)} of the effect. ${why}.`;
}

export function effectsWords(result: Effects): string {
  const { columns, unit, classes } = result;
  const moving = columns.filter(({ spread }) => spread > 0);
  const still = columns.filter(({ spread }) => spread === 0).map(({ column }) => column);
  const shown = moving.slice(0, named).map((one) => columnEffectWords(one, classes));
  const more = moving.length - named;
  return linesWords([
    result.partial ?? false,
    moving.length > 0
      ? `With one column set to a value for all rows, the mean ${unit} goes: ${shown.join('; ')}${more > 0 ? `; ${countWords(more, 'more column')} move it less` : ''}.`
      : columns.length > 0 && `No column moves the ${unit} by itself.`,
    moving.length > 0 && still.length > 0 && `Without any effect: ${listWords(shortened(still))}.`,
    ...columns.map(disagreementWords),
    effectsBasisWords(result),
    result.quality.words,
  ]);
}

export function effectsBasisWords({ rows, localRows, rowsAvailable, part, further, withoutAxis }: Effects): string {
  const from = `From ${countWords(rows, 'row')} (local effects: ${countWords(localRows, 'row')}) of ${rowsAvailable.toLocaleString('en-US')} of the ${part} part.`;
  const rest =
    further > 0 &&
    `${countWords(further, 'column')} that ${further === 1 ? 'moves' : 'move'} predictions less ${further === 1 ? 'is' : 'are'} not drawn.`;
  const without =
    withoutAxis.length > 0 && `Texts, images and names of rows have no axis: ${listWords(shortened(withoutAxis))}.`;
  return [from, rest, without].filter(Boolean).join(' ');
}

/** '0.21 (± 0.03)' */
export const localWords = (effect: number, error: number): string =>
  `${numberWords(effect)} (${intervalWords({ low: effect - 2 * error, high: effect + 2 * error }, 2)})`;

const shortened = (names: readonly string[]): string[] =>
  names.length <= 8 ? [...names] : [...names.slice(0, 7), `${names.length - 7} others`];
