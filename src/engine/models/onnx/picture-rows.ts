import { thumbnailSide } from '../../data/images/thumbnails.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';
import { type GraphRows, rawPicturesIn } from './graph-rows.ts';

/** What an input of pictures must be like: decoding stays outside of the graph. */
export const pictureWords =
  'Decoded, upright pictures: red, green and blue from 0 to 255, what is transparent on white; all of one size in a call, any size from one call to the next. NaN throughout where missing.';

/** A column of pictures inside a graph. */
export interface PictureRows {
  /** As `thumbnail` keeps them: [rows x 3 x height x width] double, whole numbers, 0 where missing. */
  readonly value: Value;
  /** [rows x 1 x 1 x 1] */
  readonly missing: Value;
}

/** Pictures of a column, no side larger than one that is kept in memory here. */
export function picturesIn(rows: GraphRows, name: string): PictureRows {
  const { graph } = rows;
  const raw = rawPicturesIn(rows, name);
  return graph.shared(`pictures ${raw.name}`, () => {
    const upright = graph.transpose(raw, [0, 3, 1, 2]);
    const missing = graph.isMissing(sumOfPictures(graph, upright));
    const present = graph.cast(graph.where(missing, zero(graph), upright), 'double');
    const side = (axis: number) => graph.least(graph.lengthOf(present, axis), thumbnailSide);
    return { value: resizedTo(graph, present, side(2), side(3)), missing };
  });
}

/** As `resized`: each new pixel is the mean of the area that it covers, or lies between its neighbours. [rows x 3 x height x width] */
export function resizedPictures(rows: GraphRows, name: string, height: number, width: number): Value {
  const { graph } = rows;
  const { value } = picturesIn(rows, name);
  const length = (values: number) => graph.constant({ type: 'int64', shape: [], values: [values] });
  return graph.shared(`pictures ${value.name}, ${height} x ${width}`, () =>
    resizedTo(graph, value, length(height), length(width)),
  );
}

/** Any number of a picture that is missing makes its sum so. */
function sumOfPictures(graph: GraphBuilder, pictures: Value): Value {
  return graph.node('ReduceSum', [pictures, graph.constant({ type: 'int64', shape: [3], values: [1, 2, 3] })]);
}

const zero = (graph: GraphBuilder): Value => graph.constant({ type: 'float', shape: [], values: [0] });

/** @param height and width, int64 of no axes */
function resizedTo(graph: GraphBuilder, pictures: Value, height: Value, width: Value): Value {
  // Floats in between, as here: shares that are no binary fractions leave no traces of double precision.
  const asFloats = (value: Value) => graph.cast(graph.cast(value, 'float'), 'double');
  const across = shares(graph, graph.lengthOf(pictures, 3), width, 'old first');
  const lines = asFloats(graph.matMul(pictures, across));
  const down = shares(graph, graph.lengthOf(pictures, 2), height, 'fresh first');
  const sums = asFloats(graph.matMul(down, lines));
  return graph.node('Floor', [graph.add(sums, 0.5)]);
}

/**
 * What each old place adds to each new one along an axis, double; both lengths int64 of no axes. Made in the order that is wanted: onnxruntime
 * joins a transposition with the product behind it, and cannot do that with doubles.
 */
function shares(graph: GraphBuilder, oldLength: Value, freshLength: Value, order: 'old first' | 'fresh first'): Value {
  const { add, subtract, multiply, divide, greatest, least } = graph;
  const [old, fresh] = [oldLength, freshLength].map((length) => graph.cast(length, 'double'));
  const [first, second] = [
    [-1, 1],
    [1, -1],
  ];
  const i = places(graph, freshLength, order === 'fresh first' ? first : second);
  const j = places(graph, oldLength, order === 'fresh first' ? second : first);
  const end = least(multiply(add(i, 1), old), multiply(add(j, 1), fresh));
  const overlap = greatest(subtract(end, greatest(multiply(i, old), multiply(j, fresh))), 0);
  const middle = subtract(divide(multiply(add(i, 0.5), old), fresh), 0.5);
  const place = least(greatest(middle, 0), subtract(old, 1));
  const distance = graph.node('Abs', [subtract(place, j)]);
  const near = greatest(add(multiply(distance, -1), 1), 0);
  return graph.where(graph.isGreater(old, fresh), divide(overlap, old), near);
}

/** 0, 1, ... below a length, as doubles of this shape. */
function places(graph: GraphBuilder, length: Value, shape: readonly number[]): Value {
  const [start, step] = [0, 1].map((value) => graph.constant({ type: 'int64', shape: [], values: [value] }));
  return graph.reshape(graph.cast(graph.node('Range', [start, length, step]), 'double'), shape);
}
