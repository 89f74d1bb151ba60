import type { Target } from '../../data/dataset.ts';
import type { Table } from '../../data/table.ts';
import type { Differentiable, Prediction, Predictor } from '../../models/predictor.ts';
import type { CountedPredictor } from '../counted-predictor.ts';
import type { ExplainedOutput } from '../explained-output.ts';

/** What a model says of some rows, and how that moves with their numbers. */
export interface OutputSlopes {
  /** [rows] the explained output. */
  readonly outputs: Float64Array;
  /** [rows x columns] row-major: d output / d value, per unit of the raw column. */
  readonly slopes: Float64Array;
  readonly columns: readonly string[];
}

/**
 * Slopes of the explained output, made of those of the loss that a model gives: of a probability p by the log loss of its class
 * (d p = -p d loss), of a value f by the squared error to f - 1/2 (d f = d loss). Throws a RangeError on a slope that is not finite.
 */
export async function outputSlopes(
  counted: CountedPredictor,
  model: Predictor & Differentiable,
  output: ExplainedOutput,
  rows: Table,
): Promise<OutputSlopes> {
  const prediction = await counted.predict(rows);
  const outputs = output.of(prediction);
  const { columns, values } = await model.inputGradient(rows, lossTarget(prediction, output, model.classes));
  const width = columns.length;
  const slopes = values.map((slope, at) =>
    prediction.kind === 'values' ? slope : -outputs[Math.floor(at / width)] * slope,
  );
  const bad = slopes.findIndex((slope) => !Number.isFinite(slope));
  if (bad >= 0) throw new RangeError(`the model's slope along ${columns[bad % width]} is ${slopes[bad]}`);
  return { outputs, slopes: Float64Array.from(slopes), columns };
}

function lossTarget(prediction: Prediction, { index }: ExplainedOutput, classes: Predictor['classes']): Target {
  if (prediction.kind === 'values') return { kind: 'values', values: prediction.values.map((value) => value - 0.5) };
  const rows = prediction.values.length / prediction.classCount;
  return { kind: 'classes', codes: new Int32Array(rows).fill(index), classes: classes! };
}
