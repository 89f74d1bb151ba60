import { parseArgs } from 'node:util';
import { createStudy } from '../src/engine/search/study.ts';
import { conditionalProblems } from './search/conditional.ts';
import { startOptuna } from './search/optuna-peer.ts';
import { analyticProblems, type Problem, tableProblems } from './search/problems.ts';
import { targets } from './search/targets.ts';

/**
 * Replays searches on tables (../shared/data/search, where present) and test functions: median regret after 50 and 100 trials.
 *
 *   node bench/search-tables.ts [--seeds 10] [--only NAME] [--optuna]
 *
 * With --optuna, Optuna 5 runs on the same objectives with the same number of seeds in the same run (set up with pip in .venv).
 */
const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10' },
    only: { type: 'string' },
    optuna: { type: 'boolean', default: false },
  },
});
const seeds = Array.from({ length: Number(options.seeds) }, (_, i) => i);
const trials = 100;

interface Run {
  readonly values: readonly number[];
  readonly seconds: number;
}

async function runOurs(problem: Problem, sampler: 'random' | 'tpe', seed: number): Promise<Run> {
  const study = createStudy({ space: problem.space, directions: [problem.direction], sampler, seed });
  const start = performance.now();
  await study.optimize(({ params }) => problem.value(params), { trials });
  const values = study.trials.map((trial) => trial.values?.[0] ?? Number.NaN);
  return { values, seconds: (performance.now() - start) / 1000 };
}

function regret(problem: Problem, values: readonly number[], count: number): number {
  const best = problem.direction === 'minimize' ? Math.min : Math.max;
  return Math.abs(problem.optimum - best(...values.slice(0, count)));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const number = (value: number) =>
  value === 0 ? '0' : value < 0.001 ? value.toExponential(1) : String(Number(value.toPrecision(3)));

async function summary(problem: Problem, run: (seed: number) => Promise<Run>) {
  const runs: Run[] = [];
  for (const seed of seeds) runs.push(await run(seed));
  const [at50, at100] = [50, 100].map((count) => median(runs.map(({ values }) => regret(problem, values, count))));
  const seconds = runs.reduce((sum, one) => sum + one.seconds, 0) / runs.length;
  return { at50, at100, seconds, words: `${number(at50)} / ${number(at100)} (${seconds.toFixed(2)} s)` };
}

const optuna = options.optuna ? await startOptuna() : undefined;
const problems = [
  ...tableProblems(new URL('../../shared/data/search/', import.meta.url)),
  ...analyticProblems,
  ...conditionalProblems,
].filter(({ name }) => !options.only || name.includes(options.only));

const cell = (text: string, width = 26) => text.padEnd(width);
console.log(
  `Median regret after 50 / 100 trials over ${seeds.length} seeds; in brackets the sampler's seconds for 100 trials.`,
);
console.log(
  cell('problem', 34) +
    cell('random') +
    cell('TPE') +
    cell(optuna ? `Optuna ${optuna.version} TPE` : '') +
    'target (Optuna 5 TPE)',
);
let better = 0;
for (const problem of problems) {
  const random = await summary(problem, (seed) => runOurs(problem, 'random', seed));
  const tpe = await summary(problem, (seed) => runOurs(problem, 'tpe', seed));
  const peer = optuna && (await summary(problem, (seed) => optuna.run(problem, 'tpe', seed, trials)));
  if (peer && tpe.at100 <= peer.at100) better++;
  console.log(
    cell(problem.name, 34) +
      cell(random.words) +
      cell(tpe.words) +
      cell(peer?.words ?? '') +
      (targets[problem.name] ?? ''),
  );
}
if (optuna)
  console.log(`TPE at 100 trials is as good as Optuna's or better on ${better} of ${problems.length} problems.`);
optuna?.close();
