/**
 * Training steps a second of perceptrons 64-WIDTH-WIDTH-10 on batches of 256, on wasm and on another backend: from which size on the other
 * is worth it (`Backend.leastWork`). By the clock, and by CPU time, which counts where neither is on a GPU. `node bench/backends/crossover.ts BACKEND`
 */
import { setBackend } from '@tensorflow/tfjs-core';
import { backends } from '../../src/engine/networks/backends/registry.ts';
import { parameterCount } from '../../src/engine/networks/graph.ts';
import { type BackendName, backendNames } from '../../src/shared/backend.ts';
import { ourTraining, type Speed, speedOf } from './training.ts';

const other = backendNames.find((name): name is BackendName => name === process.argv[2]);
if (!other) throw new RangeError(`"${process.argv[2]}" is none of ${backendNames.join(', ')}`);
const batch = 256;
/** Steps a second: a GPU that the CPU imitates would take minutes for the next size. */
const slowest = 1;
await backends.wasm.start();
const { device } = await backends[other].start();
console.log(`perceptrons 64-width-width-10, batch ${batch}, steps a second: wasm, ${other} (${device})`);
for (const width of [16, 64, 256, 512, 1024, 2048]) {
  const hidden = [width, width].map((units) => ({ units, activation: 'relu' as const }));
  const graph = { inputs: 64, hidden, dropout: 0, outputs: 10 };
  const speeds: Speed[] = [];
  for (const name of ['wasm', other] as const) {
    await setBackend(backends[name].tfjsName);
    const speed = await speedOf(() => ourTraining({ name: String(width), words: '', graph, batch }), 1);
    if (!speed) throw new Error(`${name} cannot train a perceptron`);
    speeds.push(speed);
  }
  const [ours, theirs] = speeds;
  const ratio = (clock: keyof Speed) => `${(theirs[clock] / ours[clock]).toFixed(2)} times`;
  const work = `${(3 * parameterCount(graph) * batch).toExponential(1)} multiplications a step`;
  const cells = [
    width,
    ours.wall.toFixed(1),
    theirs.wall.toFixed(1),
    ratio('wall'),
    `${ratio('cpu')} by CPU time`,
    work,
  ];
  console.log(`  ${cells.join('\t')}`);
  if (theirs.wall < slowest) break;
}
