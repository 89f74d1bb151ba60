import type { TermAxis } from './additive-terms.ts';
import { countWords, intervalWords, linesWords, listWords, numberWords } from './numbers.ts';
import type { Interval, Result } from './result.ts';

/** How far a prediction is more than a sum: what one column does depends on others. */
export interface InteractionStrength {
  /** Friedman's H, 0 to about 1: the interaction beside all that the column, or the pair, does. */
  readonly h: number;
  /** 95 % interval of H over resampled rows. */
  readonly interval: Interval;
  /** Standard deviation of the interaction's part of the numbers, in their unit: what the ranking goes by. */
  readonly strength: number;
}

/** One column with all others together. */
export interface ColumnInteraction extends InteractionStrength {
  readonly column: string;
}

export interface PairInteraction extends InteractionStrength {
  readonly columns: readonly [string, string];
  /** Whether rows that the model was not fitted on are predicted better with the interaction than without. Absent: not tried. */
  readonly heldOut?: {
    /** Growth of the mean loss without it. */
    readonly saved: number;
    /** Chance of as much were there no such interaction, corrected for the number of pairs tried (Holm). */
    readonly chance: number;
    readonly borneOut: boolean;
  };
  readonly map?: InteractionMap;
}

/** What two columns do together beyond what each does alone, on a grid. */
export interface InteractionMap {
  readonly axes: readonly [TermAxis, TermAxis];
  /** [outputs][cells] by partial dependence and by accumulated local effects of second order; cells of the second axis lie next to each other. */
  readonly partial: readonly (readonly number[])[];
  readonly local: readonly (readonly number[])[];
  /** [cells] share of the rows. */
  readonly share: readonly number[];
}

/** Which columns act together in a model. */
export interface Interactions extends Result<'interactions'> {
  /** What is taken apart: 'charges', 'log odds of yes'. */
  readonly unit: string;
  /** Of several classes. */
  readonly classes?: readonly string[];
  /** Rows with which each was crossed, rows that held the interactions against the truth, and how many there were. */
  readonly rows: number;
  readonly judgedRows: number;
  readonly rowsAvailable: number;
  readonly part: 'validation' | 'test';
  readonly loss: 'log loss' | 'squared error';
  /** Strongest first. */
  readonly columns: readonly ColumnInteraction[];
  readonly pairs: readonly PairInteraction[];
  /** Columns that were not looked at. */
  readonly further: number;
}

const named = 3;

/** 'age with sex' */
export const pairName = ({ columns }: Pick<PairInteraction, 'columns'>): string => columns.join(' with ');

/** What the held-out rows say of a pair. */
export function heldOutWords({ heldOut }: PairInteraction): string {
  if (!heldOut) return 'not tried on held-out rows';
  return heldOut.borneOut ? 'borne out by held-out rows' : 'not borne out by held-out rows';
}

export function interactionsWords(result: Interactions): string {
  const { columns, pairs, unit, loss } = result;
  const present = pairs.filter(({ strength }) => strength > 0);
  const real = present.filter(({ heldOut }) => heldOut?.borneOut);
  const tried = present.filter(({ heldOut }) => heldOut !== undefined);
  const pair = (one: PairInteraction) =>
    `${pairName(one)} (H ${numberWords(one.h, 2)}, ${intervalWords(one.interval, 2)}; ${numberWords(one.strength, 2)} of the ${unit})`;
  const alone = columns.filter(({ strength }) => strength > 0).slice(0, named);
  return linesWords([
    result.partial ?? false,
    present.length === 0
      ? columns.length > 0 && 'The model adds up what its columns do: no two of those looked at act together.'
      : real.length > 0
        ? `Columns that act together, and are borne out by rows that the model was not fitted on: ${real.map(pair).join('; ')}.`
        : tried.length > 0 &&
          'No interaction is borne out by rows that the model was not fitted on: what there is may be noise that it learned.',
    tried.length > real.length &&
      `In the model but not borne out: ${listWords(tried.filter(({ heldOut }) => !heldOut?.borneOut).map(pairName))}; without such an interaction the ${loss} of those rows would hardly be worse.`,
    alone.length > 0 &&
      `Most entangled with all others: ${alone.map(({ column, h, interval }) => `${column} (H ${numberWords(h, 2)}, ${intervalWords(interval, 2)})`).join(', ')}.`,
    interactionsBasisWords(result),
    result.quality.words,
  ]);
}

export function interactionsBasisWords({ rows, judgedRows, rowsAvailable, part, further }: Interactions): string {
  const from = `From ${countWords(rows, 'row')}, each crossed with each, and ${countWords(judgedRows, 'row')} held against their truth, of ${rowsAvailable.toLocaleString('en-US')} of the ${part} part.`;
  return further > 0
    ? `${from} ${countWords(further, 'column')} that ${further === 1 ? 'moves' : 'move'} predictions less ${further === 1 ? 'was' : 'were'} not looked at.`
    : from;
}
