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
import { createRandom, type Random } from '../../random.ts';
import { othersWords } from '../needed-columns.ts';
import { defineNetwork, type NetworkState } from '../networks/define-network.ts';
import type { NetworkRows } from '../networks/network-rows.ts';
import { augmentationOf, augmented, mixedUp } from './augmentation.ts';
import { cnnOnnx } from './cnn-onnx.ts';
import { defaults, graphOf, space, trainingWork, wholeTraining } from './configuration.ts';

export type CnnState = NetworkState<ImageState>;

/**
 * Convolutional network for images: a small residual network over pictures of one size, which training sees flipped, shifted, noisy,
 * partly hidden or mixed. Looks at images only; columns of other types are left to other learners. Best epoch kept.
 */
export const cnn = defineNetwork<ImageState>({
  name: 'cnn',
  title: 'Convolutional network',
  tags: { needs: 'image', preparation: 'none' },
  space,
  defaults,
  work: trainingWork,
  async plan({ train, signal, seed }, params) {
    const { state: encoder, encoded } = await fitImageEncoder(train.features, params.size as number, signal);
    const random = createRandom(seed).fork('augmentation');
    return {
      encoder,
      graph: graphOf(encoder.side, encoded.channels, outputsOf(train.target), params),
      train: variedRows(encoded, encoder, params, random),
      epochs: wholeTraining(train.features.rowCount),
      varied: (rows) => mixedUp(rows, params.mixup as number, random),
      words: wordsOf(encoder, params) + othersWords(train.features, encoder.columns) + undecodedWords(train.features),
    };
  },
  reader: (encoder) => ({
    encode: async (rows, signal) => rowsOf(await encodeImages(encoder, rows, signal), encoder),
    images: encoder.columns,
  }),
  onnx: cnnOnnx,
});

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
