import type { ToldWitness, WitnessesShape } from '../../../shared/results/model-reading.ts';
import { edgeWords, levelName } from '../../../shared/results/read-condition.ts';
import { columnNamed, type Table } from '../../data/table.ts';
import type { WitnessColumn, WitnessesReading } from '../../models/readable.ts';
import { witnessLogs } from './reading-predictions.ts';
import { rounded } from './told-weights.ts';

/** Levels or stretches of a column that are told: those with most rows. */
const mostCells = 24;

/** What each column says of the classes, the one that parts their scores most first. */
export function toldWitnesses(reading: WitnessesReading, rows: Table, most: number): WitnessesShape {
  const { priors, power, columns } = reading;
  const told = columns.map((column) => toldColumn(column, rows, priors, power)).sort((a, b) => b.weight - a.weight);
  return {
    kind: 'witnesses',
    priors: priors.map(rounded),
    power,
    columns: told.slice(0, most),
    further: Math.max(0, told.length - most),
  };
}

function toldColumn(column: WitnessColumn, rows: Table, priors: readonly number[], power: number): ToldWitness {
  const own = { column: column.column, weight: rounded(power * spreadOf(witnessLogs(column, rows), priors.length)) };
  const { type } = columnNamed(rows, column.column);
  if (column.kind === 'normal') {
    const values = (numbers: readonly number[]) => numbers.map(rounded);
    const isDate = type === 'date';
    return {
      ...own,
      cells: [
        { words: isDate ? 'mean, milliseconds since 1970' : 'mean', values: values(column.means) },
        { words: 'deviation', values: values(column.deviations) },
      ],
      inShares: false,
      further: 0,
    };
  }
  const frequent = column.cells.length > mostCells ? mostFrequent(column.cells, priors) : column.cells;
  return {
    ...own,
    cells: frequent.map((cell) => ({ words: cellWords(cell, type === 'date'), values: cell.shares.map(rounded) })),
    inShares: true,
    further: column.cells.length - frequent.length,
  };
}

type Cell = Extract<WitnessColumn, { kind: 'shares' }>['cells'][number];

function mostFrequent(cells: readonly Cell[], priors: readonly number[]): Cell[] {
  const rows = ({ shares }: Cell) => shares.reduce((sum, share, k) => sum + share * priors[k], 0);
  const kept = new Set(cells.toSorted((a, b) => rows(b) - rows(a)).slice(0, mostCells));
  return cells.filter((cell) => kept.has(cell));
}

/** '"red"', 'below 3', '3 to below 5', 'from 5' */
function cellWords({ from = null, below = null, level }: Cell, isDate: boolean): string {
  if (level !== undefined) return levelName(level);
  if (from === null) return below === null ? 'any number' : `below ${edgeWords(below, isDate)}`;
  const start = edgeWords(from, isDate);
  return below === null ? `from ${start}` : `${start} to below ${edgeWords(below, isDate)}`;
}

/** Mean over rows of how far the classes' numbers lie apart. logs: [rows x classes] */
function spreadOf(logs: Float64Array, classes: number): number {
  let sum = 0;
  for (let base = 0; base < logs.length; base += classes) {
    const own = logs.subarray(base, base + classes);
    sum += Math.max(...own) - Math.min(...own);
  }
  return logs.length > 0 ? sum / (logs.length / classes) : 0;
}
