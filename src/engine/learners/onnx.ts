import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { UserError } from '../../shared/faults.ts';
import type { Dataset } from '../data/dataset.ts';
import { OutsideModel, type Signature } from '../models/onnx/outside-model.ts';
import { outsideTrees } from '../models/onnx/outside-trees.ts';
import { type Predict, walkedTrees } from '../models/onnx/walked-trees.ts';
import { defineLearner } from './define-learner.ts';

/**
 * A model of another program as a learner: to fit it is to read its file, so that it is explained, attacked and compared like any other.
 * Not among those that are searched.
 */
export const onnx = defineLearner<Signature>({
  name: 'onnx',
  title: 'ONNX model',
  tags: {
    tasks: ['binary', 'multiclass', 'regression'],
    deterministic: true,
    readable: false,
    preparation: 'none',
    byDefault: false,
  },
  space: () => ({ parameters: [] }),
  // A choice of the empty text alone takes any text.
  optional: () => [{ name: 'model', distribution: { type: 'categorical', choices: [''] } }],
  defaults: () => ({ model: '' }),
  work: ({ rowCount }) => rowCount,
  async fit({ train }, params) {
    try {
      const bytes = await readModel(String(params.model));
      const signature = await matched(bytes, train);
      const facts = { parameters: bytes.length, words: words(signature) };
      return { state: signature, arrays: { model: bytes }, facts };
    } catch (error) {
      throw whole(error);
    }
  },
  restore(signature, arrays) {
    let opened: Promise<OutsideModel> | undefined;
    let walked: Promise<Predict | undefined> | undefined;
    const treeEnsemble = outsideTrees(arrays.model as Uint8Array, signature);
    return {
      ...(treeEnsemble && { treeEnsemble }),
      async predict(rows) {
        opened ??= sessionOf(arrays.model as Uint8Array);
        const model = await opened;
        walked ??= treeEnsemble ? walkedTrees(treeEnsemble, signature, model) : Promise.resolve(undefined);
        const own = await walked;
        return own ? own(rows) : model.predict(signature, rows);
      },
    };
  },
});

async function matched(bytes: Uint8Array, { features, target }: Dataset): Promise<Signature> {
  const model = await sessionOf(bytes);
  return model.match(features, target.kind === 'classes' ? target.classes : undefined);
}

/** A trial keeps the message of its failure alone: what to do then stands in it. */
function whole(error: unknown): unknown {
  if (!(error instanceof UserError) || !error.advice) return error;
  const { code, message, advice, place } = error;
  return new UserError(code, `${message} ${advice}`, { ...(place && { place }), cause: error });
}

/** 'a model of another program; takes 4 columns as one matrix, gives logits' */
const words = ({ inputs, output }: Signature): string => {
  const taken = `${inputs.columns.length} columns ${inputs.kind === 'matrix' ? 'as one matrix' : 'one by one'}`;
  return `a model of another program; takes ${taken}, gives ${output.kind}`;
};

/** Sessions of this process, by their model's hash: a warm worker opens the same model for many jobs. */
const sessions = new Map<string, Promise<OutsideModel>>();

function sessionOf(model: Uint8Array): Promise<OutsideModel> {
  const hash = createHash('sha256').update(model).digest('hex');
  const session = sessions.get(hash) ?? OutsideModel.open(model);
  sessions.set(hash, session);
  session.catch(() => sessions.delete(hash));
  return session;
}

async function readModel(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return Uint8Array.from(await readFile(path));
  } catch (error) {
    throw new UserError('onnx-missing-file', 'the ONNX model cannot be read.', {
      place: { file: path },
      advice: 'Check the path.',
      cause: error,
    });
  }
}
