import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type FinalModels, finalModel } from '../src/shared/results/final-models.ts';
import type { StudySnapshot } from '../src/shared/results/study.ts';
import { pythonWith } from './python.ts';
import { type MeasuredProcess, measuredProcess } from './tabular/measured-process.ts';
import { peerResults, tables } from './tabular/results.ts';

/**
 * AutoML in a minute on the shared tables, by the command itself, beside FLAML in the same run (AutoGluon on request): test losses, scores
 * (0 the constant, 1 the best of all), ranks, time and memory. Two workers or threads each, one tool after the other.
 *
 *   npm run build && node bench/tabular.ts [--sets adult,churn] [--seeds 1,2,3] [--seconds 60] [--peers flaml,autogluon] [--only flaml] [--report] [--fresh]
 *
 * Every run is kept in .venv/tabular (outside git) by tool, set, seed, seconds and, of ours, the name given by --name, so that a bench that
 * takes hours can go on; --only runs one tool and reports nothing, --fresh runs again, --report runs nothing.
 */
const { values: options } = parseArgs({
  options: {
    sets: { type: 'string' },
    seeds: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '60' },
    peers: { type: 'string', default: 'flaml' },
    name: { type: 'string', default: 'now' },
    only: { type: 'string' },
    report: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
  },
});

const requirements: Readonly<Record<string, readonly string[]>> = {
  flaml: ['lightgbm==4.7.0', 'scikit-learn==1.9.1', 'FLAML[automl]==2.7.0', 'pandas'],
  autogluon: ['autogluon.tabular[lightgbm,xgboost]==1.6.3'],
};
const environments: Readonly<Record<string, string>> = { flaml: 'bench-automl', autogluon: 'bench-autogluon' };

interface Run {
  readonly loss: number;
  /** Of fitting, as the tool has it: ours from the command's start to its end. */
  readonly seconds: number;
  readonly peakBytes: number;
  readonly finals?: FinalModels;
  readonly trials?: number;
}

const root = join(import.meta.dirname, '..');
const kept = join(root, '.venv/tabular');
const published = peerResults();
const sets = options.sets?.split(',') ?? [...published.keys()];
const seeds = options.seeds.split(',').map(Number);
const peers = options.peers.split(',').filter(Boolean);

function isClassification(set: string): boolean {
  return (published.get(set)?.get('constant') ?? 0) < 2 && !/^\d/.test(set);
}

const parts = (set: string) => ['train.csv.gz', 'test.csv.gz'].map((name) => join(tables, set, name));

async function ours(set: string, seed: number): Promise<Run> {
  const [train, test] = parts(set);
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-tabular-'));
  const file = join(folder, `${set}.vitrine.yaml`);
  writeFileSync(
    file,
    `data: { path: ${train}, target: target, split: { test: ${test} } }\nsearch: { workers: 2 }\nexplain: none\nrobustness: none\n`,
  );
  const args = [
    join(root, 'bin/vitrine.mjs'),
    'run',
    file,
    '--json',
    '--seed',
    String(seed),
    '--budget',
    `${options.seconds}s`,
  ];
  const { output, ...measured } = await measuredProcess(process.execPath, args);
  const { snapshot } = JSON.parse(output) as { snapshot: StudySnapshot };
  const { finals, objectives, counts } = snapshot;
  const metric = objectives[0].metric;
  const best = finalModel(finals, 'ensemble') ?? finalModel(finals, 'single');
  const loss = best?.testMetrics?.[metric];
  if (!finals || loss === undefined) throw new Error(`${set}: ${snapshot.message}`);
  return { loss, finals, trials: counts.complete, ...measured };
}

async function peer(name: string, set: string, seed: number): Promise<Run> {
  const python = pythonWith(environments[name], requirements[name]);
  const task = isClassification(set) ? 'classification' : 'regression';
  const args = [join(import.meta.dirname, 'tabular/peer.py'), name, task, ...parts(set), options.seconds, String(seed)];
  const { output, peakBytes }: MeasuredProcess = await measuredProcess(python, args);
  return { ...(JSON.parse(output.trim().split('\n').at(-1)!) as { loss: number; seconds: number }), peakBytes };
}

const fileOf = (tool: string, set: string, seed: number) =>
  join(kept, `${tool === 'vitrine' ? `vitrine-${options.name}` : tool}-${set}-${seed}-${options.seconds}.json`);

async function runOf(tool: string, set: string, seed: number): Promise<Run | undefined> {
  const file = fileOf(tool, set, seed);
  if (existsSync(file) && !options.fresh) return JSON.parse(readFileSync(file, 'utf8'));
  if (options.report) return undefined;
  const run = await (tool === 'vitrine' ? ours(set, seed) : peer(tool, set, seed));
  mkdirSync(kept, { recursive: true });
  writeFileSync(file, JSON.stringify(run));
  return run;
}

