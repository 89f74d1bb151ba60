import { readFile } from 'node:fs/promises';
import { writeAtomically } from '../data/atomic-file.ts';
import type { Fold } from '../data/dataset.ts';
import type { Prediction } from '../models/predictor.ts';

/**
 * What a configuration's models predict for rows that they were not fitted on, each row by the model of its fold: what ensembles are
 * chosen by. [rows x outputs] of all development rows, NaN for rows that no fold judges.
 */
export class OutOfFold {
  readonly #values: Float32Array;
  readonly #outputs: number;

  constructor(rows: number, outputs: number) {
    this.#outputs = outputs;
    this.#values = new Float32Array(rows * outputs).fill(Number.NaN);
  }

  add({ validation }: Fold, { values }: Prediction): void {
    const width = this.#outputs;
    for (let i = 0; i < validation.length; i++)
      for (let k = 0; k < width; k++) this.#values[validation[i] * width + k] = values[i * width + k];
  }

  /** Throws a UserError where the disk is full. */
  async write(modelFolder: string): Promise<void> {
    await writeAtomically(outOfFoldFile(modelFolder), async (file) => {
      await file.writeFile(new Uint8Array(this.#values.buffer));
    });
  }
}

/** Beside the folder of the first fold's model. */
export const outOfFoldFile = (modelFolder: string): string => `${modelFolder}-out-of-fold.bin`;

/**
 * The predictions of these rows, [rows x outputs]; undefined where the file is gone, is of other data, or lacks one of the rows.
 */
export async function readOutOfFold(
  modelFolder: string,
  rows: ArrayLike<number>,
  of: { readonly rows: number; readonly outputs: number },
): Promise<Float64Array | undefined> {
  const bytes = await readFile(outOfFoldFile(modelFolder)).catch(() => undefined);
  if (bytes?.byteLength !== of.rows * of.outputs * Float32Array.BYTES_PER_ELEMENT) return undefined;
  const all = new Float32Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
  );
  const taken = new Float64Array(rows.length * of.outputs);
  for (let i = 0; i < rows.length; i++)
    for (let k = 0; k < of.outputs; k++) taken[i * of.outputs + k] = all[rows[i] * of.outputs + k];
  return taken.some(Number.isNaN) ? undefined : taken;
}
