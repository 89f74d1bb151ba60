import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Metrics } from '../src/shared/metrics.ts';
import type { StudySnapshot } from '../src/shared/results/study.ts';
import { pythonWith } from './python.ts';

/**
 * The main job by the command itself, scored on the test part: examples/penguins in its own budget, and
 * ../shared/data/tabular/adult in a minute beside its peers, one after another in the same run.
 *
 *   npm run build && node bench/main-job.ts [--seconds 60] [--seed 1]
 */
const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' } },
});
const root = join(import.meta.dirname, '..');
const requirements = ['lightgbm==4.7.0', 'scikit-learn==1.9.1', 'FLAML[automl]==2.7.0', 'pandas'];

interface Scored {
  readonly snapshot: StudySnapshot;
  readonly test: Metrics;
  readonly seconds: number;
}

function vitrine(file: string, ...more: string[]): Scored {
  const start = performance.now();
  const text = execFileSync(
    process.execPath,
    [join(root, 'bin/vitrine.mjs'), 'run', file, '--json', '--seed', options.seed, ...more],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const { snapshot, best } = JSON.parse(text) as { snapshot: StudySnapshot; best: { trial: { testMetrics: Metrics } } };
  return { snapshot, test: best.trial.testMetrics, seconds: (performance.now() - start) / 1000 };
}

function penguins(): void {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
  cpSync(join(root, 'examples/penguins'), folder, { recursive: true });
  const { snapshot, test, seconds } = vitrine(join(folder, 'penguins.vitrine.yaml'));
  console.log(
    `penguins: test accuracy ${test.accuracy?.toFixed(4)}, log loss ${test.log_loss?.toFixed(4)}, ${snapshot.counts.complete} trials, ${seconds.toFixed(0)} s in all`,
  );
}

function adult(): void {
  const data = join(root, '../shared/data/tabular/adult');
  if (!existsSync(data)) {
    console.log(`adult: skipped, ${data} is not there`);
    return;
  }
  const [train, test] = ['train.csv.gz', 'test.csv.gz'].map((name) => join(data, name));
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
  const file = join(folder, 'adult.vitrine.yaml');
  writeFileSync(
    file,
    `data: { path: ${train}, target: target, split: { test: ${test} } }\nexplain: none\nrobustness: none\n`,
  );
  const ours = vitrine(file, '--budget', `${options.seconds}s`);
  console.log(
    `adult: Vitrine ${ours.test.log_loss?.toFixed(4)} (${ours.snapshot.leaderboard[0].learner}, ${ours.snapshot.counts.complete} trials, ${ours.seconds.toFixed(0)} s in all)`,
  );
  const script = join(import.meta.dirname, 'automl/peers.py');
  const lines = execFileSync(
    pythonWith('bench-automl', requirements),
    [script, train, test, options.seconds, options.seed],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  for (const line of lines.trim().split('\n')) {
    const peer = JSON.parse(line) as { name: string; log_loss: number; seconds: number };
    console.log(
      `adult: ${peer.name} ${peer.log_loss.toFixed(4)} (${peer.seconds.toFixed(0)} s in all), ratio ours / theirs ${((ours.test.log_loss ?? Number.NaN) / peer.log_loss).toFixed(3)}`,
    );
  }
}

console.log(`${cpus()[0].model}, ${cpus().length} threads, Node ${process.version}; ${requirements.join(', ')}`);
penguins();
adult();
