import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { decodeImage } from '../../../../src/engine/data/images/decode-image.ts';
import type { Picture } from '../../../../src/engine/data/images/picture.ts';
import { type Column, type Table, takeRows } from '../../../../src/engine/data/table.ts';

export interface OnnxOutputs {
  readonly label?: readonly string[];
  readonly values: Float64Array;
}

/** What onnxruntime predicts for a table with an exported model, its columns fed one by one; images of different sizes in several calls. */
export async function runOnnx(model: Uint8Array, table: Table): Promise<OnnxOutputs> {
  const session = await InferenceSession.create(model, { logSeverityLevel: 3 });
  const calls = Map.groupBy(Array.from({ length: table.rowCount }).keys(), (row) => sizeOf(table, row));
  const labels: string[] = [];
  const values: number[] = [];
  let width = 0;
  for (const [size, rows] of calls) {
    const part = calls.size > 1 ? takeRows(table, rows) : table;
    const feeds = Object.fromEntries(
      part.columns.map((column) => [column.name, tensorOf(column, part.rowCount, size)]),
    );
    const outputs = await session.run(Object.fromEntries(session.inputNames.map((name) => [name, feeds[name]])));
    const numbers = (outputs.probabilities ?? outputs.value).data as Float64Array;
    width = numbers.length / rows.length;
    rows.forEach((row, i) => {
      if (outputs.label) labels[row] = (outputs.label.data as string[])[i];
      for (let k = 0; k < width; k++) values[row * width + k] = numbers[i * width + k];
    });
  }
  await session.release();
  return { ...(labels.length > 0 && { label: labels }), values: Float64Array.from(values) };
}

const pictureAt = (column: Column, row: number): Picture | undefined =>
  column.kind === 'coded' && column.type === 'image' && column.codes[row] >= 0
    ? decodeImage(readFileSync(column.levels[column.codes[row]]), Number.POSITIVE_INFINITY)
    : undefined;

/** 'height x width' of a row's picture. */
function sizeOf({ columns }: Table, row: number): string {
  const picture = columns.map((column) => pictureAt(column, row)).find((found) => found !== undefined);
  return picture ? `${picture.height} x ${picture.width}` : '2 x 2';
}

function tensorOf(column: Column, rowCount: number, size: string): Tensor {
  if (column.kind === 'numeric') return new Tensor('float64', column.values, [rowCount, 1]);
  if (column.type === 'image') {
    const [height, width] = size.split(' x ').map(Number);
    const length = height * width * 3;
    const pixels = new Float32Array(rowCount * length).fill(Number.NaN);
    for (let row = 0; row < rowCount; row++) pixels.set(pictureAt(column, row)?.pixels ?? [], row * length);
    return new Tensor('float32', pixels, [rowCount, height, width, 3]);
  }
  const texts = Array.from(column.codes, (code) => (code < 0 ? '' : column.levels[code]));
  return new Tensor('string', texts, [rowCount, 1]);
}
