/**
 * How much faster a perceptron trains on our wasm kernels and loop than on stock tfjs (its wasm kernels, its automatic
 * gradients, its Adam). Both run in this process, in alternation; the ratio is the median over pairs.
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

await startStockWasm();
await registerStockGradients();
for (const { name, graph, batch } of cases) {
  const classes = Array.from({ length: batch }, (_, i) => i % graph.outputs);
  const data: Batch = {
    x: randomNormal([batch, graph.inputs], 0, 1, 'float32', 1),
    target: cast(oneHot(classes, graph.outputs), 'float32') as Tensor2D,
  };
  const stock: number[] = [];
  const ours: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    stock.push(speed(stockTraining(graph, data)));
    ours.push(speed(ourTraining(graph, data)));
  }
  const ratios = ours.map((value, i) => value / stock[i]);
  const range = `${Math.min(...ratios).toFixed(1)} to ${Math.max(...ratios).toFixed(1)}`;
  console.log(
    `${name}: stock ${median(stock).toFixed(1)} steps/s, ours ${median(ours).toFixed(1)} steps/s, ` +
      `ratio ${median(ratios).toFixed(1)} (${range} in ${pairs} pairs)`,
  );
}
