import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadDataset } from '../src/engine/data/load-dataset.ts';
import { onnx } from '../src/engine/learners/onnx.ts';
import { Peer } from './explain/peer.ts';
import { techniques } from './explain/techniques.ts';
import { pythonWith } from './python.ts';

/**
 * node bench/explain.ts [--sets 503_wind,magic] [--techniques tree-shap,kernel-shap] [--pairs 3] [--trees 100] [--leaf 5]: seconds of each
 * technique on a scikit-learn forest (ours on the same forest, imported as ONNX), the same rows and as many predictions, beside shap's,
 * lime's and scikit-learn's on one thread, in alternating pairs after one that is not counted; medians, and the median of the pairs' ratios,
 * of seconds and of seconds of the processor, which other work disturbs less. Both include what is built once for an explanation. Of classes
 * ours explains one, shap all at once.
 */
const tables = fileURLToPath(new URL('../../shared/data/tabular/', import.meta.url));
const { values: options } = parseArgs({
  options: {
    sets: { type: 'string', default: '503_wind,537_houses,magic' },
    techniques: { type: 'string', default: Object.keys(techniques).join(',') },
    pairs: { type: 'string', default: '3' },
    trees: { type: 'string', default: '100' },
    leaf: { type: 'string', default: '5' },
  },
});
const { signal } = new AbortController();

/** Of one run. */
interface Took {
  readonly seconds: number;
  /** Of the processor. */
  readonly busy: number;
}

async function timed(run: () => Promise<void>): Promise<Took> {
  const before = process.cpuUsage();
  const begin = performance.now();
  await run();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - begin) / 1000, busy: (user + system) / 1e6 };
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];
const cells = (values: readonly (string | number)[]) =>
  values.map((value) => (typeof value === 'number' ? value.toPrecision(3) : value).padStart(10)).join('');

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
    const pairs: [Took, Took][] = [];
    for (let pair = 0; pair <= Number(options.pairs); pair++) {
      const own = await timed(() => ours(model, data, work));
      pairs.push([own, await peer.ask<Took>({ technique: name, ...work })]);
    }
    const counted = pairs.slice(1);
    const figures = (['seconds', 'busy'] as const).flatMap((of) => [
      median(counted.map(([own]) => own[of])),
      median(counted.map(([, their]) => their[of])),
      median(counted.map(([own, their]) => own[of] / their[of])),
    ]);
    console.log(`${set.padEnd(12)}${name.padEnd(26)}${cells([String(nodes), String(work.rows), ...figures])}`);
  }
  peer.end();
}

if (!existsSync(tables)) console.log(`The shared tables are not here (${tables}): nothing to measure.`);
else {
  const python = pythonWith('bench-explain', [
    'shap==0.49.1',
    'lime==0.2.0.1',
    'numpy==2.2.6',
    'scikit-learn==1.6.1',
    'skl2onnx==1.19.1',
    'onnx==1.17.0',
    'pandas==2.3.3',
    'protobuf==5.29.5',
  ]);
  const scratch = mkdtempSync(join(tmpdir(), 'bench-explain-'));
  const heads = ['nodes', 'rows', 'own s', 'peer s', 'ratio', 'own cpu s', 'peer cpu s', 'ratio'];
  console.log(`${'data set'.padEnd(12)}${'technique'.padEnd(26)}${cells(heads)}`);
  for (const set of options.sets.split(',')) await compare(python, set, scratch);
  rmSync(scratch, { recursive: true });
}
