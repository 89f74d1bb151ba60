/**
 * The three products of a layer, for matrices that lie row after row in one array. `weights` is [outputs x inputs]. Outputs are taken
 * four at a time, so that each number that is read is used four times.
 */

/** into [rows x outputs] = inputs [rows x inputs] weights^T + bias [outputs] */
export function affine(
  inputs: Float64Array,
  weights: Float64Array,
  bias: Float64Array,
  rows: number,
  into: Float64Array,
): void {
  const outputs = bias.length;
  const width = weights.length / outputs;
  for (let row = 0; row < rows; row++) {
    const from = row * width;
    let o = 0;
    for (; o + 3 < outputs; o += 4) {
      const [w0, w1, w2, w3] = [o * width, (o + 1) * width, (o + 2) * width, (o + 3) * width];
      let [s0, s1, s2, s3] = [bias[o], bias[o + 1], bias[o + 2], bias[o + 3]];
      for (let i = 0; i < width; i++) {
        const x = inputs[from + i];
        s0 += x * weights[w0 + i];
        s1 += x * weights[w1 + i];
        s2 += x * weights[w2 + i];
        s3 += x * weights[w3 + i];
      }
      const to = row * outputs + o;
      into[to] = s0;
      into[to + 1] = s1;
      into[to + 2] = s2;
      into[to + 3] = s3;
    }
    for (; o < outputs; o++) {
      let sum = bias[o];
      for (let i = 0; i < width; i++) sum += inputs[from + i] * weights[o * width + i];
      into[row * outputs + o] = sum;
    }
  }
}

/** into [rows x inputs] = slopes [rows x outputs] weights */
export function backThrough(
  slopes: Float64Array,
  weights: Float64Array,
  outputs: number,
  rows: number,
  into: Float64Array,
): void {
  const width = weights.length / outputs;
  into.fill(0);
  for (let row = 0; row < rows; row++) {
    const to = row * width;
    let o = 0;
    for (; o + 3 < outputs; o += 4) {
      const from = row * outputs + o;
      const [s0, s1, s2, s3] = [slopes[from], slopes[from + 1], slopes[from + 2], slopes[from + 3]];
      const [w0, w1, w2, w3] = [o * width, (o + 1) * width, (o + 2) * width, (o + 3) * width];
      for (let i = 0; i < width; i++) {
        into[to + i] += s0 * weights[w0 + i] + s1 * weights[w1 + i] + s2 * weights[w2 + i] + s3 * weights[w3 + i];
      }
    }
    for (; o < outputs; o++) {
      const slope = slopes[row * outputs + o];
      for (let i = 0; i < width; i++) into[to + i] += slope * weights[o * width + i];
    }
  }
}

/** weightSlopes [outputs x inputs] += slopes^T [outputs x rows] inputs [rows x inputs]; biasSlopes [outputs] += the sums of slopes */
export function addOuter(
  slopes: Float64Array,
  inputs: Float64Array,
  rows: number,
  weightSlopes: Float64Array,
  biasSlopes: Float64Array,
): void {
  const outputs = biasSlopes.length;
  const width = weightSlopes.length / outputs;
  for (let o = 0; o < outputs; o++) {
    const to = o * width;
    let row = 0;
    for (; row + 3 < rows; row += 4) {
      const at = row * outputs + o;
      const [s0, s1, s2, s3] = [slopes[at], slopes[at + outputs], slopes[at + 2 * outputs], slopes[at + 3 * outputs]];
      const [x0, x1, x2, x3] = [row * width, (row + 1) * width, (row + 2) * width, (row + 3) * width];
      biasSlopes[o] += s0 + s1 + s2 + s3;
      for (let i = 0; i < width; i++) {
        weightSlopes[to + i] += s0 * inputs[x0 + i] + s1 * inputs[x1 + i] + s2 * inputs[x2 + i] + s3 * inputs[x3 + i];
      }
    }
    for (; row < rows; row++) {
      const slope = slopes[row * outputs + o];
      biasSlopes[o] += slope;
      for (let i = 0; i < width; i++) weightSlopes[to + i] += slope * inputs[row * width + i];
    }
  }
}
