import type { ColumnEffect } from '../../../shared/results/effects.ts';
import { type Column, takeRows } from '../../data/table.ts';
import { association } from '../association.ts';
import type { EffectBasis } from './effect-of.ts';

/** Both effects in each row of the sample, and the standard error of the local one: all [rows x outputs]. */
interface BothEffects {
  readonly partial: Float64Array;
  readonly local: Float64Array;
  readonly error: Float64Array;
}

/** Told from these shares on: of the larger effect, and of the spread of all predictions. */
const [ofEffect, ofPredictions] = [0.25, 0.05];
/** A difference within so many standard errors may be chance. */
const chance = 2.5;
/** Below this two columns do not go together to speak of. */
const weakest = 0.3;
/** Rows by which columns are compared. */
const comparedRows = 500;

/** Root mean square distance between the two, where it is too large for chance and large enough to mislead. */
export function disagreementOf(
  { partial, local, error }: BothEffects,
  { sample, predicted, compared }: EffectBasis,
  column: Column,
): ColumnEffect['disagreement'] {
  const distance = rootMeanSquare(partial.map((value, i) => value - local[i]));
  const larger = Math.max(rootMeanSquare(partial), rootMeanSquare(local));
  const all = deviation(predicted.values, predicted.outputs);
  if (!(distance > ofEffect * larger && distance > ofPredictions * all)) return undefined;
  if (distance <= chance * rootMeanSquare(error)) return undefined;
  const count = Math.min(comparedRows, sample.rowCount);
  const rows = Array.from({ length: count }, (_, i) => Math.floor((i * sample.rowCount) / count));
  const taken = takeRows({ rowCount: sample.rowCount, columns: [column, ...compared.columns] }, rows).columns;
  const [own, ...others] = taken;
  let goesWith: { column: string; association: number } | undefined;
  for (const other of others) {
    if (other.name === column.name) continue;
    const strength = association(own, other);
    if (strength >= weakest && strength > (goesWith?.association ?? 0))
      goesWith = { column: other.name, association: strength };
  }
  return { share: distance / larger, ...(goesWith && { goesWith }) };
}

const rootMeanSquare = (values: Float64Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / Math.max(1, values.length));

function deviation(values: Float64Array, outputs: number): number {
  const means = new Float64Array(outputs);
  values.forEach((value, i) => {
    means[i % outputs] += (value * outputs) / values.length;
  });
  return rootMeanSquare(values.map((value, i) => value - means[i % outputs]));
}
