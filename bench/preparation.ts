/**
 * What the ways to prepare data do to learners with their default configurations on ../shared/data/tabular, fitted on the training part
 * and measured on the test part: node bench/preparation.ts [learner ...]. Prints each way's loss as a ratio of the usual one's.
 */
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadDataset } from '../src/engine/data/load-dataset.ts';
import { loadTestDataset } from '../src/engine/data/load-test-dataset.ts';
import { metricValue } from '../src/engine/metrics/measure.ts';
import { learnerNamed } from '../src/engine/run/learners.ts';
import type { Params } from '../src/shared/space.ts';

const tables = fileURLToPath(new URL('../../shared/data/tabular/', import.meta.url));
const ways: readonly Params[] = [
  { scaling: 'native' },
  { scaling: 'robust' },
  { scaling: 'power' },
  { scaling: 'quantile' },
  { pca: 0.95 },
  { selected_share: 0.7 },
  { combinations: 16 },
];
const wayName = (way: Params) =>
  Object.entries(way)
    .map(([name, value]) => `${name} ${value}`)
    .join(' ');

const { signal } = new AbortController();
for (const name of process.argv.length > 2 ? process.argv.slice(2) : ['logistic', 'ridge', 'knn']) {
  const learner = await learnerNamed(name);
  const ratios = ways.map(() => [] as number[]);
  console.log(`\n| ${name} | ${ways.map(wayName).join(' | ')} |`);
  for (const table of readdirSync(tables).filter((folder) => existsSync(`${tables}${folder}/train.csv.gz`))) {
    const train = await loadDataset({ path: `${tables}${table}/train.csv.gz`, target: 'target' }, signal);
    if (!learner.tags.tasks.includes(train.info.task)) continue;
    const test = await loadTestDataset({ path: `${tables}${table}/test.csv.gz` }, train, signal);
    const metric = train.info.task === 'regression' ? 'rmse' : 'log_loss';
    const losses: number[] = [];
    for (const way of ways) {
      const params = { ...learner.defaults(train.info), ...way };
      const model = await learner.fit({ train, seed: 1, signal, report: async () => 'continue' }, params);
      losses.push(metricValue(metric, await model.predict(test.features), test.target)!);
      model.dispose?.();
    }
    for (const [i, loss] of losses.entries()) ratios[i].push(loss / losses[0]);
    console.log(
      `| ${table} | ${losses[0].toFixed(4)} | ${losses
        .slice(1)
        .map((loss) => (loss / losses[0]).toFixed(3))
        .join(' | ')} |`,
    );
  }
  const geometric = ratios.map((all) => Math.exp(all.reduce((sum, ratio) => sum + Math.log(ratio), 0) / all.length));
  console.log(
    `| geometric mean | 1 | ${geometric
      .slice(1)
      .map((ratio) => ratio.toFixed(3))
      .join(' | ')} |`,
  );
}
