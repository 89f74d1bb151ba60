/**
 * Training steps a second of perceptrons 64-WIDTH-WIDTH-10 on batches of 256, on wasm and on another backend: from which size on the other
 * is worth it (`isWorthGpu`). `node bench/backends/crossover.ts BACKEND`
 */
import { setBackend } from '@tensorflow/tfjs-core';
import { backends } from '../../src/engine/networks/backends/registry.ts';
import { comparedGraph, trainingSpeed } from '../../src/engine/networks/backends/training-speed.ts';
import { parameterCount } from '../../src/engine/networks/graph.ts';
import { type BackendName, backendNames } from '../../src/shared/backend.ts';

const other = backendNames.find((name): name is BackendName => name === process.argv[2]);
if (!other) throw new RangeError(`"${process.argv[2]}" is none of ${backendNames.join(', ')}`);
const rows = 256;
await backends.wasm.start();
const { device } = await backends[other].start();
console.log(`perceptrons 64-width-width-10, batch ${rows}, steps a second: wasm, ${other} (${device})`);
for (const width of [16, 64, 256, 1024, 2048]) {
  const graph = { ...comparedGraph, hidden: [width, width].map((units) => ({ units, activation: 'relu' as const })) };
  const speeds: number[] = [];
  for (const name of ['wasm', other] as const) {
    await setBackend(backends[name].tfjsName);
    speeds.push(await trainingSpeed(1, graph, rows));
  }
  const work = 3 * parameterCount(graph) * rows;
  const [ours, theirs] = speeds;
  const cells = [String(width), ours.toFixed(1), theirs.toFixed(1), `${(theirs / ours).toFixed(2)} times`];
  console.log(`  ${cells.join('\t')}\t${work.toExponential(1)} multiplications a step`);
}
