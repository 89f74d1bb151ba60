import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Dataset } from '../src/engine/data/dataset.ts';
import { loadDataset } from '../src/engine/data/load-dataset.ts';
import { loadTestDataset } from '../src/engine/data/load-test-dataset.ts';
import { extraTrees } from '../src/engine/learners/extra-trees.ts';
import { forest } from '../src/engine/learners/forest.ts';
import { metricValue } from '../src/engine/metrics/measure.ts';
import { pythonWith } from './python.ts';

/**
 * node bench/forest.ts [--sets adult,magic] [--kind forest|extra_trees] [--pairs 5] [--trees 100] [--leaf 1]: seconds of a fit and the test loss of
 * a forest beside scikit-learn's on one thread, in alternating pairs with a seed each; the same number of trees, columns a node and smallest
 * leaf. Ours includes binning; scikit-learn's starts from a float32 matrix. Medians, and the median of the pairs' ratios.
 */
const tables = fileURLToPath(new URL('../../shared/data/tabular/', import.meta.url));
const { values: options } = parseArgs({
  options: {
    sets: { type: 'string', default: 'adult,magic,satimage,537_houses' },
    kind: { type: 'string', default: 'forest' },
    pairs: { type: 'string', default: '5' },
    trees: { type: 'string', default: '100' },
    leaf: { type: 'string', default: '1' },
  },
});
const { signal } = new AbortController();

interface Fit {
  readonly seconds: number;
  readonly loss: number;
}

/** Asks the peer's process one thing at a time. */
class Peer {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(python: string, script: string) {
    this.#process = spawn(python, [script], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
    });
    this.#lines = createInterface({ input: this.#process.stdout! })[Symbol.asyncIterator]();
  }

  async fit(job: object): Promise<Fit> {
    this.#process.stdin!.write(`${JSON.stringify(job)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('the peer ended');
    return JSON.parse(value);
  }

  end(): void {
    this.#process.stdin!.end();
  }
}

async function own(train: Dataset, test: Dataset, params: Record<string, number>, seed: number): Promise<Fit> {
  const learner = options.kind === 'forest' ? forest : extraTrees;
  const begin = performance.now();
  const model = await learner.fit({ train, seed, signal, report: async () => 'continue' }, params);
  const seconds = (performance.now() - begin) / 1000;
  const loss = train.info.task === 'regression' ? 'rmse' : 'log_loss';
  return { seconds, loss: metricValue(loss, await model.predict(test.features), test.target)! };
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];

async function compare(peer: Peer, set: string): Promise<void> {
  const folder = `${tables}${set}`;
  const train = await loadDataset({ path: `${folder}/train.csv.gz`, target: 'target' }, signal);
  const test = await loadTestDataset({ path: `${folder}/test.csv.gz` }, train, signal);
  const classes = train.info.task !== 'regression';
  const columns = train.features.columns.length;
  const params = {
    trees: Number(options.trees),
    min_leaf_rows: Number(options.leaf),
    column_sample: classes ? Math.floor(Math.sqrt(columns)) / columns : 1,
  };
  const pairs: [Fit, Fit][] = [];
  for (let seed = 0; seed < Number(options.pairs); seed++) {
    const ours = await own(train, test, params, seed);
    pairs.push([ours, await peer.fit({ folder, kind: options.kind, classes, seed, ...params })]);
  }
  const cell = (value: number) => value.toPrecision(4).padStart(12);
  const column = (of: (pair: [Fit, Fit]) => number) => cell(median(pairs.map(of)));
  console.log(
    `${set.padEnd(12)}${column(([a]) => a.seconds)}${column(([, b]) => b.seconds)}${column(([a, b]) => a.seconds / b.seconds)}` +
      `${column(([a]) => a.loss)}${column(([, b]) => b.loss)}`,
  );
}

if (!existsSync(tables)) console.log(`The shared tables are not here (${tables}): nothing to measure.`);
else {
  const python = pythonWith('forest', ['scikit-learn==1.9.1', 'pandas==2.3.3']);
  const peer = new Peer(python, fileURLToPath(new URL('learners/sklearn-forest.py', import.meta.url)));
  console.log(
    `${'data set'.padEnd(12)}${['own s', 'sklearn s', 'ratio', 'own loss', 'sklearn loss'].map((c) => c.padStart(12)).join('')}`,
  );
  for (const set of options.sets.split(',')) await compare(peer, set);
  peer.end();
}
