/** Rows as numbers: x [rows x inputs], y [rows x outputs], one-hot classes or values. */
export interface NumericRows {
  readonly count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Views of the rows in order, as near to `batchSize` each as equal parts come. */
export function batchesOf(
  { count, x, y }: NumericRows,
  inputs: number,
  outputs: number,
  batchSize: number,
): NumericRows[] {
  const batchCount = Math.max(1, Math.round(count / batchSize));
  return Array.from({ length: batchCount }, (_, b) => {
    const [from, to] = [b, b + 1].map((edge) => Math.round((edge * count) / batchCount));
    return {
      count: to - from,
      x: x.subarray(from * inputs, to * inputs),
      y: y.subarray(from * outputs, to * outputs),
    };
  });
}
