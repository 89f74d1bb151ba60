import {
  type EncodedMatrix,
  fitMatrixEncoder,
  type MatrixEncoder,
  type MatrixState,
  restoreMatrixEncoder,
} from '../../data/encoders/matrix-encoder.ts';
import type { Table } from '../../data/table.ts';
import { type EmbeddedColumn, encodeLevels, fitEmbeddedColumns } from './level-codes.ts';

/** All that is learnt of the columns before training; survives JSON. */
export interface RowState {
  readonly matrix: MatrixState;
  readonly embedded: readonly EmbeddedColumn[];
}

/** Raw rows as the network takes them: scaled numbers, then flags of levels and gaps, then codes of embedded levels. */
export interface RowEncoder {
  readonly state: RowState;
  readonly matrix: MatrixEncoder;
  readonly numbers: number;
  readonly flags: number;
  readonly embedded: readonly EmbeddedColumn[];
  /** [rows x numbers + flags + codes] */
  encode(table: Table): EncodedMatrix;
  /** From [rows x numbers + flags + codes] back to the columns of `matrix`, codes left out. */
  matrixPart(encoded: EncodedMatrix): EncodedMatrix;
}

/** Numbers are scaled robustly and bent into +-3; columns of more than 9 levels are embedded, those of fewer one-hot. */
export function fitRowEncoder(features: Table): RowEncoder {
  const embedded = fitEmbeddedColumns(features);
  const names = new Set(embedded.map(({ name }) => name));
  const rest = { ...features, columns: features.columns.filter(({ name }) => !names.has(name)) };
  const { state } = fitMatrixEncoder(rest, { scaling: 'robust', squash: true });
  return restoreRowEncoder({ matrix: state, embedded });
}

export function restoreRowEncoder(state: RowState): RowEncoder {
  const { embedded } = state;
  const matrix = restoreMatrixEncoder(state.matrix);
  const isNumber = matrix.outputs.map(({ kind }) => kind === 'value');
  const numbers = isNumber.filter(Boolean).length;
  let [number, flag] = [0, numbers];
  /** Where each column of the matrix goes. */
  const places = Uint32Array.from(isNumber, (is) => (is ? number++ : flag++));
  const width = places.length + embedded.length;
  return {
    state,
    matrix,
    numbers,
    flags: places.length - numbers,
    embedded,
    encode(table) {
      const dense = matrix.encode(table);
      const encoded = { rows: dense.rows, columns: width, values: new Float32Array(dense.rows * width) };
      moveColumns(dense, encoded, places, 'there');
      for (const [i, column] of embedded.entries()) {
        const codes = encodeLevels(column, table);
        for (let row = 0; row < dense.rows; row++) encoded.values[row * width + places.length + i] = codes[row];
      }
      return encoded;
    },
    matrixPart(encoded) {
      const dense = {
        rows: encoded.rows,
        columns: places.length,
        values: new Float32Array(encoded.rows * places.length),
      };
      moveColumns(dense, encoded, places, 'back');
      return dense;
    },
  };
}

function moveColumns(dense: EncodedMatrix, rows: EncodedMatrix, places: Uint32Array, way: 'there' | 'back'): void {
  for (let row = 0; row < dense.rows; row++) {
    const [from, to] = [row * dense.columns, row * rows.columns];
    for (let j = 0; j < places.length; j++) {
      if (way === 'there') rows.values[to + places[j]] = dense.values[from + j];
      else dense.values[from + j] = rows.values[to + places[j]];
    }
  }
}
