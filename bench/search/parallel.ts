import { performance } from 'node:perf_hooks';
import { createRandom } from '../../src/engine/random.ts';
import type { SamplerName } from '../../src/engine/search/samplers/registry.ts';
import { createStudy } from '../../src/engine/search/study.ts';
import { mean } from '../../src/engine/statistics/mean.ts';
import { median } from '../../src/engine/statistics/median.ts';
import type { Trial } from '../../src/shared/trial.ts';
import { figure } from './figure.ts';
import { type Problem, singleObjectiveProblems } from './problems.ts';
import type { Bar, Section } from './section.ts';

const trials = 100;
const workers = 8;
/** Of a trial, log-normal: the longest of a hundred takes some ten times the shortest. */
const meanSeconds = 10;
const spread = 0.5;

interface Run {
  readonly regret: number;
  /** Share of the workers' time in which they worked, until the last trial was given out. */
  readonly utilisation: number;
}

/**
 * Workers in simulated time: each trial takes a drawn time, each suggestion the time that it really took, one after another as the one
 * engine makes them. A worker whose trial ends is told and asks for the next at once.
 */
function simulated(problem: Problem, sampler: SamplerName, seed: number, count: number): Run {
  const { space, direction, optimum, value } = problem;
  const study = createStudy({ space, direction, sampler, seed, expected: { trials, workers: count } });
  const random = createRandom(seed).fork('durations');
  const duration = () => meanSeconds * Math.exp(spread * random.normal() - spread ** 2 / 2);
  const working: { until: number; trial: Trial }[] = [];
  let [engineFree, busy, lost] = [0, 0, 0];
  for (let asked = 0; asked < trials; asked++) {
    let now = 0;
    if (working.length === count) {
      const [ended] = working.splice(working.indexOf(working.reduce((a, b) => (b.until < a.until ? b : a))), 1);
      study.tell(ended.trial, value(ended.trial.params));
      now = ended.until;
    }
    const start = performance.now();
    const trial = study.ask();
    engineFree = Math.max(engineFree, now) + (performance.now() - start) / 1000;
    const seconds = duration();
    lost += engineFree - now;
    busy += seconds;
    working.push({ until: engineFree + seconds, trial });
  }
  for (const { trial } of working) study.tell(trial, value(trial.params));
  const best = study.best?.values?.[0] ?? Number.NaN;
  return { regret: Math.abs(optimum - best), utilisation: busy / (busy + lost) };
}

/** A table of each kind and functions, smooth, narrow and wavy. */
const chosen = [
  'hpobench-phoneme',
  'hpolib-protein_structure',
  'nasbench201-cifar100',
  'branin',
  'hartmann6',
  'ackley5',
];

/** Eight workers against one, at the same number of evaluations. */
export const parallelSection: Section = {
  name: 'parallel',
  title: `${workers} asynchronous workers, trials of ${meanSeconds} s on average, ${trials} evaluations: regret against one worker's, and utilisation`,
  async run({ seeds, only = '', samplers = ['tpe', 'gp', 'auto'], print }) {
    const problems = singleObjectiveProblems().filter(({ name }) => chosen.includes(name) && name.includes(only));
    const results: {
      sampler: string;
      problem: string;
      one: number;
      many: number;
      chance: number;
      utilisation: number;
    }[] = [];
    for (const sampler of samplers) {
      for (const problem of problems) {
        const runs = (name: SamplerName, count: number) =>
          Array.from({ length: seeds }, (_, seed) => simulated(problem, name, seed, count));
        const [one, many, chance] = [
          runs(sampler as SamplerName, 1),
          runs(sampler as SamplerName, workers),
          runs('random', 1),
        ];
        const regretOf = (given: readonly Run[]) => median(given.map(({ regret }) => regret));
        const utilisation = mean(many.map((run) => run.utilisation));
        results.push({
          sampler,
          problem: problem.name,
          one: regretOf(one),
          many: regretOf(many),
          chance: regretOf(chance),
          utilisation,
        });
        const { one: alone, many: together } = results[results.length - 1];
        print(
          `${sampler}, ${problem.name}: ${figure(together)} with ${workers} workers, ${figure(alone)} with one; ${(100 * utilisation).toFixed(1)} % busy`,
        );
      }
    }
    return {
      bars: samplers.flatMap((sampler) =>
        barsOf(
          sampler,
          results.filter((row) => row.sampler === sampler),
        ),
      ),
      results,
    };
  },
};

type Rows = readonly { one: number; many: number; chance: number; utilisation: number }[];

/** Regrets of different problems are made comparable by random search's. */
function barsOf(sampler: string, rows: Rows): Bar[] {
  const [one, many] = [mean(rows.map((row) => row.one / row.chance)), mean(rows.map((row) => row.many / row.chance))];
  const least = Math.min(...rows.map(({ utilisation }) => utilisation));
  return [
    {
      words: `${sampler}: ${workers} workers at least 95 % busy`,
      figure: `${(100 * least).toFixed(1)} % on the slowest problem`,
      met: least >= 0.95,
    },
    {
      words: `${sampler}: regret as a share of random search's within 20 % of one worker's`,
      figure: `${figure(many)} against ${figure(one)}`,
      met: many <= 1.2 * one,
    },
  ];
}
