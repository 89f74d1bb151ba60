import type { Target } from '../../data/dataset.ts';
import { benjaminiHochberg } from '../../statistics/benjamini-hochberg.ts';
import { median } from '../../statistics/median.ts';
import { studentTail } from '../../statistics/student-t.ts';

/** Fewer rows do not tell how far off is usual. */
const fewestRows = 20;

/**
 * [rows] whether a label is too unlikely. Of classes its chance is that of all classes at most as probable as it; of values that of an error so
 * far off among errors of their spread (1.4826 times the median size, Student's t). Corrected for a share of false alarms by Benjamini and Hochberg: if
 * what is said were right, at most that share of those doubted is doubted wrongly on average.
 * @param said [rows x outputs] of the training rows at these positions
 */
export function unlikelyLabels(said: Float64Array, rows: Uint32Array, target: Target, falseAlarms: number): boolean[] {
  if (rows.length < fewestRows) return Array.from(rows, () => false);
  const chances = target.kind === 'classes' ? ofClasses(said, rows, target.codes) : ofValues(said, rows, target.values);
  return benjaminiHochberg(chances).map((chance) => chance <= falseAlarms);
}

function ofClasses(said: Float64Array, rows: Uint32Array, codes: Int32Array): number[] {
  const width = said.length / rows.length;
  return Array.from(rows, (row, place) => {
    const answer = said.subarray(place * width, (place + 1) * width);
    const own = answer[codes[row]];
    return Math.min(
      1,
      answer.reduce((sum, p) => sum + (p <= own ? p : 0), 0),
    );
  });
}

function ofValues(said: Float64Array, rows: Uint32Array, values: Float64Array): number[] {
  const errors = Float64Array.from(rows, (row, place) => values[row] - said[place]);
  const spread = 1.4826 * median(errors.map(Math.abs));
  if (!(spread > 0)) return Array.from(errors, () => 1);
  return Array.from(errors, (error) => Math.min(1, 2 * studentTail(Math.abs(error) / spread, rows.length - 2)));
}
