import type { Params } from '../../../shared/space.ts';
import { outputsOf, type Target } from '../../data/dataset.ts';
import type { Table } from '../../data/table.ts';
import type { InputGradient } from '../../models/predictor.ts';
import { layerDrawing } from '../../networks/layer-drawing.ts';
import { type LayerGraph, type LayerWeights, learntNumbers } from '../../networks/layer-graph.ts';
import type { LayerNetwork } from '../../networks/layer-network.ts';
import { defineLearner, type Inference, type LearnerDefinition, type Learnt, type Outcome } from '../define-learner.ts';
import type { FitContext, Learner, LearnerTags } from '../learner.ts';
import { fitLayers, type LayerFit, outputsInPieces, type ReadOutputs, withLayers } from './fit-layers.ts';
import { gradientInfluences, lastLayerOf } from './last-layer.ts';
import type { NetworkRows } from './network-rows.ts';
import { probabilitiesOf, valuesOf } from './outputs.ts';
import { placeMapOf } from './place-map.ts';
import type { TargetScale } from './training-rows.ts';

/** What a model of layers is, besides its weights; survives JSON. */
export interface NetworkState<Encoder> {
  readonly encoder: Encoder;
  readonly graph: LayerGraph;
  readonly scale: TargetScale;
}

/** A training as a learner lays it out; what is left out of `LayerFit` the frame fills in from the parameters that all networks have. */
export interface NetworkPlan<Encoder>
  extends Omit<LayerFit, 'validation' | 'read' | 'learningRate' | 'batchSize' | 'weightDecay'> {
  readonly encoder: Encoder;
  /** '3 stages from 16 filters on, 32 x 32 pixels' */
  readonly words: string;
}

/** How a fitted model takes raw rows. */
export interface NetworkReader {
  encode(rows: Table, signal?: AbortSignal): NetworkRows | Promise<NetworkRows>;
  /** Absent: outputs as they leave the last layer. */
  readonly read?: ReadOutputs;
  inputGradient?(network: LayerNetwork, rows: Table, target: Target, scale: TargetScale): Promise<InputGradient>;
  /** Of networks of pictures: the columns that they see. */
  readonly images?: readonly string[];
}

/** The part of a learner that is its own where a network of layers is trained; `defineNetwork` adds the rest. */
export interface NetworkDefinition<Encoder>
  extends Pick<LearnerDefinition<NetworkState<Encoder>>, 'name' | 'title' | 'space' | 'defaults' | 'work' | 'onnx'> {
  readonly tags: Pick<LearnerTags, 'needs' | 'preparation'>;
  /** Learns how rows are encoded and lays out the layers. */
  plan(context: FitContext, params: Params): NetworkPlan<Encoder> | Promise<NetworkPlan<Encoder>>;
  /** @param classes 0 for regression */
  reader(encoder: Encoder, classes: number): NetworkReader;
}

/** A learner whose network is trained from the prior's outputs on, keeps its best epoch, and is saved as it stands. */
export function defineNetwork<Encoder>(definition: NetworkDefinition<Encoder>): Learner {
  const { name, title, space, defaults, work, onnx, tags } = definition;
  return defineLearner<NetworkState<Encoder>>({
    name,
    title,
    tags: {
      tasks: ['binary', 'multiclass', 'regression'],
      resource: 'epochs',
      deterministic: true,
      weighsRows: true,
      readable: false,
      byDefault: true,
      ...tags,
    },
    space,
    defaults,
    ...(work && { work }),
    fit: (context, params) => trained(definition, context, params),
    restore: (state, arrays, outcome) => inferenceOf(definition, state, arrays as LayerWeights, outcome),
    ...(onnx && { onnx }),
  });
}

async function trained<Encoder>(
  { plan, reader }: NetworkDefinition<Encoder>,
  context: FitContext,
  params: Params,
): Promise<Learnt<NetworkState<Encoder>>> {
  const { train, validation, signal, resource } = context;
  const { encoder, words, ...planned } = await plan(context, params);
  const { encode, read } = reader(encoder, train.target.kind === 'classes' ? train.target.classes.length : 0);
  const judged = validation && resource === undefined ? await encode(validation.features, signal) : undefined;
  const { weights, epochs, scale } = await fitLayers(context, {
    ...planned,
    ...(judged && { validation: judged }),
    ...(read && { read }),
    learningRate: params.learning_rate as number,
    batchSize: params.batch_size as number,
    weightDecay: params.weight_decay as number,
  });
  const { graph } = planned;
  const outputs = outputsOf(train.target);
  return {
    state: { encoder, graph, scale },
    arrays: weights,
    facts: { parameters: learntNumbers(graph), resource: { name: 'epochs', best: epochs }, words },
    graph: layerDrawing(graph, outputs === 1 ? 'value' : `${outputs} classes`),
  };
}

function inferenceOf<Encoder>(
  { reader }: NetworkDefinition<Encoder>,
  { encoder, graph, scale }: NetworkState<Encoder>,
  weights: LayerWeights,
  { task, outputs }: Outcome,
): Inference {
  const {
    encode,
    read = outputsInPieces,
    inputGradient,
    images,
  } = reader(encoder, task === 'regression' ? 0 : outputs);
  const last = lastLayerOf(graph, weights, encode);
  return {
    ...(last && {
      influential: {
        influenceWay: 'gradients',
        influences: (train, row, settings) => gradientInfluences(last, scale, train, row, settings),
      },
    }),
    ...(images && {
      placeMaps: async (row: Table, output: number, back: number) =>
        placeMapOf({ graph, weights, columns: images }, await encode(row), output, back, scale),
    }),
    async predict(table) {
      const rows = await encode(table);
      const raw = await withLayers(graph, weights, (network) => read(network, rows));
      return task === 'regression' ? valuesOf(raw, scale) : probabilitiesOf(raw, outputs);
    },
    ...(inputGradient && {
      inputGradient: (table: Table, target: Target) =>
        withLayers(graph, weights, (network) => inputGradient(network, table, target, scale)),
    }),
  };
}
