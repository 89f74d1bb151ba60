import { UserError } from '../../../shared/faults.ts';
import type { Sweep, SweepPoint } from '../../../shared/results/what-if.ts';
import { nameAdvice } from '../../data/closest-name.ts';
import { type Column, cell, type NumericColumn, type Table, takeRows, withColumns } from '../../data/table.ts';
import type { Predictor } from '../../models/predictor.ts';
import { saidOf } from '../counterfactuals/told-again.ts';
import { factsOf, frequentFirst } from './column-facts.ts';

const [numberPoints, mostLevels] = [41, 40];
const day = 86_400_000;

/**
 * Predictions of the edited row with one column set to values over its training range, or to its levels, and to missing.
 * @param rows two rows, as it was and edited
 * Throws a UserError for a column that there is not, and for texts and images.
 */
export async function sweepOf(predictor: Predictor, rows: Table, train: Table, name: string): Promise<Sweep> {
  const at = rows.columns.findIndex((column) => column.name === name);
  const names = rows.columns.map((column) => column.name);
  if (at < 0)
    throw new UserError('column-unknown', `there is no column "${name}".`, { advice: nameAdvice(name, names) });
  const column = rows.columns[at];
  if (column.type === 'text' || column.type === 'image' || column.type === 'id')
    throw new UserError('sweep-column', `"${name}" holds ${wordsOf(column)}, which have no range to go over.`, {
      advice: 'Choose a column of numbers, dates or levels.',
    });
  const { swept, further } =
    column.kind === 'numeric' ? numbers(column, train.columns[at]) : levels(column, train.columns[at]);
  const count = swept.kind === 'numeric' ? swept.values.length : swept.codes.length;
  const table = withColumns(takeRows(rows, new Uint32Array(count).fill(1)), [swept]);
  const prediction = await predictor.predict(table);
  const said = saidOf(prediction, predictor);
  const outputs = prediction.values.length / count;
  const points = said.map(
    (label, i): SweepPoint => ({
      value: cell(swept, i),
      values: [...prediction.values.subarray(i * outputs, (i + 1) * outputs)],
      label,
    }),
  );
  return {
    column: name,
    type: column.type,
    points: points.slice(0, -1),
    missing: points[points.length - 1],
    before: cell(column, 0),
    current: cell(column, 1),
    further,
  };
}

const wordsOf = ({ type }: Column): string => (type === 'text' ? 'texts' : type === 'image' ? 'pictures' : 'names');

interface Swept {
  /** The values to look at, and missing as the last. */
  readonly swept: Column;
  readonly further: number;
}

function numbers(column: NumericColumn, train: Column): Swept {
  const facts = factsOf(train);
  const own = [...column.values].filter(Number.isFinite);
  if (facts.kind !== 'numeric' || facts.low > facts.high) return { swept: withMissing(column, own), further: 0 };
  const { low, high, isWhole } = facts;
  const step = (high - low) / (numberPoints - 1);
  const unit = column.type === 'date' && step > day ? day : isWhole ? 1 : 10 ** Math.floor(Math.log10(step));
  const even = Array.from({ length: numberPoints }, (_, i) => {
    const value = low + ((high - low) * i) / (numberPoints - 1);
    return i === 0 ? low : i === numberPoints - 1 ? high : roundTo(value, unit);
  });
  return { swept: withMissing(column, [...even, ...own]), further: 0 };
}

/** Round numbers are easier to read; digits that a division adds are cut. */
const roundTo = (value: number, unit: number): number =>
  unit > 0 ? Number((Math.round(value / unit) * unit).toPrecision(12)) : value;

const withMissing = (column: NumericColumn, values: readonly number[]): NumericColumn => ({
  ...column,
  values: Float64Array.of(...[...new Set(values)].sort((a, b) => a - b), Number.NaN),
});

function levels(column: Extract<Column, { kind: 'coded' }>, train: Column): Swept {
  const facts = factsOf(train);
  const all = facts.kind === 'coded' ? frequentFirst(facts.counts).map(({ level }) => level) : [];
  const own = [cell(column, 0), cell(column, 1)].flatMap((level) => (level === null ? [] : [String(level)]));
  const shown = [...new Set([...all.slice(0, mostLevels), ...own])];
  const codes = Int32Array.of(...shown.map((level) => column.levels.indexOf(level)), -1);
  return { swept: { ...column, codes }, further: all.filter((level) => !shown.includes(level)).length };
}
