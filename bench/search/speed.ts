import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createStudy as createKeptStudy } from '../../src/engine/create-study.ts';
import { createRandom } from '../../src/engine/random.ts';
import type { SamplerName } from '../../src/engine/search/samplers/registry.ts';
import { createStudy, type Study } from '../../src/engine/search/study.ts';
import { sampleConfiguration } from '../../src/engine/space/configuration.ts';
import { describeSpace } from '../../src/engine/space/description.ts';
import { mean } from '../../src/engine/statistics/mean.ts';
import { median } from '../../src/engine/statistics/median.ts';
import type { Params } from '../../src/shared/space.ts';
import type { Trial } from '../../src/shared/trial.ts';
import { figure } from './figure.ts';
import { type OptunaPeer, startOptuna } from './optuna-peer.ts';
import { type Problem, peerProblem, singleObjectiveProblems } from './problems.ts';
import type { Bar, Section } from './section.ts';

/** Every type of parameter, one of them conditional. */
const space = describeSpace({
  x: { float: [0, 1] },
  rate: { float: [1e-5, 1], log: true },
  shift: { float: [-5, 5] },
  count: { int: [1, 100] },
  width: { int: [1, 1024], log: true },
  share: { float: [0, 1], step: 0.05 },
  kind: { choice: ['a', 'b', 'c', 'd'] },
  size: { ordinal: ['small', 'middle', 'large'] },
  depth: { int: [1, 5], when: { kind: ['a', 'b'] } },
});
const value = (params: Params) => (Number(params.x) - 0.3) ** 2 + Number(params.count) / 100;

/** A study of complete trials drawn at random. */
function grown(sampler: SamplerName, count: number): Study {
  const random = createRandom(1);
  const why = { sampler: 'random', phase: 'explore', words: 'Drawn at random.' } as const;
  const trials = Array.from({ length: count }, (_, number): Trial => {
    const params = sampleConfiguration(space, random);
    return { number, state: 'complete', params, why, values: [value(params)], intermediate: [], attributes: {} };
  });
  return createStudy({ space, sampler, trials });
}

/** Median milliseconds of a suggestion, the first one, which meets cold code, left out. */
function suggestionTime(sampler: SamplerName, count: number): number {
  const study = grown(sampler, count);
  const times: number[] = [];
  for (let i = 0; i < 8; i++) {
    const start = performance.now();
    const trial = study.ask();
    times.push(performance.now() - start);
    study.tell(trial, value(trial.params));
  }
  return median(times.slice(1));
}

/** Median milliseconds of asking for a trial and telling its value into a store on disk, over 200 trials. */
function storedTime(sampler: SamplerName): number {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
  const study = createKeptStudy({ space, sampler, store: join(folder, 'study.db') });
  const times: number[] = [];
  for (let i = 0; i < 200; i++) {
    const start = performance.now();
    const trial = study.ask();
    study.tell(trial, value(trial.params));
    times.push(performance.now() - start);
  }
  study.close();
  rmSync(folder, { recursive: true });
  return median(times);
}

const trials = 100;

/** Seconds inside of our sampler for a search of 100 trials. */
function ourSeconds({ space, direction, value }: Problem, sampler: SamplerName, seed: number): number {
  const study = createStudy({ space, direction, sampler, seed, expected: { trials } });
  const start = performance.now();
  for (let i = 0; i < trials; i++) {
    const trial = study.ask();
    study.tell(trial, value(trial.params));
  }
  return (performance.now() - start) / 1000;
}

async function againstOptuna(optuna: OptunaPeer, sampler: 'tpe' | 'gp', problem: Problem, seeds: number) {
  const [ours, theirs]: number[][] = [[], []];
  ourSeconds(problem, sampler, seeds);
  for (let seed = 0; seed < seeds; seed++) {
    ours.push(ourSeconds(problem, sampler, seed));
    theirs.push((await optuna.run(peerProblem(problem), sampler, seed, trials)).seconds);
  }
  return { sampler, problem: problem.name, ours: mean(ours), theirs: mean(theirs) };
}

/** Found by name: a table of ordinal choices, one of mixed parameters, and a function. */
const timed = ['hpobench-phoneme', 'hpolib-protein_structure', 'hartmann6'];
/** Optuna's Gaussian process takes ten seconds and more a search. */
const mostSeeds = 3;

/** What a suggestion costs: beside Optuna, in large studies, and with the store. */
export const speedSection: Section = {
  name: 'speed',
  title: `Seconds of a search of ${trials} trials beside Optuna's in the same run; milliseconds of a suggestion in large studies`,
  async run({ seeds, only = '', samplers = ['tpe', 'gp'], print }) {
    const optuna = await startOptuna();
    const beside: Awaited<ReturnType<typeof againstOptuna>>[] = [];
    for (const sampler of (['tpe', 'gp'] as const).filter((name) => samplers.includes(name))) {
      for (const problem of singleObjectiveProblems().filter(
        ({ name }) => timed.includes(name) && name.includes(only),
      )) {
        const one = await againstOptuna(optuna, sampler, problem, Math.min(mostSeeds, seeds));
        beside.push(one);
        print(`${sampler}, ${problem.name}: ${figure(one.ours)} s against ${figure(one.theirs)} s`);
      }
    }
    optuna.close();
    const scale = [100, 1000, 10_000, 100_000].map((count) => ({ count, milliseconds: suggestionTime('tpe', count) }));
    for (const { count, milliseconds } of scale) print(`tpe at ${count} trials: ${figure(milliseconds)} ms`);
    const process = [100, 1000].map((count) => ({ count, milliseconds: suggestionTime('gp', count) }));
    for (const { count, milliseconds } of process) print(`gp at ${count} trials: ${figure(milliseconds)} ms`);
    const stored = (['random', 'tpe'] as const).map((sampler) => ({ sampler, milliseconds: storedTime(sampler) }));
    for (const { sampler, milliseconds } of stored) print(`ask and tell, ${sampler}, kept: ${figure(milliseconds)} ms`);
    const limits = [
      { count: 10_000, limit: 50 },
      { count: 100_000, limit: 500 },
    ];
    return {
      bars: [
        ...(['tpe', 'gp'] as const).flatMap((name) => halfBar(name, beside)),
        ...limits.map(({ count, limit }): Bar => {
          const milliseconds = scale.find((one) => one.count === count)?.milliseconds ?? Number.NaN;
          return {
            words: `tpe at ${count} trials within ${limit} ms`,
            figure: `${figure(milliseconds)} ms`,
            met: milliseconds <= limit,
          };
        }),
        ...stored.map(
          ({ sampler, milliseconds }): Bar => ({
            words: `ask and tell into the store within 2 ms, ${sampler}, median of 200`,
            figure: `${figure(milliseconds)} ms`,
            met: milliseconds <= 2,
          }),
        ),
      ],
      results: { beside, scale, process, stored },
    };
  },
};

type Beside = readonly { readonly sampler: string; readonly ours: number; readonly theirs: number }[];

function halfBar(name: string, beside: Beside): Bar[] {
  const ratios = beside.filter(({ sampler }) => sampler === name).map(({ ours, theirs }) => ours / theirs);
  if (ratios.length === 0) return [];
  const most = Math.max(...ratios);
  return [
    {
      words: `${name} at most half of the time of Optuna's, ${trials} trials`,
      figure: `${figure(most)} of it at most, ${figure(mean(ratios))} on average`,
      met: most <= 0.5,
    },
  ];
}
