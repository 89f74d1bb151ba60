/**
 * How much faster a network trains on our wasm kernels and loop than on stock tfjs (its wasm kernels, its automatic
 * gradients, its Adam). Both run in this process, in alternation; the ratio is the median over pairs. Convolutions cannot be trained
 * on stock wasm at all: what it says is printed.
 * `node bench/wasm-training.ts [PAIRS]`
 */
import {
  add,
  cast,
  losses,
  matMul,
  oneHot,
  randomNormal,
  relu,
  type Scalar,
  type Tensor2D,
  tidy,
  train,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { build } from 'esbuild';
import { installKernels } from '../src/engine/networks/backends/wasm/install-kernels.ts';
import { startStockWasm } from '../src/engine/networks/backends/wasm/start-wasm.ts';
import type { PerceptronGraph } from '../src/engine/networks/graph.ts';
import { initialLayerWeights, type LayerGraph } from '../src/engine/networks/layer-graph.ts';
import { LayerNetwork } from '../src/engine/networks/layer-network.ts';
import { crossEntropyGradient } from '../src/engine/networks/loss.ts';
import { Network } from '../src/engine/networks/network.ts';
import { createAdam } from '../src/engine/networks/optimizers/adam.ts';
import { type Batch, trainingStep } from '../src/engine/networks/training-step.ts';
import { initialWeights } from '../src/engine/networks/weights.ts';
import { createRandom } from '../src/engine/random.ts';

const pairs = Number(process.argv[2] ?? 7);
const millisecondsEach = 1000;

const cases: { name: string; graph: PerceptronGraph; batch: number }[] = [
  { name: '64-256-256-10, batch 128', graph: perceptron(64, [256, 256], 10), batch: 128 },
  { name: '10-16-2, batch 32', graph: perceptron(10, [16], 2), batch: 32 },
];

function perceptron(inputs: number, units: number[], outputs: number): PerceptronGraph {
  return { inputs, hidden: units.map((n) => ({ units: n, activation: 'relu' })), dropout: 0, outputs };
}

interface Contender {
  step(): void;
  dispose(): void;
}

/** tfjs as its documentation shows it: variables, a loss, `optimizer.minimize`. */
function stockTraining(graph: PerceptronGraph, { x, target }: Batch): Contender {
  const network = newNetwork(graph);
  const variables: Variable[] = network.parameters.map((parameter) => variable(parameter));
  const optimizer = train.adam(0.001);
  const objective = () => {
    let h = x as Tensor2D;
    for (let i = 0; i < variables.length; i += 2) {
      const z: Tensor2D = add(matMul(h, variables[i] as unknown as Tensor2D), variables[i + 1]);
      h = i + 2 < variables.length ? relu(z) : z;
    }
    return losses.softmaxCrossEntropy(target, h) as Scalar;
  };
  return {
    step: () => tidy(() => void optimizer.minimize(objective, false, variables)),
    dispose() {
      network.dispose();
      optimizer.dispose();
      for (const each of variables) each.dispose();
    },
  };
}

function ourTraining(graph: PerceptronGraph, batch: Batch): Contender {
  const uninstall = installKernels();
  const network = newNetwork(graph);
  const optimizer = createAdam({ weightDecay: 0 });
  return {
    step: () => trainingStep(network, optimizer, crossEntropyGradient, batch, 0.001),
    dispose() {
      network.dispose();
      optimizer.dispose();
      uninstall();
    },
  };
}

const newNetwork = (graph: PerceptronGraph) =>
  new Network(graph, initialWeights(graph, new Float32Array(graph.outputs), createRandom(1)));

/** Steps a second. */
function speed({ step, dispose }: Contender): number {
  step();
  const start = performance.now();
  let steps = 0;
  while (performance.now() - start < millisecondsEach) {
    step();
    steps++;
  }
  const result = (steps / (performance.now() - start)) * 1000;
  dispose();
  return result;
}

/** tfjs-core's own gradients come in a module that Node cannot load as it is; the registry they enter is global. */
async function registerStockGradients(): Promise<void> {
  const contents = "import '@tensorflow/tfjs-core/dist/register_all_gradients';";
  const options = { bundle: true, write: false, format: 'esm', platform: 'node', logLevel: 'error' } as const;
  const result = await build({ ...options, stdin: { contents, resolveDir: import.meta.dirname } });
  await import(`data:text/javascript;base64,${Buffer.from(result.outputFiles[0].contents).toString('base64')}`);
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const range = (values: number[]) => `${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)}`;

function comparePerceptrons({ name, graph, batch }: (typeof cases)[number]): void {
  const data = batchOf([graph.inputs], graph.outputs, batch);
  const stock: number[] = [];
  const ours: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    stock.push(speed(stockTraining(graph, data)));
    ours.push(speed(ourTraining(graph, data)));
  }
  const ratios = ours.map((value, i) => value / stock[i]);
  console.log(
    `${name}: stock ${median(stock).toFixed(1)} steps/s, ours ${median(ours).toFixed(1)} steps/s, ` +
      `ratio ${median(ratios).toFixed(1)} (${range(ratios)} in ${pairs} pairs)`,
  );
}

function batchOf(input: number[], outputs: number, rows: number): Batch {
  const classes = Array.from({ length: rows }, (_, i) => i % outputs);
  return { x: randomNormal([rows, ...input], 0, 1, 'float32', 1), target: cast(oneHot(classes, outputs), 'float32') };
}

const relu28 = { kind: 'activation', activation: 'relu' } as const;
const convolutions: LayerGraph = {
  input: [28, 28, 1],
  layers: [
    { kind: 'conv2d', filters: 16, size: 3 },
    relu28,
    { kind: 'max-pool', size: 2 },
    { kind: 'conv2d', filters: 32, size: 3 },
    relu28,
    { kind: 'max-pool', size: 2 },
    { kind: 'flatten' },
    { kind: 'dense', units: 10 },
  ],
};

function trainConvolutions(): void {
  const data = batchOf([28, 28, 1], 10, 128);
  const contender = (): Contender => {
    const network = new LayerNetwork(convolutions, initialLayerWeights(convolutions, createRandom(1)));
    const optimizer = createAdam({ weightDecay: 0 });
    return {
      step: () => trainingStep(network, optimizer, crossEntropyGradient, data, 0.001),
      dispose() {
        network.dispose();
        optimizer.dispose();
      },
    };
  };
  const uninstall = installKernels();
  const ours = Array.from({ length: pairs }, () => speed(contender()));
  uninstall();
  console.log(
    `28x28, conv 3x3x16, pool, conv 3x3x32, pool, dense 10, batch 128: ours ${median(ours).toFixed(1)} steps/s (${range(ours)}); ` +
      `stock: ${faultOf(contender())}`,
  );
}

/** What a step throws. */
function faultOf({ step, dispose }: Contender): string {
  try {
    tidy(step);
    return 'trains';
  } catch (error) {
    return `cannot train (${(error as Error).message})`;
  } finally {
    dispose();
  }
}

await startStockWasm();
await registerStockGradients();
for (const each of cases) comparePerceptrons(each);
trainConvolutions();
