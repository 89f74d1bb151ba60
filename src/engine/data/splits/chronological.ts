import { UserError } from '../../../shared/faults.ts';

/** Rows in the order of their time, equal times in the order of the file. @param times [rows], none missing */
const chronological = (times: Float64Array): Uint32Array =>
  Uint32Array.from(times, (_, row) => row).sort((a, b) => times[a] - times[b] || a - b);

/**
 * Cuts rows into consecutive stretches of time. A cut never falls between rows of the same time: it moves to where the time begins.
 * @param shares of the rows, in order, summing to 1
 * @returns rows of each stretch, in order of time
 * Throws a UserError where a stretch stays empty.
 */
export function timeStretches(times: Float64Array, shares: readonly number[]): Uint32Array[] {
  const order = chronological(times);
  const stretches: Uint32Array[] = [];
  let start = 0;
  let reached = 0;
  for (let i = 0; i < shares.length; i++) {
    reached += shares[i];
    let end = i === shares.length - 1 ? order.length : Math.round(reached * order.length);
    while (end > start && end < order.length && times[order[end]] === times[order[end - 1]]) end--;
    if (end <= start) {
      throw new UserError('split-time', `too few different times for ${shares.length} consecutive stretches.`, {
        advice: 'Ask for fewer folds or a larger share, or take `time` out.',
      });
    }
    stretches.push(order.slice(start, end));
    start = end;
  }
  return stretches;
}
