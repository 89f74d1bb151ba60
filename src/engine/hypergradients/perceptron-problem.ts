import type { Random } from '../random.ts';
import type { SmoothHyperparameter, TrainingProblem } from './training-problem.ts';

/** Rows as numbers: x [rows x inputs], y [rows x outputs], one-hot classes or values. */
export interface NumericRows {
  readonly count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface PerceptronOptions {
  readonly train: NumericRows;
  readonly validation: NumericRows;
  readonly inputs: number;
  /** Units of the tanh layers; none makes a linear model: ridge regression or multinomial logistic regression. */
  readonly hidden: readonly number[];
  readonly outputs: number;
  /** 'classes': mean cross-entropy of the softmax; 'values': mean squared error / 2, summed over the outputs. */
  readonly loss: 'classes' | 'values';
  /** Rows a step; default: all. */
  readonly batchSize?: number;
  /** What shares one penalty: each input's weights and each later layer's, or each layer's; biases have none. */
  readonly penalties: 'by-input' | 'by-layer';
}

/** Bounds of the logarithm of a penalty. */
const bounds = { low: Math.log(1e-6), high: Math.log(1e2) };

/**
 * A perceptron with penalties 1/2 exp(lambda_g) |w_g|^2 on groups of weights, in double precision. Products with the Hessian are exact,
 * by differentiating the backward pass along v (Pearlmutter 1994, the R operator).
 */
export function perceptronProblem(options: PerceptronOptions): TrainingProblem {
  const { train, validation, inputs, hidden, outputs } = options;
  const layers = layersOf([inputs, ...hidden, outputs]);
  const weightCount = layers.reduce((sum, { from, to }) => sum + (from + 1) * to, 0);
  const { groupOf, hyperparameters } = penaltyGroups(layers, options.penalties, weightCount);
  const batches = batchesOf(train, inputs, outputs, options.batchSize ?? train.count);
  const value = (w: Float64Array, rows: NumericRows, gradient: Float64Array) =>
    lossGradient(layers, options.loss, w, rows, gradient);
  return {
    weightCount,
    hyperparameters,
    batchCount: batches.length,
    initialWeights: (random) => initialWeights(layers, weightCount, random),
    trainingGradient(w, lambda, batch, gradient) {
      let loss = value(w, batches[batch], gradient);
      const strengths = lambda.map(Math.exp);
      for (let i = 0; i < weightCount; i++) {
        if (groupOf[i] < 0) continue;
        loss += 0.5 * strengths[groupOf[i]] * w[i] * w[i];
        gradient[i] += strengths[groupOf[i]] * w[i];
      }
      return loss;
    },
    validationGradient: (w, gradient) => value(w, validation, gradient),
    slopeGradient(w, lambda, batch, v, byWeights, byHyperparameters, scale) {
      hessianProduct(layers, options.loss, w, batches[batch], v, byWeights);
      const strengths = lambda.map(Math.exp);
      for (let i = 0; i < weightCount; i++) if (groupOf[i] >= 0) byWeights[i] += strengths[groupOf[i]] * v[i];
      addMixed(groupOf, strengths, w, v, byHyperparameters, scale);
    },
    addMixedDerivative: (w, lambda, v, byHyperparameters, scale) =>
      addMixed(groupOf, lambda.map(Math.exp), w, v, byHyperparameters, scale),
  };
}

/** d (exp(lambda_g) w_g . v_g) / d lambda_g */
function addMixed(
  groupOf: Int32Array,
  strengths: Float64Array,
  w: Float64Array,
  v: Float64Array,
  byHyperparameters: Float64Array,
  scale: number,
): void {
  for (let i = 0; i < w.length; i++) {
    const group = groupOf[i];
    if (group >= 0) byHyperparameters[group] += scale * strengths[group] * w[i] * v[i];
  }
}

interface DenseLayer {
  readonly from: number;
  readonly to: number;
  /** Where its weights [from x to] and then its biases [to] begin. */
  readonly start: number;
}

function layersOf(widths: readonly number[]): DenseLayer[] {
  let start = 0;
  return widths.slice(1).map((to, i) => {
    const layer = { from: widths[i], to, start };
    start += (widths[i] + 1) * to;
    return layer;
  });
}

function penaltyGroups(layers: readonly DenseLayer[], penalties: PerceptronOptions['penalties'], weightCount: number) {
  const groupOf = new Int32Array(weightCount).fill(-1);
  const names: string[] = [];
  for (const [k, { from, to, start }] of layers.entries()) {
    const byInput = penalties === 'by-input' && k === 0;
    const first = names.length;
    for (let i = 0; i < from * to; i++) groupOf[start + i] = first + (byInput ? Math.floor(i / to) : 0);
    if (byInput) for (let i = 0; i < from; i++) names.push(`penalty of input ${i + 1}`);
    else names.push(`penalty of layer ${k + 1}`);
  }
  const hyperparameters = names.map((name): SmoothHyperparameter => ({ name, ...bounds }));
  return { groupOf, hyperparameters };
}

function batchesOf({ count, x, y }: NumericRows, inputs: number, outputs: number, batchSize: number): NumericRows[] {
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

/** Normal with variance 1 / inputs (LeCun et al. 1998, section 4.6); biases 0. */
function initialWeights(layers: readonly DenseLayer[], weightCount: number, random: Random): Float64Array {
  const weights = new Float64Array(weightCount);
  for (const { from, to, start } of layers) {
    for (let i = 0; i < from * to; i++) weights[start + i] = random.normal() / Math.sqrt(from);
  }
  return weights;
}

/** Outputs of each layer, the input first: [rows x width] each; tanh but for the last. */
function forward(layers: readonly DenseLayer[], w: Float64Array, { count, x }: NumericRows): Float64Array[] {
  const states = [x];
  for (const [k, layer] of layers.entries()) {
    const next = affine(states[k], w, layer, count);
    if (k < layers.length - 1) for (let i = 0; i < next.length; i++) next[i] = Math.tanh(next[i]);
    states.push(next);
  }
  return states;
}

/** input W + b, [rows x to] */
function affine(input: Float64Array, w: Float64Array, { from, to, start }: DenseLayer, rows: number): Float64Array {
  const result = new Float64Array(rows * to);
  const bias = start + from * to;
  for (let row = 0; row < rows; row++) {
    const base = row * to;
    for (let j = 0; j < to; j++) result[base + j] = w[bias + j];
    addRow(result, base, input, row * from, w, start, from, to);
  }
  return result;
}

/** result[base ..] += input[at ..] W, of one row */
function addRow(
  result: Float64Array,
  base: number,
  input: Float64Array,
  at: number,
  w: Float64Array,
  start: number,
  from: number,
  to: number,
): void {
  for (let i = 0; i < from; i++) {
    const value = input[at + i];
    const weights = start + i * to;
    for (let j = 0; j < to; j++) result[base + j] += value * w[weights + j];
  }
}

/** Mean loss of the rows; writes its gradient by the weights. */
function lossGradient(
  layers: readonly DenseLayer[],
  kind: PerceptronOptions['loss'],
  w: Float64Array,
  rows: NumericRows,
  gradient: Float64Array,
): number {
  gradient.fill(0);
  const states = forward(layers, w, rows);
  const { loss, slope } = outputSlope(kind, states[layers.length], rows);
  let delta = slope;
  for (let k = layers.length - 1; k >= 0; k--) {
    addOuter(gradient, states[k], delta, layers[k], rows.count, true);
    if (k === 0) break;
    delta = throughWeights(delta, w, layers[k], rows.count);
    const state = states[k];
    for (let i = 0; i < delta.length; i++) delta[i] *= 1 - state[i] * state[i];
  }
  return loss;
}

/** Loss and d loss / d output, [rows x outputs]. `output` becomes probabilities where the target is classes. */
function outputSlope(kind: PerceptronOptions['loss'], output: Float64Array, { count, y }: NumericRows) {
  const slope = new Float64Array(output.length);
  let loss = 0;
  if (kind === 'classes') {
    softmaxRows(output, output.length / count);
    for (let i = 0; i < output.length; i++) if (y[i] > 0) loss -= y[i] * Math.log(Math.max(output[i], 1e-300));
  }
  for (let i = 0; i < output.length; i++) {
    const gap = output[i] - y[i];
    if (kind === 'values') loss += 0.5 * gap * gap;
    slope[i] = gap / count;
  }
  return { loss: loss / count, slope };
}

function softmaxRows(values: Float64Array, width: number): void {
  for (let base = 0; base < values.length; base += width) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let k = base; k < base + width; k++) largest = Math.max(largest, values[k]);
    let sum = 0;
    for (let k = base; k < base + width; k++) {
      values[k] = Math.exp(values[k] - largest);
      sum += values[k];
    }
    for (let k = base; k < base + width; k++) values[k] /= sum;
  }
}

