import { tensor4d } from '@tensorflow/tfjs-core';
import type { Params } from '../../../shared/space.ts';
import { outputsOf } from '../../data/dataset.ts';
import {
  type EncodedImages,
  encodeImages,
  fitImageEncoder,
  type ImageState,
  standardized,
} from '../../data/encoders/image-encoder.ts';
import { undecodedWords } from '../../data/images/thumbnails.ts';
import { layerDrawing } from '../../networks/layer-drawing.ts';
import { type LayerGraph, type LayerWeights, learntNumbers } from '../../networks/layer-graph.ts';
import { createRandom, type Random } from '../../random.ts';
import { defineLearner, type Inference, type Learnt, type Outcome } from '../define-learner.ts';
import { fitLayers, type NetworkRows, runLayers } from '../fit-layers.ts';
import type { FitContext } from '../learner.ts';
import { probabilitiesOf, valuesOf } from '../mlp/outputs.ts';
import type { TargetScale } from '../mlp/training-rows.ts';
import { othersWords } from '../needed-columns.ts';
import { augmentationOf, augmented, mixedUp } from './augmentation.ts';
import { cnnOnnx } from './cnn-onnx.ts';
import { defaults, graphOf, space, trainingWork, wholeTraining } from './configuration.ts';

export interface CnnState {
  readonly encoder: ImageState;
  readonly graph: LayerGraph;
  readonly scale: TargetScale;
}

/**
 * Convolutional network for images: a small residual network over pictures of one size, which training sees flipped, shifted, noisy,
 * partly hidden or mixed. Looks at images only; columns of other types are left to other learners. Best epoch kept.
 */
export const cnn = defineLearner<CnnState>({
  name: 'cnn',
  title: 'Convolutional network',
  tags: {
    tasks: ['binary', 'multiclass', 'regression'],
    resource: 'epochs',
    deterministic: true,
    weighsRows: true,
    readable: false,
    needs: 'image',
    preparation: 'none',
    byDefault: true,
  },
  space,
  defaults,
  work: trainingWork,
  fit,
  restore: (state, arrays, outcome) => inferenceOf(state, arrays as LayerWeights, outcome),
  onnx: cnnOnnx,
});

async function fit(context: FitContext, params: Params): Promise<Learnt<CnnState>> {
  const { train, validation, signal, resource } = context;
  const { state: encoder, encoded } = await fitImageEncoder(train.features, params.size as number, signal);
  const outputs = outputsOf(train.target);
  const graph = graphOf(encoder.side, encoded.channels, outputs, params);
  const judged = validation && resource === undefined ? await encodeImages(encoder, validation.features, signal) : null;
  const random = createRandom(context.seed).fork('augmentation');
  const epochs = wholeTraining(train.features.rowCount);
  const trained = await fitLayers(context, {
    graph,
    train: variedRows(encoded, encoder, params, random),
    ...(judged && { validation: rowsOf(judged, encoder) }),
    learningRate: params.learning_rate as number,
    batchSize: params.batch_size as number,
    weightDecay: params.weight_decay as number,
    epochs,
    varied: (rows) => mixedUp(rows, params.mixup as number, random),
  });
  return {
    state: { encoder, graph, scale: trained.scale },
    arrays: trained.weights,
    facts: {
      parameters: learntNumbers(graph),
      resource: { name: 'epochs', best: trained.epochs },
      words: wordsOf(encoder, params) + othersWords(train.features, encoder.columns) + undecodedWords(train.features),
    },
    graph: layerDrawing(graph, outputs === 1 ? 'value' : `${outputs} classes`),
  };
}

/** '3 stages from 16 filters on, 32 x 32 pixels' */
const wordsOf = ({ side }: ImageState, { stages, filters }: Params): string =>
  `${stages} stages from ${filters} filters on, ${side} x ${side} pixels`;

const rowsOf = (images: EncodedImages, state: ImageState): NetworkRows => ({
  count: images.rows,
  tensor: (rows) => pictures(standardized(images, rows, state), images),
});

function variedRows(images: EncodedImages, state: ImageState, params: Params, random: Random): NetworkRows {
  const how = augmentationOf(params);
  return {
    count: images.rows,
    tensor: (rows) => pictures(augmented(standardized(images, rows, state), images, how, random), images),
  };
}

const pictures = (values: Float32Array, { side, channels }: EncodedImages) =>
  tensor4d(values, [values.length / (side * side * channels), side, side, channels]);

const inferenceOf = (
  { encoder, graph, scale }: CnnState,
  weights: LayerWeights,
  { task, outputs }: Outcome,
): Inference => ({
  async predict(rows) {
    const raw = await runLayers(graph, weights, rowsOf(await encodeImages(encoder, rows), encoder));
    return task === 'regression' ? valuesOf(raw, scale) : probabilitiesOf(raw, outputs);
  },
});
