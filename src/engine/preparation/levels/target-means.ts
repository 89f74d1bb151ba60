/** Means of a target by level, drawn towards the mean of all rows as if `smoothing` more rows had it (Micci-Barreca 2001, equation 4). */
export interface TargetMeans {
  /** [levels x outputs] */
  readonly means: Float64Array;
  /** [outputs] of all rows: what an unknown level gets. */
  readonly overall: Float64Array;
}

/** Rows of one column: [rows] codes below `levels`, and what is averaged, [rows x outputs]. */
export interface LevelRows {
  readonly codes: Int32Array;
  readonly levels: number;
  readonly y: Float64Array;
  readonly outputs: number;
}

export function targetMeans(rows: LevelRows, smoothing: number): TargetMeans {
  const all = sumsOf(rows, () => true);
  const overall = overallOf(all);
  return { means: smoothed(all, overall, smoothing), overall };
}

/**
 * Each row's encoding from the rows of the other folds alone, so that a learner never sees a row's own target in its input.
 * folds: [rows] below `foldCount`. Returns [rows x outputs].
 */
export function crossFittedMeans(
  rows: LevelRows,
  folds: Uint8Array,
  foldCount: number,
  smoothing: number,
): Float64Array {
  const encoded = new Float64Array(rows.codes.length * rows.outputs);
  for (let fold = 0; fold < foldCount; fold++) {
    const others = sumsOf(rows, (row) => folds[row] !== fold);
    const means = smoothed(others, overallOf(others), smoothing);
    for (let row = 0; row < rows.codes.length; row++) {
      if (folds[row] !== fold) continue;
      for (let k = 0; k < rows.outputs; k++)
        encoded[row * rows.outputs + k] = means[rows.codes[row] * rows.outputs + k];
    }
  }
  return encoded;
}

interface Sums {
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly outputs: number;
}

function sumsOf({ codes, levels, y, outputs }: LevelRows, counts: (row: number) => boolean): Sums {
  const all = { counts: new Float64Array(levels), sums: new Float64Array(levels * outputs), outputs };
  for (let row = 0; row < codes.length; row++) {
    if (!counts(row)) continue;
    all.counts[codes[row]]++;
    for (let k = 0; k < outputs; k++) all.sums[codes[row] * outputs + k] += y[row * outputs + k];
  }
  return all;
}

function overallOf({ counts, sums, outputs }: Sums): Float64Array {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const overall = new Float64Array(outputs);
  for (let i = 0; i < sums.length; i++) overall[i % outputs] += sums[i] / Math.max(1, rows);
  return overall;
}

function smoothed({ counts, sums, outputs }: Sums, overall: Float64Array, smoothing: number): Float64Array {
  return sums.map((sum, i) => {
    const k = i % outputs;
    return (sum + smoothing * overall[k]) / (counts[Math.floor(i / outputs)] + smoothing);
  });
}
