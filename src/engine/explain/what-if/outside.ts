import type { Outside, OutsideCell, OutsideReason } from '../../../shared/results/what-if.ts';
import { closestName } from '../../data/closest-name.ts';
import { type Cell, type Column, cell, type NumericColumn, type Table, takeRows } from '../../data/table.ts';
import { createRandom } from '../../random.ts';
import { Plausibility } from '../counterfactuals/plausibility.ts';
import { sampleRows } from '../sample-rows.ts';
import { inLevelsOf } from '../shapley/hybrid-rows.ts';
import { factsOf } from './column-facts.ts';

/** A row is as near as its distance to this neighbour. */
const neighbours = 5;
/** Reference rows, squared and times columns, stay below this. */
const [mostReference, mostReferenceCells] = [500, 2e7];

/** What the training rows are to one another, measured once for every edit. */
const references = new WeakMap<Table, Plausibility>();

function referenceOf(train: Table, seed: number): Plausibility {
  const found = references.get(train);
  if (found) return found;
  const room = Math.floor(Math.sqrt(mostReferenceCells / Math.max(1, train.columns.length)));
  const cap = Math.min(mostReference, Math.max(20, room));
  const random = createRandom(seed).fork('reference');
  const made = new Plausibility(takeRows(train, sampleRows(train.rowCount, cap, random)), neighbours);
  references.set(train, made);
  return made;
}

/**
 * How far an edited row is outside of what the model was fitted on: by column, and as a whole by Gower's distance.
 * @param rows two rows, as it was and edited
 */
export function outsideOf(rows: Table, train: Table, seed: number): Outside {
  const cells = rows.columns.flatMap((column, c): OutsideCell[] => {
    const found = outsideCell(column, train.columns[c], 1);
    if (!found) return [];
    return [{ column: column.name, ...found, edited: outsideCell(column, train.columns[c], 0)?.value !== found.value }];
  });
  const reference = referenceOf(train, seed);
  const [before, after] = reference.of(inLevelsOf(train, rows));
  return {
    cells,
    neighbours: Math.max(1, Math.min(neighbours, reference.rows - 1)),
    distance: after.neighbour,
    distanceBefore: before.neighbour,
    asLonely: after.share,
    isFar: after.neighbour > reference.limit,
    reference: { rows: reference.rows, available: train.rowCount },
  };
}

interface Found {
  readonly value: Cell;
  readonly reason: OutsideReason;
  readonly low?: Cell;
  readonly high?: Cell;
  readonly close?: string;
}

function outsideCell(column: Column, train: Column, row: number): Found | undefined {
  const value = cell(column, row);
  const facts = factsOf(train);
  if (value === null) return facts.missing === 0 ? { value, reason: 'never missing' } : undefined;
  if (column.kind === 'numeric' && facts.kind === 'numeric') return outsideNumber(column, row, facts, value);
  // Texts and images differ from one another as a rule.
  if (facts.kind !== 'coded' || column.type === 'text' || column.type === 'image' || column.type === 'id')
    return undefined;
  if (facts.counts.has(String(value))) return undefined;
  const close = closestName(String(value), [...facts.counts.keys()]);
  return { value, reason: 'unseen level', ...(close !== undefined && { close }) };
}

function outsideNumber(
  column: NumericColumn,
  row: number,
  { low, high, isWhole }: { low: number; high: number; isWhole: boolean },
  value: Cell,
): Found | undefined {
  const own = column.values[row];
  const written = (end: number) => cell({ ...column, values: Float64Array.of(end) }, 0);
  const range = Number.isFinite(low) ? { low: written(low), high: written(high) } : {};
  if (own < low) return { value, reason: 'below', ...range };
  if (own > high) return { value, reason: 'above', ...range };
  return isWhole && !Number.isInteger(own) ? { value, reason: 'not whole', ...range } : undefined;
}
