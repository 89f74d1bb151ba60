import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Dataset, takeDataset } from '../src/engine/data/dataset.ts';
import { loadDataset } from '../src/engine/data/load-dataset.ts';
import { kernelShap } from '../src/engine/explain/kernel-shap.ts';
import { gameOf } from '../src/engine/explain/tree-shap/game-of.ts';
import { onnx } from '../src/engine/learners/onnx.ts';
import type { Model } from '../src/engine/models/model.ts';
import { isTreeEnsemble } from '../src/engine/models/tree-ensemble.ts';
import { createRandom } from '../src/engine/random.ts';
import { pythonWith } from './python.ts';

/**
 * node bench/explain.ts [--sets 503_wind,magic] [--techniques tree-shap,kernel-shap] [--pairs 3] [--trees 100] [--leaf 5]: seconds of each
 * technique on a scikit-learn forest (ours on the same forest, imported as ONNX) and the same rows, beside shap's on one thread, in
 * alternating pairs; medians, and the median of the pairs' ratios. Both include what is built once for a model. Of classes ours explains
 * one, shap all at once.
 */
const tables = fileURLToPath(new URL('../../shared/data/tabular/', import.meta.url));
const { values: options } = parseArgs({
  options: {
    sets: { type: 'string', default: '503_wind,537_houses,magic' },
    techniques: { type: 'string', default: 'tree-shap path-dependent,tree-shap interventional,kernel-shap' },
    pairs: { type: 'string', default: '3' },
    trees: { type: 'string', default: '100' },
    leaf: { type: 'string', default: '5' },
  },
});
const { signal } = new AbortController();

interface Work {
  readonly rows: number;
  readonly background: number;
  readonly samples: number;
}

/** As the engine explains many rows. */
const rowsAtOnce = 32;

type Technique = (model: Model, data: Dataset, work: Work) => Promise<void>;

/** Both variants as the engine's own loops run them. */
const treeShap =
  (variant: 'path-dependent' | 'interventional'): Technique =>
  async (model, data, { rows, background }) => {
    if (!isTreeEnsemble(model)) throw new Error('the imported forest has no trees');
    const trees = model.trees();
    const first = takeDataset(data, [...Array(background).keys()]).features;
    const train = variant === 'interventional' ? first : data.features;
    const { game, players } = gameOf(model, trees, { variant, background }, train, createRandom(1));
    const numbers = model.treeNumbers(takeDataset(data, [...Array(rows).keys()]).features);
    const inputs = model.treeInputs().length;
    for (let row = 0; row < rows; row += rowsAtOnce) {
      const block = numbers.subarray(row * inputs, Math.min(rows, row + rowsAtOnce) * inputs);
      const into = new Float64Array((block.length / inputs) * players.columns.length);
      for (let tree = 0; tree < trees.roots.length; tree++) game.add(tree, 0, block, inputs, into);
    }
  };

const techniques: Readonly<Record<string, { readonly work: Work; readonly ours: Technique }>> = {
  'tree-shap path-dependent': { work: { rows: 200, background: 100, samples: 0 }, ours: treeShap('path-dependent') },
  'tree-shap interventional': { work: { rows: 50, background: 100, samples: 0 }, ours: treeShap('interventional') },
  'kernel-shap': {
    work: { rows: 3, background: 50, samples: 1000 },
    async ours(model, data, { rows, background, samples }) {
      const train = takeDataset(data, [...Array(background).keys()]);
      const parts = { train, evaluation: data, part: 'test' as const };
      for (let row = 0; row < rows; row++)
        await kernelShap.explain(model, parts, { seed: 1, row, background, samples }, () => {}, signal);
    },
  },
};

/** Asks the peer's process one thing at a time. */
class Peer {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(python: string) {
    this.#process = spawn(python, [fileURLToPath(new URL('explain/peers.py', import.meta.url))], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
    });
    this.#lines = createInterface({ input: this.#process.stdout! })[Symbol.asyncIterator]();
  }

  async ask<Answer>(job: object): Promise<Answer> {
    this.#process.stdin!.write(`${JSON.stringify(job)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('the peer ended');
    return JSON.parse(value);
  }

  end(): void {
    this.#process.stdin!.end();
  }
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];

async function compare(python: string, set: string, scratch: string): Promise<void> {
  const folder = `${tables}${set}`;
  const data = await loadDataset({ path: `${folder}/train.csv.gz`, target: 'target' }, signal);
  const file = join(scratch, `${set}.onnx`);
  const peer = new Peer(python);
  const classes = data.info.task !== 'regression';
  const forest = { folder, classes, trees: Number(options.trees), leaf: Number(options.leaf), onnx: file };
  const { nodes } = await peer.ask<{ nodes: number }>(forest);
  const model = await onnx.fit({ train: data, seed: 1, signal, report: async () => 'continue' }, { model: file });
  for (const name of options.techniques.split(',')) {
    const { work, ours } = techniques[name];
    const pairs: [number, number][] = [];
    for (let pair = 0; pair < Number(options.pairs); pair++) {
      const begin = performance.now();
      await ours(model, data, work);
      const own = (performance.now() - begin) / 1000;
      const { seconds } = await peer.ask<{ seconds: number }>({ technique: name, ...work });
      pairs.push([own, seconds]);
    }
    const cell = (of: (pair: [number, number]) => number) => median(pairs.map(of)).toPrecision(3).padStart(10);
    console.log(
      `${set.padEnd(12)}${name.padEnd(26)}${String(nodes).padStart(9)}${String(work.rows).padStart(6)}` +
        `${cell(([a]) => a)}${cell(([, b]) => b)}${cell(([a, b]) => a / b)}`,
    );
  }
  peer.end();
}

if (!existsSync(tables)) console.log(`The shared tables are not here (${tables}): nothing to measure.`);
else {
  const python = pythonWith('bench-explain', [
    'shap==0.49.1',
    'numpy==2.2.6',
    'scikit-learn==1.6.1',
    'skl2onnx==1.19.1',
    'onnx==1.17.0',
    'pandas==2.3.3',
    'protobuf==5.29.5',
  ]);
  const scratch = mkdtempSync(join(tmpdir(), 'bench-explain-'));
  console.log(
    `${'data set'.padEnd(12)}${'technique'.padEnd(26)}${'nodes'.padStart(9)}${'rows'.padStart(6)}${['own s', 'shap s', 'ratio'].map((c) => c.padStart(10)).join('')}`,
  );
  for (const set of options.sets.split(',')) await compare(python, set, scratch);
  rmSync(scratch, { recursive: true });
}
