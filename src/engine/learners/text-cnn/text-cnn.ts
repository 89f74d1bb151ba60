import { tensor2d } from '@tensorflow/tfjs-core';
import type { Params } from '../../../shared/space.ts';
import { outputsOf } from '../../data/dataset.ts';
import {
  type EncodedTokens,
  encodeTokens,
  fitTokenEncoder,
  type TokenState,
  vocabularySize,
} from '../../data/encoders/token-encoder.ts';
import { layerDrawing } from '../../networks/layer-drawing.ts';
import { type LayerGraph, type LayerWeights, learntNumbers } from '../../networks/layer-graph.ts';
import { defineLearner, type Inference, type Learnt, type Outcome } from '../define-learner.ts';
import { fitLayers, type NetworkRows, runLayers } from '../fit-layers.ts';
import type { FitContext } from '../learner.ts';
import { probabilitiesOf, valuesOf } from '../mlp/outputs.ts';
import type { TargetScale } from '../mlp/training-rows.ts';
import { othersWords } from '../needed-columns.ts';
import { defaults, graphOf, leastLength, space, trainingWork, wholeTraining } from './configuration.ts';
import { textCnnOnnx } from './text-cnn-onnx.ts';

export interface TextCnnState {
  readonly encoder: TokenState;
  readonly graph: LayerGraph;
  readonly scale: TargetScale;
}

/**
 * Convolutional network for texts (Kim 2014): words embedded, filters over a few neighbouring ones, the largest answer of each.
 * Looks at texts only; columns of other types are left to other learners. Best epoch kept.
 */
export const textCnn = defineLearner<TextCnnState>({
  name: 'text_cnn',
  title: 'Convolutional network for texts',
  tags: {
    tasks: ['binary', 'multiclass', 'regression'],
    resource: 'epochs',
    deterministic: true,
    weighsRows: true,
    readable: false,
    needs: 'text',
    preparation: 'none',
    byDefault: true,
  },
  space,
  defaults,
  work: trainingWork,
  fit,
  restore: (state, arrays, outcome) => inferenceOf(state, arrays as LayerWeights, outcome),
  onnx: textCnnOnnx,
});

async function fit(context: FitContext, params: Params): Promise<Learnt<TextCnnState>> {
  const { train, validation } = context;
  const encoder = fitTokenEncoder(train.features, {
    mostWords: params.words as number,
    mostLength: params.length as number,
    leastLength,
  });
  const encoded = encodeTokens(encoder, train.features);
  const outputs = outputsOf(train.target);
  const graph = graphOf(encoded.length, vocabularySize(encoder), outputs, params);
  const trained = await fitLayers(context, {
    graph,
    train: rowsOf(encoded),
    ...(validation && { validation: rowsOf(encodeTokens(encoder, validation.features)) }),
    learningRate: params.learning_rate as number,
    batchSize: params.batch_size as number,
    weightDecay: params.weight_decay as number,
    epochs: wholeTraining(train.features.rowCount),
  });
  return {
    state: { encoder, graph, scale: trained.scale },
    arrays: trained.weights,
    facts: {
      parameters: learntNumbers(graph),
      resource: { name: 'epochs', best: trained.epochs },
      words: wordsOf(encoder, params) + othersWords(train.features, encoder.columns),
    },
    graph: layerDrawing(graph, outputs === 1 ? 'value' : `${outputs} classes`),
  };
}

/** '32 filters over 1-3 neighbours each, 812 words' */
const wordsOf = ({ words }: TokenState, { filters, widths }: Params): string =>
  `${filters} filters over ${widths} neighbours each, ${words.length} words`;

const rowsOf = ({ rows, length, values }: EncodedTokens): NetworkRows => ({
  count: rows,
  tensor(positions) {
    const tokens = new Float32Array(positions.length * length);
    for (const [i, row] of positions.entries())
      tokens.set(values.subarray(row * length, (row + 1) * length), i * length);
    return tensor2d(tokens, [positions.length, length]);
  },
});

const inferenceOf = (
  { encoder, graph, scale }: TextCnnState,
  weights: LayerWeights,
  { task, outputs }: Outcome,
): Inference => ({
  async predict(rows) {
    const raw = await runLayers(graph, weights, rowsOf(encodeTokens(encoder, rows)));
    return task === 'regression' ? valuesOf(raw, scale) : probabilitiesOf(raw, outputs);
  },
});
