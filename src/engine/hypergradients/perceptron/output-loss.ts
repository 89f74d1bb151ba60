import { softmaxRows } from '../../numerics/softmax.ts';

/** 'classes': mean cross-entropy of the softmax; 'values': mean squared error / 2, summed over the outputs. */
export type OutputLoss = 'classes' | 'values';

/**
 * Mean loss of the rows and d loss / d output, [rows x outputs]. `output` becomes probabilities where the target is classes.
 * @param y [rows x outputs]
 */
export function outputSlope(kind: OutputLoss, output: Float64Array, y: Float64Array, rows: number) {
  const slope = new Float64Array(output.length);
  let loss = 0;
  if (kind === 'classes') {
    const width = output.length / rows;
    softmaxRows(output, width);
    for (let i = 0; i < output.length; i++) if (y[i] > 0) loss -= y[i] * Math.log(Math.max(output[i], 1e-300));
  }
  for (let i = 0; i < output.length; i++) {
    const gap = output[i] - y[i];
    if (kind === 'values') loss += 0.5 * gap * gap;
    slope[i] = gap / rows;
  }
  return { loss: loss / rows, slope };
}

/**
 * Derivative of that slope along the way on which the outputs move.
 * @param output probabilities where the target is classes
 * @param moved d output, [rows x outputs]
 */
export function outputSlopeAlong(
  kind: OutputLoss,
  output: Float64Array,
  moved: Float64Array,
  rows: number,
): Float64Array<ArrayBuffer> {
  if (kind === 'values') return Float64Array.from(moved, (value) => value / rows);
  const width = output.length / rows;
  const along = new Float64Array(output.length);
  for (let base = 0; base < output.length; base += width) {
    let mean = 0;
    for (let k = base; k < base + width; k++) mean += output[k] * moved[k];
    for (let k = base; k < base + width; k++) along[k] = (output[k] * (moved[k] - mean)) / rows;
  }
  return along;
}
