import { UserError } from '../../shared/faults.ts';
import { numberWords } from '../../shared/results/numbers.ts';
import type { Table } from '../data/table.ts';
import type { Predictor } from '../models/predictor.ts';

/**
 * Asks a model twice for a row that is to be explained. Throws a UserError where its answers differ: what a technique about one row finds
 * could not be told from chance.
 */
export async function checkSteady(predictor: Predictor, row: Table): Promise<void> {
  const [first, second] = [await predictor.predict(row), await predictor.predict(row)];
  const place = first.values.findIndex((value, i) => !Object.is(value, second.values[i]));
  if (place < 0) return;
  const answers = `${numberWords(first.values[place])}, then ${numberWords(second.values[place])}`;
  throw new UserError(
    'model-unsteady',
    `the model answers otherwise when it is asked again for the same row: ${answers}.`,
    {
      advice: 'Fix its seed, or choose what averages over many rows: permutation-importance, slices or surrogate-tree.',
    },
  );
}
