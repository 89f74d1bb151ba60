/**
 * Training steps a second of our wasm backend against tfjs-node (built here by bench/tfjs-node.ts), by our loop and by stock tfjs, against
 * stock wasm and against PyTorch on the CPU. All of tfjs in one process, in alternation; ratios are medians over the pairs. Once with one
 * thread for each, as a worker has, a second being one of CPU time, so that what runs beside it does not count; and once by the clock with
 * as many threads as TensorFlow and PyTorch take (wasm has one always).
 * `node bench/backends.ts [PAIRS] [SECONDS]`
 */
import { execFileSync } from 'node:child_process';
import { cases } from './backends/cases.ts';
import type { Speed } from './backends/training.ts';
import { pythonWith } from './python.ts';
import { requirements } from './search/optuna-peer.ts';
import { tfjsNodeFolder, tfjsNodeVersions } from './tfjs-node.ts';

const pairs = Number(process.argv[2] ?? 7);
const seconds = Number(process.argv[3] ?? 1);

interface Line {
  readonly case: string;
  readonly contender: string;
  readonly speed?: Speed;
}

const folder = tfjsNodeFolder();
console.log(
  Object.entries(tfjsNodeVersions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', '),
);
for (const threads of [1, 0]) {
  console.log(
    `\n${threads === 1 ? 'one thread each, steps a second of CPU time' : 'as many threads as they take, steps a second'}`,
  );
  const count = String(threads);
  const limits = { TF_NUM_INTRAOP_THREADS: count, TF_NUM_INTEROP_THREADS: count };
  const env = {
    ...process.env,
    ...limits,
    ...(threads === 1 && { OMP_NUM_THREADS: '1' }),
    VITRINE_ACCELERATORS: folder,
  };
  const program = `${import.meta.dirname}/backends/measure.ts`;
  const out = execFileSync(process.execPath, [program, String(seconds), String(pairs), 'tfjs-node'], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = out
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
  const torch = torchSpeeds(threads);
  for (const { name, words } of cases) print(name, words, lines, torch.speeds[name], threads === 1 ? 'cpu' : 'wall');
  console.log(`PyTorch ${torch.version}`);
}

function torchSpeeds(threads: number): { version: string; speeds: Record<string, Speed> } {
  const program = `${import.meta.dirname}/backends/torch-speed.py`;
  const python = pythonWith('bench-search', requirements);
  return JSON.parse(execFileSync(python, [program, String(threads), String(seconds * pairs)], { encoding: 'utf8' }));
}

function print(name: string, words: string, lines: readonly Line[], torch: Speed, clock: keyof Speed): void {
  const speeds = (contender: string) =>
    lines.filter((line) => line.case === name && line.contender === contender).map(({ speed }) => speed?.[clock]);
  const ours = speeds('wasm') as number[];
  console.log(`${name} (${words}): ours on wasm ${median(ours).toFixed(0)}`);
  for (const peer of ['tfjs-node, stock tfjs', 'tfjs-node', 'wasm, stock tfjs']) {
    const theirs = speeds(peer);
    if (theirs.some((speed) => speed === undefined)) {
      console.log(`  ${peer}: cannot train it`);
      continue;
    }
    const ratios = ours.map((speed, pair) => speed / theirs[pair]!);
    const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
    console.log(
      `  ${peer}: ${median(theirs as number[]).toFixed(0)}; ours ${median(ratios).toFixed(2)} times (${range})`,
    );
  }
  console.log(`  PyTorch: ${torch[clock].toFixed(0)}; ours ${(median(ours) / torch[clock]).toFixed(2)} times`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
