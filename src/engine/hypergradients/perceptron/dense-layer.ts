/** A layer input W + b among the weights of a network, which are one array. */
export interface DenseLayer {
  readonly from: number;
  readonly to: number;
  /** Where its weights [from x to] and then its biases [to] begin. */
  readonly start: number;
}

/** The layers between widths: inputs, hidden units, outputs. */
export function layersOf(widths: readonly number[]): DenseLayer[] {
  let start = 0;
  return widths.slice(1).map((to, i) => {
    const layer = { from: widths[i], to, start };
    start += (widths[i] + 1) * to;
    return layer;
  });
}

/** input W + b, [rows x to] */
export function affine(input: Float64Array, w: Float64Array, layer: DenseLayer, rows: number): Float64Array {
  const { from, to, start } = layer;
  const result = new Float64Array(rows * to);
  const biases = w.subarray(start + from * to, start + (from + 1) * to);
  for (let row = 0; row < rows; row++) result.set(biases, row * to);
  addProduct(result, input, w, layer, rows);
  return result;
}

/** result [rows x to] += input W */
export function addProduct(
  result: Float64Array,
  input: Float64Array,
  w: Float64Array,
  { from, to, start }: DenseLayer,
  rows: number,
): void {
  for (let row = 0; row < rows; row++) {
    const base = row * to;
    for (let i = 0; i < from; i++) {
      const value = input[row * from + i];
      const weights = start + i * to;
      for (let j = 0; j < to; j++) result[base + j] += value * w[weights + j];
    }
  }
}

/** Adds input' delta to the layer's weights in `gradient`, and the column sums of delta to its biases where asked. */
export function addOuter(
  gradient: Float64Array,
  input: Float64Array,
  delta: Float64Array,
  { from, to, start }: DenseLayer,
  rows: number,
  withBias: boolean,
): void {
  const bias = start + from * to;
  for (let row = 0; row < rows; row++) {
    const base = row * to;
    for (let i = 0; i < from; i++) {
      const value = input[row * from + i];
      const at = start + i * to;
      for (let j = 0; j < to; j++) gradient[at + j] += value * delta[base + j];
    }
    if (withBias) for (let j = 0; j < to; j++) gradient[bias + j] += delta[base + j];
  }
}

/** delta W', [rows x from] */
export function throughWeights(
  delta: Float64Array,
  w: Float64Array,
  { from, to, start }: DenseLayer,
  rows: number,
): Float64Array<ArrayBuffer> {
  const result = new Float64Array(rows * from);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < from; i++) {
      const at = start + i * to;
      let sum = 0;
      for (let j = 0; j < to; j++) sum += delta[row * to + j] * w[at + j];
      result[row * from + i] = sum;
    }
  }
  return result;
}
