import type { Random } from '../random.ts';
import { type ActivationSpec, planActivation } from './layers/activation.ts';
import { type BatchNormSpec, planBatchNorm } from './layers/batch-norm.ts';
import { type BranchesSpec, partOf, planBranches } from './layers/branches.ts';
import { chain } from './layers/chain.ts';
import { type Conv1dSpec, planConv1d } from './layers/conv1d.ts';
import { type Conv2dSpec, planConv2d } from './layers/conv2d.ts';
import { type DenseSpec, planDense } from './layers/dense.ts';
import { type DepthwiseConv2dSpec, planDepthwiseConv2d } from './layers/depthwise-conv2d.ts';
import { type DropoutSpec, planDropout } from './layers/dropout.ts';
import { type FlattenSpec, planFlatten } from './layers/flatten.ts';
import { type GlobalPoolSpec, planGlobalPool } from './layers/global-pool.ts';
import { type LayerNormSpec, planLayerNorm } from './layers/layer-norm.ts';
import { type MemberDenseSpec, type MembersSpec, planMemberDense, planMembers } from './layers/members.ts';
import { type LayerPlan, planOf, type RowShape, sizeOf, type TensorPlan } from './layers/plan.ts';
import { type PoolSpec, planPool } from './layers/pool.ts';
import { planResidual, type ResidualSpec } from './layers/residual.ts';
import { planScale, type ScaleSpec } from './layers/scale.ts';
import { planTableEmbedding, type TableEmbeddingSpec } from './layers/table-embedding.ts';
import { planTokenEmbedding, type TokenEmbeddingSpec } from './layers/token-embedding.ts';

export type LayerSpec =
  | ActivationSpec
  | BatchNormSpec
  | BranchesSpec
  | Conv1dSpec
  | Conv2dSpec
  | DenseSpec
  | DepthwiseConv2dSpec
  | DropoutSpec
  | FlattenSpec
  | GlobalPoolSpec
  | LayerNormSpec
  | MemberDenseSpec
  | MembersSpec
  | PoolSpec
  | ResidualSpec
  | ScaleSpec
  | TableEmbeddingSpec
  | TokenEmbeddingSpec;

/** A network as data: layers one after the other, some with layers inside. JSON keeps it whole. */
export interface LayerGraph {
  /** Shape of one row: [units], [length] of tokens, or [height, width, channels]. */
  readonly input: RowShape;
  readonly layers: readonly LayerSpec[];
}

/** The layer as it fits behind rows of shape `input`. Throws a RangeError where it does not. */
function planLayer(spec: LayerSpec, input: RowShape): LayerPlan {
  switch (spec.kind) {
    case 'activation':
      return planActivation(spec, input);
    case 'average-pool':
    case 'max-pool':
      return planPool(spec, input);
    case 'batch-norm':
      return planBatchNorm(spec, input);
    case 'branches':
      return planBranches(spec, input, planChain);
    case 'conv1d':
      return planConv1d(spec, input);
    case 'conv2d':
      return planConv2d(spec, input);
    case 'dense':
      return planDense(spec, input);
    case 'depthwise-conv2d':
      return planDepthwiseConv2d(spec, input);
    case 'dropout':
      return planDropout(spec, input);
    case 'flatten':
      return planFlatten(spec, input);
    case 'global-average-pool':
    case 'global-max-pool':
      return planGlobalPool(spec, input);
    case 'layer-norm':
      return planLayerNorm(spec, input);
    case 'member-dense':
      return planMemberDense(spec, input);
    case 'members':
      return planMembers(spec, input);
    case 'residual':
      return planResidual(spec, input, planChain);
    case 'scale':
      return planScale(spec, input);
    case 'table-embedding':
      return planTableEmbedding(spec, input);
    case 'token-embedding':
      return planTokenEmbedding(spec, input);
  }
}

/** All layers as one; tensors are named after their layer's place and kind: '3-dense/kernel'. */
function planChain(layers: readonly LayerSpec[], input: RowShape): LayerPlan {
  const plans: LayerPlan[] = [];
  let copies = 1;
  let work = 0;
  let width = sizeOf(input);
  for (const spec of layers) {
    const plan = planLayer(spec, plans.at(-1)?.output ?? input);
    plans.push(plan);
    copies *= plan.copies;
    work += copies * plan.work;
    width = Math.max(width, copies * plan.width);
  }
  const named = (of: 'parameters' | 'statistics') =>
    plans.flatMap((plan, i) => plan[of].map((each) => ({ ...each, name: `${i + 1}-${layers[i].kind}/${each.name}` })));
  return planOf({
    output: plans.at(-1)?.output ?? input,
    parameters: named('parameters'),
    statistics: named('statistics'),
    work,
    width,
    copies,
    apply(held) {
      const applied = plans.map((plan, i) => plan.apply(partOf(held, plans, i)));
      return (x) => chain(applied, x);
    },
  });
}

/** The whole network. Throws a RangeError where it has no layer, or layers that do not fit together. */
export function planGraph({ layers, input }: LayerGraph): LayerPlan {
  if (layers.length === 0) throw new RangeError('a network needs a layer');
  return planChain(layers, input);
}

/** Numbers that are learnt by descent. */
export const learntNumbers = (graph: LayerGraph): number =>
  planGraph(graph).parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0);

/** What a layer network has learnt, by tensor: it is saved as it is. */
export type LayerWeights = Readonly<Record<string, Float32Array>>;

/** Fresh weights, each tensor from a stream of its own. */
export function initialLayerWeights(graph: LayerGraph, random: Random): LayerWeights {
  const { parameters, statistics } = planGraph(graph);
  return Object.fromEntries(
    [...parameters, ...statistics].map((plan: TensorPlan) => [plan.name, plan.initial(random.fork(plan.name))]),
  );
}
