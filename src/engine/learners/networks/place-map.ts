import { type Tensor, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { PlaceMap } from '../../models/place-mapped.ts';
import { startBackend } from '../../networks/backends/start-backend.ts';
import { type LayerGraph, type LayerWeights, planGraph } from '../../networks/layer-graph.ts';
import { LayerNetwork } from '../../networks/layer-network.ts';
import { copiesOf } from '../../networks/read.ts';
import { type NetworkRows, tensorOfRange } from './network-rows.ts';
import type { TargetScale } from './training-rows.ts';

/** A fitted network of pictures and the columns that it sees. */
export interface PictureNetwork {
  readonly graph: LayerGraph;
  readonly weights: LayerWeights;
  readonly columns: readonly string[];
}

/**
 * What a layer of places saw in the only row, and the slope of a score by that: the network in two parts, forwards through both and back through
 * the second. Throws a RangeError where there is no resolution so far back.
 */
export async function placeMapOf(
  { graph, weights, columns }: PictureNetwork,
  rows: NetworkRows,
  output: number,
  back: number,
  { deviation }: TargetScale,
): Promise<PlaceMap> {
  const cuts = cutsOf(graph);
  if (!(back >= 0 && back < cuts.length))
    throw new RangeError(`there is no resolution ${back} before the last: the network has ${cuts.length} in all`);
  const cut = cuts[cuts.length - 1 - back];
  const front: LayerGraph = { input: graph.input, layers: graph.layers.slice(0, cut) };
  const shape = planGraph(front).output;
  const head: LayerGraph = { input: shape, layers: graph.layers.slice(cut) };
  await startBackend();
  const first = new LayerNetwork(front, weights);
  const second = new LayerNetwork(head, renumbered(weights, cut, graph));
  try {
    const tensors = tidy(() => {
      const seen = first.forward(tensorOfRange(rows, 0, 1)).output;
      const pass = second.forward(seen);
      return [seen, pass.backward(chosenScore(pass.output, output)).input()];
    });
    const [activations, gradients] = await copiesOf(tensors);
    for (const tensor of tensors) tensor.dispose();
    const [height, width, channels] = shape;
    return {
      height,
      width,
      channels,
      activations,
      gradients: gradients.map((slope) => slope * deviation),
      columns,
      behind: back,
      before: cuts.length - 1 - back,
    };
  } finally {
    first.dispose();
    second.dispose();
  }
}

/** How many layers lie up to the last one of places at each resolution. */
function cutsOf({ input, layers }: LayerGraph): number[] {
  const byResolution = new Map<string, number>();
  layers.forEach((_, i) => {
    const { output } = planGraph({ input, layers: layers.slice(0, i + 1) });
    if (output.length === 3 && i + 1 < layers.length) byResolution.set(`${output[0]} x ${output[1]}`, i + 1);
  });
  return [...byResolution.values()];
}

/** Tensors are named by their layer's place: those of the layers from `cut` on as the second part numbers them. */
function renumbered(weights: LayerWeights, cut: number, { layers }: LayerGraph): LayerWeights {
  return Object.fromEntries(
    Object.entries(weights).flatMap(([name, values]) => {
      const [, place, rest] = /^(\d+)-(.*)$/.exec(name)!;
      return Number(place) > cut && Number(place) <= layers.length ? [[`${Number(place) - cut}-${rest}`, values]] : [];
    }),
  );
}

function chosenScore({ shape }: Tensor, output: number): Tensor {
  const slope = new Float32Array(shape[1]!);
  slope[output] = 1;
  return tensor2d(slope, [1, slope.length]);
}
