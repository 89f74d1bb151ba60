import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Dataset, takeDataset } from '../src/engine/data/dataset.ts';
import { loadDataset } from '../src/engine/data/load-dataset.ts';
import { loadTestDataset } from '../src/engine/data/load-test-dataset.ts';
import { splitValidation } from '../src/engine/data/splits/split.ts';
import type { Learner } from '../src/engine/learners/learner.ts';
import { learners } from '../src/engine/learners/registry.ts';
import { metricValue } from '../src/engine/metrics/measure.ts';
import { createRandom } from '../src/engine/random.ts';
import type { Params } from '../src/shared/space.ts';
import { peerResults, tables } from './tabular/results.ts';

/**
 * node bench/learners.ts [--sets adult,churn] [--learners boosting,logistic]: test losses of our learners' defaults on the
 * shared tables and their given splits, beside the peers' figures from RESULTS.md. Rounds and epochs come from three folds, then one
 * refit on all training rows.
 */
const shownPeers = ['constant', 'linear', 'rf', 'hgb', 'lightgbm', 'flaml', 'autogluon'];
const { values: options } = parseArgs({
  options: { sets: { type: 'string' }, learners: { type: 'string' } },
});
const { signal } = new AbortController();
const context = { seed: 1, signal, report: async () => 'continue' as const };

async function load(name: string): Promise<{ train: Dataset; test: Dataset }> {
  const train = await loadDataset({ path: `${tables}${name}/train.csv.gz`, target: 'target' }, signal);
  return { train, test: await loadTestDataset({ path: `${tables}${name}/test.csv.gz` }, train, signal) };
}

/** Test loss of a learner's defaults, and the seconds that choosing the rounds and the refit took. */
async function score(learner: Learner, train: Dataset, test: Dataset, params: Params) {
  const begin = performance.now();
  const rounds: number[] = [];
  if (learner.tags.resource) {
    for (const fold of splitValidation(train, { folds: 3 }, createRandom(1)).folds) {
      const part = { train: takeDataset(train, fold.train), validation: takeDataset(train, fold.validation) };
      const model = await learner.fit({ ...context, ...part }, params);
      rounds.push(model.facts.resource?.best ?? 1);
    }
  }
  const resource =
    rounds.length > 0 ? Math.max(1, Math.round(rounds.reduce((a, b) => a + b) / rounds.length)) : undefined;
  const model = await learner.fit({ ...context, train, resource }, params);
  const seconds = (performance.now() - begin) / 1000;
  const prediction = await model.predict(test.features);
  model.dispose?.();
  return { loss: metricValue(lossName(train), prediction, test.target)!, seconds };
}

const lossName = (data: Dataset) => (data.info.task === 'regression' ? 'rmse' : 'log_loss');
const shown = (loss: number | undefined) =>
  (loss === undefined || Number.isNaN(loss) ? '-' : loss.toPrecision(4)).padStart(11);

async function accuracy(): Promise<void> {
  const peers = peerResults();
  const sets = options.sets?.split(',') ?? [...peers.keys()];
  const names = options.learners?.split(',');
  const ours = learners.filter(({ name }) => (names ? names.includes(name) : name !== 'constant'));
  const scores = new Map(ours.map(({ name }) => [name, { sum: 0, sets: 0, seconds: 0 }]));
  console.log(
    ['data set'.padEnd(18), ...[...ours.map(({ name }) => name), ...shownPeers].map((n) => n.padStart(11))].join(''),
  );
  for (const set of sets) {
    const results = peers.get(set);
    if (!results) throw new RangeError(`no data set "${set}" in RESULTS.md`);
    const { train, test } = await load(set);
    const cells: string[] = [];
    for (const learner of ours) {
      if (!learner.tags.tasks.includes(train.info.task)) {
        cells.push(shown(undefined));
        continue;
      }
      const { loss, seconds } = await score(learner, train, test, learner.defaults(train.info));
      const total = scores.get(learner.name)!;
      total.sum += relative(loss, results);
      total.sets++;
      total.seconds += seconds;
      cells.push(shown(loss));
    }
    console.log([set.padEnd(18), ...cells, ...shownPeers.map((peer) => shown(results.get(peer)))].join(''));
  }
  console.log('\nscore: (constant - loss) / (constant - best peer), mean; 0 is the constant, 1 the best peer');
  for (const [name, { sum, sets: count, seconds }] of scores) {
    if (count > 0)
      console.log(
        `${name.padEnd(12)} ${(sum / count).toFixed(3)} on ${count} sets, ${seconds.toFixed(0)} s of fitting`,
      );
  }
  for (const peer of shownPeers.slice(1)) {
    const of = sets.map((set) => relative(peers.get(set)!.get(peer)!, peers.get(set)!));
    console.log(`${peer.padEnd(12)} ${(of.reduce((a, b) => a + b, 0) / of.length).toFixed(3)} on ${of.length} sets`);
  }
}

/** As RESULTS.md scores its tools. */
function relative(loss: number, results: Map<string, number>): number {
  const constant = results.get('constant')!;
  const best = Math.min(...[...results.values()].filter((value) => !Number.isNaN(value)));
  return Math.max(-1, (constant - loss) / (constant - best));
}

if (!existsSync(tables)) console.log(`The shared tables are not here (${tables}): nothing to measure.`);
else await accuracy();
