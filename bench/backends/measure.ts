/**
 * One process of bench/backends.ts: trains each network on each backend in alternation and prints JSON lines
 * {case, contender, speed: {wall, cpu}}. Arguments: seconds, pairs, backend.
 */
import { setBackend } from '@tensorflow/tfjs-core';
import { backends } from '../../src/engine/networks/backends/registry.ts';
import { installKernels } from '../../src/engine/networks/backends/wasm/install-kernels.ts';
import { startStockWasm } from '../../src/engine/networks/backends/wasm/start-wasm.ts';
import { type BackendName, backendNames } from '../../src/shared/backend.ts';
import { cases } from './cases.ts';
import { ourTraining, registerStockGradients, speedOf, stockTraining } from './training.ts';

const [seconds, pairs] = process.argv.slice(2, 4).map(Number);
const other = backendNames.find((name): name is BackendName => name === process.argv[4])!;

await startStockWasm();
await registerStockGradients();
await backends[other].start();

const contenders = {
  wasm: {
    async begin() {
      await setBackend('wasm');
      return installKernels();
    },
    training: ourTraining,
  },
  'wasm, stock tfjs': { begin: async () => void (await setBackend('wasm')), training: stockTraining },
  [other]: { begin: async () => void (await setBackend(backends[other].tfjsName)), training: ourTraining },
  [`${other}, stock tfjs`]: {
    begin: async () => void (await setBackend(backends[other].tfjsName)),
    training: stockTraining,
  },
};

for (const each of cases) {
  for (let pair = 0; pair < pairs; pair++) {
    for (const [contender, { begin, training }] of Object.entries(contenders)) {
      const end = await begin();
      const speed = await speedOf(() => training(each), seconds);
      end?.();
      console.log(JSON.stringify({ case: each.name, contender, speed }));
    }
  }
}