/** Adds input' delta to the layer's weights in `to`, and the column sums of delta to its biases where asked. */
function addOuter(
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
function throughWeights(
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

/** Writes the Hessian of the mean loss times v: every quantity of the two passes with its derivative along v (Pearlmutter 1994, section 3). */
function hessianProduct(
  layers: readonly DenseLayer[],
  kind: PerceptronOptions['loss'],
  w: Float64Array,
  rows: NumericRows,
  v: Float64Array,
  product: Float64Array,
): void {
  product.fill(0);
  const { count } = rows;
  const states = forward(layers, w, rows);
  const moved = statesAlong(layers, w, v, states, count);
  const last = layers.length;
  const { slope } = outputSlope(kind, states[last], rows);
  let delta = slope;
  let deltaAlong: Float64Array<ArrayBuffer> = outputSlopeAlong(kind, states[last], moved[last], count);
  for (let k = last - 1; k >= 0; k--) {
    addOuter(product, states[k], deltaAlong, layers[k], count, true);
    if (k === 0) break;
    addOuter(product, moved[k], delta, layers[k], count, false);
    const back = throughWeights(delta, w, layers[k], count);
    const backAlong = throughWeights(deltaAlong, w, layers[k], count);
    const byWeights = throughWeights(delta, v, layers[k], count);
    const state = states[k];
    for (let i = 0; i < back.length; i++) {
      const rise = 1 - state[i] * state[i];
      backAlong[i] = (backAlong[i] + byWeights[i]) * rise - back[i] * 2 * state[i] * moved[k][i];
      back[i] *= rise;
    }
    delta = back;
    deltaAlong = backAlong;
  }
}

/** Derivatives of the layers' outputs along v; the input does not move. */
function statesAlong(
  layers: readonly DenseLayer[],
  w: Float64Array,
  v: Float64Array,
  states: readonly Float64Array[],
  rows: number,
): Float64Array[] {
  const moved: Float64Array[] = [new Float64Array(states[0].length)];
  for (const [k, layer] of layers.entries()) {
    const next = affine(states[k], v, layer, rows);
    if (k > 0) {
      for (let row = 0; row < rows; row++) {
        addRow(next, row * layer.to, moved[k], row * layer.from, w, layer.start, layer.from, layer.to);
      }
    }
    if (k < layers.length - 1) for (let i = 0; i < next.length; i++) next[i] *= 1 - states[k + 1][i] ** 2;
    moved.push(next);
  }
  return moved;
}

/** Derivative of `outputSlope` along v. @param output probabilities where the target is classes */
function outputSlopeAlong(
  kind: PerceptronOptions['loss'],
  output: Float64Array,
  moved: Float64Array,
  count: number,
): Float64Array<ArrayBuffer> {
  if (kind === 'values') return Float64Array.from(moved, (value) => value / count);
  const width = output.length / count;
  const along = new Float64Array(output.length);
  for (let base = 0; base < output.length; base += width) {
    let mean = 0;
    for (let k = base; k < base + width; k++) mean += output[k] * moved[k];
    for (let k = base; k < base + width; k++) along[k] = (output[k] * (moved[k] - mean)) / count;
  }
  return along;
}
