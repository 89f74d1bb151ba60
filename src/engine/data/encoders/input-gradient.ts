import type { InputGradient } from '../../models/predictor.ts';
import { columnNamed, type Table } from '../table.ts';
import { type EncodedMatrix, encodedSlope, type MatrixEncoder } from './matrix-encoder.ts';

/**
 * A gradient by matrix column turned into one by raw numeric column (chain rule through scaling and squashing).
 * gradient: [rows x matrix columns], d loss / d encoded. Missing cells get 0, as do columns the encoder leaves out.
 */
export function rawInputGradient(
  encoder: MatrixEncoder,
  table: Table,
  encoded: EncodedMatrix,
  gradient: Float32Array | Float64Array,
): InputGradient {
  const columns = table.columns.filter((column) => column.kind === 'numeric').map((column) => column.name);
  const values = new Float64Array(table.rowCount * columns.length);
  encoder.outputs.forEach((output, j) => {
    const column = columnNamed(table, output.column);
    if (output.kind !== 'value' || column.kind !== 'numeric') return;
    const place = columns.indexOf(output.column);
    for (let row = 0; row < encoded.rows; row++) {
      if (!Number.isFinite(column.values[row])) continue;
      const at = row * encoded.columns + j;
      values[row * columns.length + place] = gradient[at] * encodedSlope(output, encoded.values[at]);
    }
  });
  return { columns, values };
}
