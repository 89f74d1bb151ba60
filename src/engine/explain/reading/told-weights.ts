import type { ToldWeight, WeightsShape } from '../../../shared/results/model-reading.ts';
import { conditionWords } from '../../../shared/results/read-condition.ts';
import { columnNamed, type NumericColumn, type Table } from '../../data/table.ts';
import type { MadeColumn, ReadInput, WeightErrors, WeightsReading } from '../../models/readable.ts';
import { termValues } from './reading-predictions.ts';

/** Rows of which typical values are taken: raw, and as the reading sees them. */
export interface ReadRows {
  readonly raw: Table;
  readonly read: Table;
  readonly made: readonly MadeColumn[];
}

/** A sum of weights, by the place of each term. */
type Contrast = readonly (readonly [term: number, factor: number])[];

/** Most rows lie between these shares of them. */
const [low, high] = [0.1, 0.9];

/** A linear model's weights as what they add in raw columns, largest first. most: terms that are told. */
export function toldWeights(
  { terms, intercept }: WeightsReading,
  rows: ReadRows,
  { covariance, words }: WeightErrors,
  most: number,
): WeightsShape {
  const scores = intercept.length;
  const isZero = terms.map(({ weights }) => weights.every((weight) => weight === 0));
  const shares = levelShares(terms, rows);
  const told = terms.flatMap(({ inputs }, term) => (isZero[term] ? [] : [toldTerm(inputs, term)]));
  const size = ({ adds }: ToldWeight) => Math.max(...adds.map(Math.abs));
  const sorted = told.toSorted((a, b) => size(b) - size(a));
  const further = sorted.slice(most);
  const zero = atZero(terms, intercept, rows);
  return {
    kind: 'weights',
    intercept: intercept.map(rounded),
    ...(zero && { atZero: zero.map(rounded) }),
    terms: sorted.slice(0, most),
    further: { count: further.length, largest: rounded(further.length > 0 ? size(further[0]) : 0) },
    zeros: terms.length - told.length,
    intervals: words,
  };

  function toldTerm(inputs: readonly ReadInput[], term: number): ToldWeight {
    const { contrast, ...rest } = contrastOf(inputs, term);
    const added = (k: number) => contrast.reduce((sum, [at, factor]) => sum + factor * terms[at].weights[k], 0);
    const each = Array.from({ length: scores }, (_, k) => k);
    return {
      label: weightLabel(inputs, rows.read),
      columns: [...new Set(inputs.map(columnOf))],
      ...rest,
      adds: each.map((k) => rounded(added(k))),
      ...(covariance && { error: each.map((k) => rounded(errorOf(covariance, contrast, k))) }),
    };
  }

  function errorOf(all: Float64Array, contrast: Contrast, k: number): number {
    const width = Math.round(Math.sqrt(all.length));
    let sum = 0;
    for (const [a, fa] of contrast)
      for (const [b, fb] of contrast) sum += fa * fb * all[(a * scores + k) * width + b * scores + k];
    return Math.sqrt(Math.max(0, sum));
  }

  function contrastOf(inputs: readonly ReadInput[], term: number) {
    const [input] = inputs;
    if (inputs.length === 1 && input.kind === 'number') return numberContrast(input, term, rows);
    const group = inputs.length === 1 ? shares.get(groupOf(input)) : undefined;
    if (group && group.length > 1) {
      const contrast: Contrast = group.map(([at, share]) => [at, (at === term ? 1 : 0) - share]);
      return { contrast };
    }
    if (inputs.length === 1) return { contrast: [[term, 1]] as Contrast };
    const values = termValues(inputs, rows.read).sort();
    return {
      contrast: [
        [term, between(values, high) - between(values, low) || values[values.length - 1] - values[0]],
      ] as Contrast,
    };
  }
}

