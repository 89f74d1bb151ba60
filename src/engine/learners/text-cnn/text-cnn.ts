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
import { othersWords } from '../needed-columns.ts';
import { defineNetwork, type NetworkState } from '../networks/define-network.ts';
import type { NetworkRows } from '../networks/network-rows.ts';
import { defaults, graphOf, leastLength, space, trainingWork, wholeTraining } from './configuration.ts';
import { textCnnOnnx } from './text-cnn-onnx.ts';

export type TextCnnState = NetworkState<TokenState>;

/**
 * Convolutional network for texts (Kim 2014): words embedded, filters over a few neighbouring ones, the largest answer of each.
 * Looks at texts only; columns of other types are left to other learners. Best epoch kept.
 */
export const textCnn = defineNetwork<TokenState>({
  name: 'text_cnn',
  title: 'Convolutional network for texts',
  tags: { needs: 'text', preparation: 'none' },
  space,
  defaults,
  work: trainingWork,
  plan({ train }, params) {
    const encoder = fitTokenEncoder(train.features, {
      mostWords: params.words as number,
      mostLength: params.length as number,
      leastLength,
    });
    const encoded = encodeTokens(encoder, train.features);
    return {
      encoder,
      graph: graphOf(encoded.length, vocabularySize(encoder), outputsOf(train.target), params),
      train: rowsOf(encoded),
      epochs: wholeTraining(train.features.rowCount),
      words: wordsOf(encoder, params) + othersWords(train.features, encoder.columns),
    };
  },
  reader: (encoder) => ({ encode: (rows) => rowsOf(encodeTokens(encoder, rows)) }),
  onnx: textCnnOnnx,
});

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
