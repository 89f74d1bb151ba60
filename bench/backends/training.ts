import {
  add,
  cast,
  conv2d,
  dispose,
  losses,
  matMul,
  maxPool,
  oneHot,
  randomNormal,
  relu,
  reshape,
  type Scalar,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tidy,
  train,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { build } from 'esbuild';
import { initialLayerWeights } from '../../src/engine/networks/layer-graph.ts';
import { LayerNetwork } from '../../src/engine/networks/layer-network.ts';
import { crossEntropyGradient } from '../../src/engine/networks/loss.ts';
import { Network } from '../../src/engine/networks/network.ts';
import { createAdam } from '../../src/engine/networks/optimizers/adam.ts';
import { type Batch, trainingStep } from '../../src/engine/networks/training-step.ts';
import { initialWeights } from '../../src/engine/networks/weights.ts';
import { createRandom } from '../../src/engine/random.ts';
import { type BenchCase, sizesOf } from './cases.ts';

/** A training that has begun, on the backend that was current then. */
export interface Training {
  step(): void;
  /** Resolves when the steps so far are really done: a GPU only queues them. */
  settle(): Promise<unknown>;
  dispose(): void;
}

function newBatch(each: BenchCase): Batch {
  const { input, classes } = sizesOf(each);
  const labels = Array.from({ length: each.batch }, (_, i) => i % classes);
  return {
    x: randomNormal([each.batch, ...input], 0, 1, 'float32', 1),
    target: cast(oneHot(labels, classes), 'float32'),
  };
}

const newNetwork = (each: BenchCase): Network | LayerNetwork =>
  'graph' in each
    ? new Network(each.graph, initialWeights(each.graph, new Float32Array(each.graph.outputs), createRandom(1)))
    : new LayerNetwork(each.layers, initialLayerWeights(each.layers, createRandom(1)));

/** Our loop, gradients and update. */
export function ourTraining(each: BenchCase): Training {
  const network = newNetwork(each);
  const batch = newBatch(each);
  const optimizer = createAdam({ weightDecay: 0 });
  return {
    step: () => trainingStep(network, optimizer, crossEntropyGradient, batch, 0.001),
    settle: () => network.parameters.at(-1)!.data(),
    dispose() {
      network.dispose();
      optimizer.dispose();
      dispose([batch.x, batch.target]);
    },
  };
}

/** tfjs as its documentation shows it: variables, a loss, `optimizer.minimize`. */
export function stockTraining(each: BenchCase): Training {
  const network = newNetwork(each);
  const { x, target } = newBatch(each);
  const variables: Variable[] = network.parameters.map((parameter) => variable(parameter));
  const optimizer = train.adam(0.001);
  const outputs = 'graph' in each ? perceptronOf : convolutionsOf;
  const objective = () => losses.softmaxCrossEntropy(target, outputs(x, variables)) as Scalar;
  return {
    step: () => tidy(() => void optimizer.minimize(objective, false, variables)),
    settle: () => variables.at(-1)!.data(),
    dispose() {
      network.dispose();
      optimizer.dispose();
      for (const one of variables) one.dispose();
      dispose([x, target]);
    },
  };
}

function perceptronOf(x: Tensor, variables: readonly Variable[]): Tensor {
  let h = x;
  for (let i = 0; i < variables.length; i += 2) {
    const z = add(matMul(h, variables[i] as Tensor), variables[i + 1]);
    h = i + 2 < variables.length ? relu(z) : z;
  }
  return h;
}

/** The case's convolutions: kernel and bias of two filters, then of the dense layer. */
function convolutionsOf(x: Tensor, [k1, b1, k2, b2, w, b]: readonly Variable[]): Tensor {
  const block = (images: Tensor, kernel: Variable, bias: Variable) =>
    maxPool(
      relu(add(conv2d(images as Tensor4D, kernel as unknown as Tensor4D, 1, 'same'), bias)) as Tensor4D,
      2,
      2,
      'valid',
    );
  const images = block(block(x, k1, b1), k2, b2);
  return add(matMul(reshape(images, [images.shape[0], -1]) as Tensor2D, w as unknown as Tensor2D), b);
}

/** tfjs-core's own gradients come in a module that Node cannot load as it is; the registry they enter is global. */
export async function registerStockGradients(): Promise<void> {
  const contents = "import '@tensorflow/tfjs-core/dist/register_all_gradients';";
  const options = { bundle: true, write: false, format: 'esm', platform: 'node', logLevel: 'error' } as const;
  const result = await build({ ...options, stdin: { contents, resolveDir: import.meta.dirname } });
  await import(`data:text/javascript;base64,${Buffer.from(result.outputFiles[0].contents).toString('base64')}`);
}

/** Steps a second of the clock, and a second of CPU time of all threads, which does not depend on what runs beside it. */
export interface Speed {
  readonly wall: number;
  readonly cpu: number;
}

/** The training is disposed. Undefined where the backend cannot do a step. */
export async function speedOf(begin: () => Training, seconds: number): Promise<Speed | undefined> {
  const training = begin();
  try {
    for (let i = 0; i < 3; i++) training.step();
    await training.settle();
    const start = performance.now();
    const before = process.cpuUsage();
    let steps = 0;
    while (performance.now() - start < 1000 * seconds) {
      training.step();
      if (++steps % 8 === 0) await training.settle();
    }
    await training.settle();
    const { user, system } = process.cpuUsage(before);
    return { wall: (1000 * steps) / (performance.now() - start), cpu: (1e6 * steps) / (user + system) };
  } catch (error) {
    if (/not registered for backend|not supported/.test((error as Error).message)) return undefined;
    throw error;
  } finally {
    training.dispose();
  }
}
