/** A table of two columns and what of it belongs to each column alone. */
export interface Purified {
  /** [first] and [second] */
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** Sweeps after which what is left in the margins is too little to be seen. */
const sweeps = 50;

/**
 * Takes out of a table [first x second] the means of its lines and columns, weighted by rows, until none is left (Lengerich et al. 2020,
 * algorithm 1: the functional ANOVA decomposition): what two columns do apart belongs to their own curves.
 * Changes `table`; returns what was taken out.
 */
export function purify(table: Float64Array, weights: Float64Array, columns: number): Purified {
  const lines = table.length / columns;
  const first = new Float64Array(lines);
  const second = new Float64Array(columns);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const byLine = takeMeans(table, weights, lines, columns, columns, 1, first);
    const byColumn = takeMeans(table, weights, columns, lines, 1, columns, second);
    if (Math.max(byLine, byColumn) < 1e-9) break;
  }
  return { first, second };
}

/** Means of `count` stretches of `length` cells; returns the largest in size. */
function takeMeans(
  table: Float64Array,
  weights: Float64Array,
  count: number,
  length: number,
  stride: number,
  next: number,
  taken: Float64Array,
): number {
  let largest = 0;
  for (let i = 0; i < count; i++) {
    let [sum, weight] = [0, 0];
    for (let j = 0, at = i * stride; j < length; j++, at += next) {
      sum += weights[at] * table[at];
      weight += weights[at];
    }
    const mean = weight > 0 ? sum / weight : 0;
    for (let j = 0, at = i * stride; j < length; j++, at += next) table[at] -= mean;
    taken[i] += mean;
    largest = Math.max(largest, Math.abs(mean));
  }
  return largest;
}
