import type { Tensor } from '@tensorflow/tfjs-core';
import type { Params } from '../../../shared/space.ts';
import { outputsOf, type Target } from '../../data/dataset.ts';
import { rawInputGradient } from '../../data/encoders/input-gradient.ts';
import type { EncodedMatrix } from '../../data/encoders/matrix-encoder.ts';
import type { LayerNetwork } from '../../networks/layer-network.ts';
import { membersGradient } from '../../networks/loss.ts';
import { defineNetwork, type NetworkState } from '../networks/define-network.ts';
import { matrixRows, tensorOfRange } from '../networks/network-rows.ts';
import { type TargetScale, targetTensor } from '../networks/training-rows.ts';
import { defaults, graphOf, space, trainingWork, wholeTraining } from './configuration.ts';
import { memberMean, memberSlope } from './member-mean.ts';
import { residualMlpOnnx } from './residual-mlp-onnx.ts';
import { fitRowEncoder, type RowState, restoreRowEncoder } from './row-encoder.ts';

export type ResidualMlpState = NetworkState<RowState>;

/**
 * Perceptron with residual layers for tables, in the manner of RealMLP (Holzmueller et al. 2024) and TabM-mini (Gorishniy et al.
 * 2024): numbers scaled robustly, clipped smoothly and embedded by periodic waves, levels embedded or one-hot, and several members
 * that share all but their view of the inputs and their outputs, trained each by itself and averaged. Best epoch kept.
 */
export const residualMlp = defineNetwork<RowState>({
  name: 'residual_mlp',
  title: 'Residual perceptron',
  tags: { preparation: 'dense' },
  space,
  defaults,
  work: trainingWork,
  plan({ train }, params) {
    const encoder = fitRowEncoder(train.features);
    const members = params.members as number;
    return {
      encoder: encoder.state,
      graph: graphOf(encoder, outputsOf(train.target), params),
      train: matrixRows(encoder.encode(train.features)),
      epochs: wholeTraining(train.features.rowCount),
      leastPatience: 8,
      // Batches stay as large as was asked for, however wide the table.
      mostMultiplicationsPerStep: Number.POSITIVE_INFINITY,
      loss: (usual) => (members > 1 ? membersGradient(usual, members) : usual),
      words: wordsOf(params),
    };
  },
  reader(state, classes) {
    const encoder = restoreRowEncoder(state);
    return {
      encode: (rows) => matrixRows(encoder.encode(rows)),
      read: (network, rows) => memberMean(network, rows, classes),
      async inputGradient(network, rows, target, scale) {
        const x = encoder.encode(rows);
        const gradient = await encodedGradient(network, x, target, scale);
        const ofMatrix = encoder.matrixPart({ ...x, values: gradient });
        return rawInputGradient(encoder.matrix, rows, encoder.matrixPart(x), ofMatrix.values);
      },
    };
  },
  onnx: residualMlpOnnx,
});

/** '8 members of 2 layers of 96, silu' */
function wordsOf({ members, blocks, units, activation }: Params): string {
  const layers = `${blocks} layer${blocks === 1 ? '' : 's'} of ${units}, ${activation}`;
  return members === 1 ? layers : `${members} members of ${layers}`;
}

/** d loss / d encoded input of each row, [rows x inputs]: log loss, or squared error in the target's unit. */
async function encodedGradient(
  network: LayerNetwork,
  x: EncodedMatrix,
  target: Target,
  scale: TargetScale,
): Promise<Float32Array> {
  const outputs = outputsOf(target);
  const slope = (output: Tensor, from: number, to: number) => {
    const rows = Uint32Array.from({ length: to - from }, (_, i) => from + i);
    return memberSlope(output, targetTensor(target, outputs, scale, rows), target.kind === 'classes');
  };
  const rows = matrixRows(x);
  const gradient = await network.inputGradient(x.rows, (from, to) => tensorOfRange(rows, from, to), slope);
  return gradient.map((value) => value * scale.deviation ** 2);
}
