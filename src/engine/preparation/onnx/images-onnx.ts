import type { GraphBuilder, Value } from '../../models/onnx/graph-builder.ts';
import type { GraphRows } from '../../models/onnx/graph-rows.ts';
import { picturesIn, resizedPictures } from '../../models/onnx/picture-rows.ts';
import { brightness, grid, type ImagesState } from '../steps/images.ts';
import { type WriteStep, without } from './write-step.ts';

/** Brightness of fields, mean and deviation of each colour in the place of pictures. */
export const imagesOnnx: WriteStep<ImagesState> = (rows, { columns }) => {
  const { graph } = rows;
  const made = columns.flatMap(({ name, outputs }) => {
    const numbers = numbersOfPictures(rows, name);
    return outputs.map((output, i) => ({ name: output, value: graph.columnsAt(numbers, [placeOf(i)]) }));
  });
  const gone = columns.map(({ name }) => name);
  return [...without(rows, gone), ...made];
};

/** Means stand before deviations in the graph, and in turn among the outputs. */
function placeOf(output: number): number {
  const color = output - grid * grid;
  return color < 0 ? output : grid * grid + (color % 2) * 3 + Math.floor(color / 2);
}

/** [rows x fields, means and deviations], NaN where missing. */
function numbersOfPictures(rows: GraphRows, name: string): Value {
  const { graph } = rows;
  const { value, missing } = picturesIn(rows, name);
  const weights = graph.constant({ type: 'double', shape: [1, 3, 1, 1], values: brightness });
  const fields = graph.sum(graph.multiply(resizedPictures(rows, name, grid, grid), weights), 1, false);
  const flat = graph.divide(graph.reshape(fields, [-1, grid * grid]), 255);
  const numbers = graph.concat([flat, ...moments(graph, graph.reshape(value, [0, 0, -1]))]);
  return graph.where(graph.reshape(missing, [-1, 1]), Number.NaN, numbers);
}

/** Mean and deviation of each colour as shares of 255, each [rows x 3]. @param pixels [rows x 3 x pixels] */
function moments(graph: GraphBuilder, pixels: Value): [mean: Value, deviation: Value] {
  const count = graph.cast(graph.lengthOf(pixels, 2), 'double');
  const meanOf = (values: Value) => graph.divide(graph.sum(values, 2, true), count);
  const centred = graph.subtract(pixels, meanOf(pixels));
  const variance = meanOf(graph.multiply(centred, centred));
  const shareOf = (values: Value) => graph.divide(graph.reshape(values, [-1, 3]), 255);
  return [shareOf(meanOf(pixels)), shareOf(graph.node('Sqrt', [variance]))];
}