const between = (sorted: Float64Array, share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;

/** From a low to a high value of the column: of the raw one, where there is one that it grows with. */
function numberContrast(input: Extract<ReadInput, { kind: 'number' }>, term: number, { raw, read, made }: ReadRows) {
  // A raw column that was filled or bent in its place still grows with itself.
  const isRaw = raw.columns.some(({ name, kind }) => name === input.column && kind === 'numeric');
  const column = columnNamed(isRaw ? raw : read, input.column) as NumericColumn;
  const known = Array.from(column.values.keys()).filter((row) => Number.isFinite(column.values[row]));
  known.sort((a, b) => column.values[a] - column.values[b]);
  const at = (share: number) => known[Math.round(share * (known.length - 1))];
  if (known.length === 0) return { contrast: [] as Contrast };
  let [from, to] = [at(low), at(high)];
  if (column.values[from] === column.values[to]) [from, to] = [at(0), at(1)];
  const values = termValues([input], read);
  return {
    contrast: [[term, values[to] - values[from]]] as Contrast,
    between: {
      from: column.values[from],
      to: column.values[to],
      ...(column.type === 'date' && { date: true }),
      ...(!isRaw && isBent(input, made) && { bent: true }),
    },
    straight: isStraight(input, made),
  };
}

const isStraight = (input: Extract<ReadInput, { kind: 'number' }>, made: ReadRows['made']): boolean =>
  input.limit === undefined && !isBent(input, made);

const isBent = ({ column: name }: { readonly column: string }, made: ReadRows['made']): boolean =>
  made.some(({ column, bent }) => column === name && bent);

/** The scores where every number of the data is 0; undefined where a number is bent, mixed or multiplied. */
function atZero(
  terms: WeightsReading['terms'],
  intercept: readonly number[],
  { raw, made }: ReadRows,
): number[] | undefined {
  const scores = [...intercept];
  for (const { inputs, weights } of terms) {
    if (weights.every((weight) => weight === 0)) continue;
    if (inputs.length > 1) return undefined;
    const [input] = inputs;
    if (input.kind !== 'number') continue;
    if (!raw.columns.some(({ name }) => name === input.column) || !isStraight(input, made)) return undefined;
    for (let k = 0; k < scores.length; k++) scores[k] -= (weights[k] * input.center) / input.scale;
  }
  return scores;
}

const columnOf = (input: ReadInput): string => (input.kind === 'number' ? input.column : input.condition.column);

/** Levels of one column are beside each other; that a number is missing stands beside its value. */
const groupOf = (input: ReadInput): string =>
  input.kind === 'flag' ? input.condition.column : `number ${input.column}`;

/** Of each column of levels, the places of its terms and the share of the rows that each holds for. */
function levelShares(terms: WeightsReading['terms'], { read }: ReadRows): Map<string, [number, number][]> {
  const groups = new Map<string, [number, number][]>();
  terms.forEach(({ inputs }, term) => {
    const [input] = inputs;
    if (inputs.length > 1 || input.kind !== 'flag') return;
    const values = termValues(inputs, read);
    const share = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    const name = groupOf(input);
    groups.set(name, [...(groups.get(name) ?? []), [term, share]]);
  });
  return groups;
}

/** 'age', 'color is "red"', 'age × income'. read: the columns that the reading speaks of. */
export const weightLabel = (inputs: readonly ReadInput[], read: Table): string =>
  inputs.map((input) => inputWords(input, read)).join(inputs[1] === inputs[0] ? ', squared: ' : ' × ');

function inputWords(input: ReadInput, read: Table): string {
  if (input.kind === 'number') return input.column;
  const { condition } = input;
  // Flags of levels are never said to rule out what is missing: that is a flag of its own.
  const said = condition.kind === 'levels' ? { ...condition, missing: condition.isNot } : condition;
  return columnNamed(read, condition.column).type === 'boolean' || said.kind !== 'levels' || said.levels.length < 4
    ? conditionWords(said)
    : `${said.column} is ${said.isNot ? 'a rare or unseen level' : `one of ${said.levels.length} rare levels`}`;
}

/** Five digits are more than anybody reads. */
export const rounded = (value: number): number => Number(value.toPrecision(5));
