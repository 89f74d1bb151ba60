import type { Table } from '../data/table.ts';
import type { Predictor } from './predictor.ts';

/** What a layer of places saw in a row, and how a score moves with it. */
export interface PlaceMap {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** [height x width x channels] */
  readonly activations: Float32Array;
  /** [height x width x channels] d score / d activation; of the class before softmax, or of the value in its unit. */
  readonly gradients: Float32Array;
  /** Columns of images that were seen at once. */
  readonly columns: readonly string[];
  /** Layers of places of other resolutions behind this one and before it. */
  readonly behind: number;
  readonly before: number;
}

/** A capability, asked for by `isPlaceMapped`, never by the learner's name: the model has layers that see places of pictures. */
export interface PlaceMapped {
  /**
   * Of the only row, by the last layer of places at a resolution.
   * @param output place of the class, 0 for a value
   * @param back 0: the last resolution, 1: the one before... Throws a RangeError where there is none
   */
  placeMaps(row: Table, output: number, back: number): Promise<PlaceMap>;
}

export const isPlaceMapped = (predictor: Predictor): predictor is Predictor & PlaceMapped =>
  typeof (predictor as Partial<PlaceMapped>).placeMaps === 'function';