const shown = (value: number | undefined) => (value === undefined ? '-' : String(Number(value.toPrecision(4))));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]) =>
  Math.sqrt(
    mean(values.map((value) => (value - mean(values)) ** 2)) * (values.length / Math.max(1, values.length - 1)),
  );

/** As RESULTS.md scores its tools. */
const scoreOf = (loss: number, constant: number, best: number) => Math.max(-1, (constant - loss) / (constant - best));

interface Line {
  readonly set: string;
  readonly seed: number;
  readonly losses: ReadonlyMap<string, number>;
  readonly own: Run;
}

async function measured(): Promise<Line[]> {
  const lines: Line[] = [];
  for (const seed of seeds) {
    for (const set of sets) {
      const own = await runOf('vitrine', set, seed);
      const others = new Map<string, number>();
      for (const name of peers) {
        const run = await runOf(name, set, seed);
        if (run) others.set(name, run.loss);
      }
      for (const name of ['constant', 'linear', 'autogluon', 'h2o', 'flaml'])
        if (!others.has(name)) others.set(name, published.get(set)!.get(name)!);
      if (!own) continue;
      const roles = (['single', 'readable'] as const).map((role) => {
        const model = finalModel(own.finals ?? null, role);
        return `${role} ${shown(model?.testMetrics?.[metricOf(own)])} (${model?.learner ?? '-'})`;
      });
      lines.push({ set, seed, losses: new Map([['vitrine', own.loss], ...others]), own });
      const cells = [...lines.at(-1)!.losses].map(([name, loss]) => `${name} ${shown(loss)}`);
      console.log(
        `${set} seed ${seed}: ${cells.join(', ')}; ${roles.join(', ')}; ${own.trials} trials, ${own.seconds.toFixed(1)} s, ${Math.round(own.peakBytes / 1e6)} MB`,
      );
    }
  }
  return lines;
}

const metricOf = (run: Run) => run.finals?.objective.metric ?? 'log_loss';

function report(lines: readonly Line[]): void {
  const tools = ['vitrine', 'flaml', 'autogluon', 'h2o', 'linear'];
  const perSeed = (of: (line: Line, tool: string) => number, tool: string) =>
    seeds.flatMap((seed) => {
      const own = lines.filter((line) => line.seed === seed);
      return own.length === 0 ? [] : [mean(own.map((line) => of(line, tool)))];
    });
  // As in RESULTS.md: of every tool there, whether it is compared here or not.
  const bestOf = ({ set, losses }: Line) =>
    Math.min(...losses.values(), ...[...published.get(set)!.values()].filter((loss) => !Number.isNaN(loss)));
  const score = (line: Line, tool: string) =>
    scoreOf(line.losses.get(tool)!, line.losses.get('constant')!, bestOf(line));
  const rank = ({ losses }: Line, tool: string) =>
    1 + tools.slice(0, 4).filter((other) => losses.get(other)! < losses.get(tool)!).length;
  console.log(`\n${lines.length} runs, ${new Set(lines.map(({ set }) => set)).size} sets`);
  for (const tool of tools) {
    const scores = perSeed(score, tool);
    const spread = scores.length > 1 ? ` (deviation over seeds ${deviation(scores).toFixed(4)})` : '';
    const ranks = tool === 'linear' ? '' : `, mean rank ${mean(perSeed(rank, tool)).toFixed(2)} of 4`;
    console.log(`${tool.padEnd(10)} mean score ${mean(scores).toFixed(4)}${spread}${ranks}`);
  }
  const readable = lines.map((line) => {
    const model = finalModel(line.own.finals ?? null, 'readable');
    return (model?.testMetrics?.[metricOf(line.own)] ?? Number.POSITIVE_INFINITY) / bestOf(line) - 1;
  });
  const near = readable.filter((excess) => excess <= 0.03).length;
  console.log(`best readable model within 3 % of the best loss: ${near} of ${lines.length} runs`);
  const worse = (name: string) =>
    lines.filter(({ losses }) => losses.get('vitrine')! > losses.get(name)!).map(({ set }) => set);
  console.log(
    `worse than the constant on: ${worse('constant').join(', ') || 'none'}; than scikit-learn's linear model on: ${worse('linear').join(', ') || 'none'}`,
  );
  const seconds = lines.map(({ own }) => own.seconds);
  console.log(
    `time: mean ${mean(seconds).toFixed(1)} s, longest ${Math.max(...seconds).toFixed(1)} s of ${options.seconds} s; peak memory ${Math.round(Math.max(...lines.map(({ own }) => own.peakBytes)) / 1e6)} MB`,
  );
}

if (!existsSync(tables)) console.log(`The shared tables are not here (${tables}): nothing to measure.`);
else {
  console.log(
    `${cpus()[0].model}, ${cpus().length} threads, Node ${process.version}; ${peers.flatMap((name) => requirements[name]).join(', ')}`,
  );
  if (options.only) {
    for (const seed of seeds) for (const set of sets) await runOf(options.only, set, seed);
  } else {
    const lines = await measured();
    if (lines.length > 0) report(lines);
  }
}
