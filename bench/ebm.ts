import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Dataset } from '../src/engine/data/dataset.ts';
import { loadDataset } from '../src/engine/data/load-dataset.ts';
import { loadTestDataset } from '../src/engine/data/load-test-dataset.ts';
import { ebm } from '../src/engine/learners/ebm/ebm.ts';
import { metricValue } from '../src/engine/metrics/measure.ts';
import { pythonWith } from './python.ts';

/**
 * node bench/ebm.ts [--sets adult,churn] [--repeats 3] [--rate .05] [--pairs ours]: seconds and test loss of our Explainable Boosting Machine beside
 * interpret-core's with the same bags and pairs, both on one thread, one after the other in turn; medians. The rounds of both end by
 * early stopping. --rate: interpret's learning rate, where its own default is not meant. --pairs: whose default number of pairs both get. Ours is timed with binning, as interpret is.
 */
const tables = fileURLToPath(new URL('../../shared/data/tabular/', import.meta.url));
const { values: options } = parseArgs({
  options: {
    sets: { type: 'string', default: 'adult,churn,credit_g,phoneme,227_cpu_small,503_wind' },
    repeats: { type: 'string', default: '3' },
    rate: { type: 'string' },
    pairs: { type: 'string', default: 'theirs' },
  },
});
const { signal } = new AbortController();

interface Fit {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly loss: number;
  readonly terms: number;
}

async function ours(train: Dataset, test: Dataset, bags: number, interactions: number): Promise<Fit> {
  const begin = performance.now();
  const cpu = process.cpuUsage();
  const context = { train, seed: 1, signal, report: async () => 'continue' as const };
  const model = await ebm.fit(context, { bags, interactions });
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - begin) / 1000;
  const metric = train.info.task === 'regression' ? 'rmse' : 'log_loss';
  const loss = metricValue(metric, await model.predict(test.features), test.target) ?? Number.NaN;
  return { seconds, cpuSeconds: (user + system) / 1e6, loss, terms: model.facts.reading?.count ?? 0 };
}

function peer(python: string, set: string, train: Dataset, bags: number, interactions: number): Fit {
  const script = fileURLToPath(new URL('learners/interpret-ebm.py', import.meta.url));
  const task = train.info.task === 'regression' ? 'regression' : 'classes';
  const given = [`${tables}${set}`, task, String(bags), String(interactions), ...(options.rate ? [options.rate] : [])];
  return JSON.parse(execFileSync(python, [script, ...given], { encoding: 'utf8' }));
}

const median = (fits: readonly Fit[], of: (fit: Fit) => number): number =>
  fits.map(of).sort((a, b) => a - b)[Math.floor(fits.length / 2)];

async function compare(python: string, set: string): Promise<void> {
  const train = await loadDataset({ path: `${tables}${set}/train.csv.gz`, target: 'target' }, signal);
  const test = await loadTestDataset({ path: `${tables}${set}/test.csv.gz` }, train, signal);
  const columns = train.features.columns.length;
  // interpret's defaults: three pairs a column for classes, five for values, never more than there are.
  const theirs = Math.min((columns * (columns - 1)) / 2, (train.info.task === 'regression' ? 5 : 3) * columns);
  const pairs = options.pairs === 'ours' ? Number(ebm.defaults(train.info).interactions) : theirs;
  const [own, other]: [Fit[], Fit[]] = [[], []];
  for (let i = 0; i < Number(options.repeats); i++) {
    own.push(await ours(train, test, 4, pairs));
    other.push(peer(python, set, train, 4, pairs));
  }
  const shown = (fits: readonly Fit[]) =>
    `${median(fits, (f) => f.seconds).toFixed(2)} s (CPU ${median(fits, (f) => f.cpuSeconds).toFixed(2)}), loss ${median(fits, (f) => f.loss).toFixed(4)}`;
  const ratio = (of: (fit: Fit) => number) => (median(own, of) / median(other, of)).toFixed(3);
  console.log(
    `${set.padEnd(14)} ${pairs} pairs, ours ${shown(own)}; interpret ${shown(other)}; time ${ratio((f) => f.seconds)}, CPU ${ratio((f) => f.cpuSeconds)}, loss ${ratio((f) => f.loss)}`,
  );
}

if (!existsSync(tables)) console.log(`The shared tables are not here (${tables}): nothing to measure.`);
else {
  const python = pythonWith('interpret', [
    'interpret-core==0.7.8',
    'pandas==2.3.3',
    'scikit-learn==1.7.2',
    'psutil==7.1.3',
  ]);
  console.log('4 bags, one thread each, rounds by early stopping, own default learning rates unless --rate');
  for (const set of options.sets.split(',')) await compare(python, set);
}
