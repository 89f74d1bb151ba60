import type { InferenceSession, Tensor } from 'onnxruntime-web';
import type { Table } from '../../data/table.ts';
import { onnxRuntime } from './onnx-runtime.ts';
import { feedsOf, matchInputs, type OutsideInputs, wrongModel } from './outside-inputs.ts';
import { chooseOutput, type OutsideOutput, readOutput, tensorOutputs } from './outside-outputs.ts';
import { withoutZipMaps } from './without-zip-maps.ts';

/** How an outside model is fed and read; survives JSON. */
export interface Signature {
  readonly inputs: OutsideInputs;
  readonly output: OutsideOutput;
}

/** A model of another program, run by onnxruntime. The graph is data: nothing of it is executed but its operators. */
export class OutsideModel {
  readonly #session: InferenceSession;

  constructor(session: InferenceSession) {
    this.#session = session;
  }

  /** Throws a UserError where onnxruntime is not installed, or cannot make anything of the bytes: damage, an operator that it does not know. */
  static async open(model: Uint8Array): Promise<OutsideModel> {
    const runtime = await onnxRuntime();
    try {
      const session = await runtime.InferenceSession.create(readable(model), { logSeverityLevel: 3 });
      return new OutsideModel(session);
    } catch (error) {
      throw wrongModel(
        `onnxruntime cannot read the model: ${reason(error)}`,
        'Export it with the standard operators (ai.onnx and ai.onnx.ml) of a published version.',
      );
    }
  }

  /** Matches the model with a table and its classes, by what it says of these rows. Throws a UserError where they do not fit. */
  async match(table: Table, classes: readonly string[] | undefined): Promise<Signature> {
    const inputs = matchInputs(this.#session.inputMetadata, table);
    const rows = Math.min(table.rowCount, inputs.batch ?? judgedRows);
    const outputs = await this.#run(inputs, table, 0, rows);
    return { inputs, output: chooseOutput({ outputs, rows: inputs.batch ?? rows, ...(classes && { classes }) }) };
  }

  /** [rows x classes] probabilities or [rows] values. */
  async predict({ inputs, output }: Signature, table: Table): Promise<Float64Array> {
    const parts: Float64Array[] = [];
    for (let from = 0; from < table.rowCount; from += inputs.batch ?? blockRows) {
      const to = Math.min(table.rowCount, from + (inputs.batch ?? blockRows));
      const tensors = await this.#run(inputs, table, from, to);
      parts.push(readOutput(output, tensors[output.name], to - from));
    }
    const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  /** All outputs, whichever is read: asked for one of several, onnxruntime-node 1.22 answers another one. */
  async #run(inputs: OutsideInputs, table: Table, from: number, to: number): Promise<Record<string, Tensor>> {
    const names = tensorOutputs(this.#session.outputMetadata);
    const feeds = feedsOf(await onnxRuntime(), inputs, table, from, to);
    try {
      return (await this.#session.run(feeds, names)) as Record<string, Tensor>;
    } catch (error) {
      throw wrongModel(`the model fails on the rows of the table: ${reason(error)}`);
    }
  }
}

/** Rows that the model is matched by, and rows that are predicted at once. */
const [judgedRows, blockRows] = [500, 4096];

function readable(model: Uint8Array): Uint8Array {
  try {
    return withoutZipMaps(model);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw wrongModel(`this is no ONNX model (${error.message}).`);
  }
}

const reason = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0].slice(0, 300);
};
