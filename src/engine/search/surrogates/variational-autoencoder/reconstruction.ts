import { softmax } from '../../../numerics/softmax.ts';
import { placeOf } from '../random-forest/regression-tree.ts';

/** Outputs of the decoder that belong to one parameter. */
export interface Block {
  readonly start: number;
  readonly width: number;
  /** 0 where the parameter is ordered: its one output is the coordinate less 1/2. */
  readonly choices: number;
}

/** Standard deviation of a coordinate that is decoded: a coordinate then says about as much as a choice of three. */
const deviation = 0.2;

/**
 * How badly outputs tell the configurations that they came from, a mean over the rows, and its slopes by the outputs: squared distances
 * of coordinates over twice the variance, -log p of choices, and nothing where a parameter is not active.
 * @param points [rows]. @param outputs [rows x outputs]
 */
export function reconstruct(blocks: readonly Block[], points: readonly Float64Array[], outputs: Float64Array) {
  const slopes = new Float64Array(outputs.length);
  const width = outputs.length / points.length;
  let error = 0;
  for (const [row, point] of points.entries()) {
    const own = outputs.subarray(row * width, (row + 1) * width);
    const ownSlopes = slopes.subarray(row * width, (row + 1) * width);
    for (const [i, block] of blocks.entries()) {
      if (Number.isNaN(point[i])) continue;
      error += (block.choices > 0 ? choiceError : coordinateError)(block, point[i], own, ownSlopes) / points.length;
    }
  }
  return { error, slopes: slopes.map((slope) => slope / points.length) };
}

function coordinateError({ start }: Block, coordinate: number, outputs: Float64Array, slopes: Float64Array): number {
  const distance = outputs[start] + 0.5 - coordinate;
  slopes[start] = distance / deviation ** 2;
  return distance ** 2 / (2 * deviation ** 2);
}

function choiceError(
  { start, choices }: Block,
  coordinate: number,
  outputs: Float64Array,
  slopes: Float64Array,
): number {
  for (let k = start; k < start + choices; k++) slopes[k] = outputs[k];
  const logSum = softmax(slopes, start, choices);
  const place = start + placeOf(coordinate, choices);
  slopes[place] -= 1;
  return logSum - outputs[place];
}
