import { performance } from 'node:perf_hooks';
import type { SamplerName } from '../../src/engine/search/samplers/registry.ts';
import { createStudy } from '../../src/engine/search/study.ts';
import { mean } from '../../src/engine/statistics/mean.ts';
import { median } from '../../src/engine/statistics/median.ts';
import { conditionalProblems } from './conditional.ts';
import { figure } from './figure.ts';
import type { OptunaSampler } from './optuna-peer.ts';
import { type Problem, peerProblem, singleObjectiveProblems } from './problems.ts';
import type { Bar, Section, SectionOptions } from './section.ts';

const trials = 100;
/** Ours against its twin of Optuna. */
const twins: Readonly<Record<string, OptunaSampler>> = {
  random: 'random',
  tpe: 'tpe',
  gp: 'gp',
  'cma-es': 'cma-es',
  nsga2: 'nsga2',
};

interface Run {
  readonly values: readonly number[];
  readonly seconds: number;
}

export interface Summary {
  readonly at50: number;
  readonly at100: number;
  readonly seconds: number;
  /** By seed: regret after all trials. */
  readonly regrets: readonly number[];
}

export async function runOurs(problem: Problem, sampler: SamplerName, seed: number): Promise<Run> {
  const { space, direction } = problem;
  const study = createStudy({ space, direction, sampler, seed, expected: { trials } });
  const values: number[] = [];
  let seconds = 0;
  while (values.length < trials) {
    const start = performance.now();
    const trial = study.ask();
    seconds += performance.now() - start;
    values.push(problem.value(trial.params));
    const told = performance.now();
    study.tell(trial, values[values.length - 1]);
    seconds += performance.now() - told;
  }
  return { values, seconds: seconds / 1000 };
}

function regret({ direction, optimum }: Problem, values: readonly number[], count: number): number {
  const best = direction === 'minimize' ? Math.min : Math.max;
  return Math.abs(optimum - best(...values.slice(0, count)));
}

export async function summary(problem: Problem, seeds: number, run: (seed: number) => Promise<Run>): Promise<Summary> {
  const runs: Run[] = [];
  for (let seed = 0; seed < seeds; seed++) runs.push(await run(seed));
  const [at50, at100] = [50, 100].map((count) => runs.map(({ values }) => regret(problem, values, count)));
  return {
    at50: median(at50),
    at100: median(at100),
    seconds: mean(runs.map(({ seconds }) => seconds)),
    regrets: at100,
  };
}

export const cell = ({ at50, at100, seconds }: Summary) =>
  `${figure(at50)} / ${figure(at100)} (${seconds.toFixed(2)} s)`;
export const pad = (text: string, width = 30) => text.padEnd(width);

/** Regret of our samplers beside Optuna's on tables and test functions. */
export const regretSection: Section = {
  name: 'regret',
  title: `Median regret after 50 / ${trials} trials; in brackets the mean seconds inside of the sampler`,
  async run({ seeds, only = '', samplers = ['auto', ...Object.keys(twins)], peer, print }: SectionOptions) {
    const problems = [...singleObjectiveProblems(), ...conditionalProblems].filter(({ name }) => name.includes(only));
    const compared = [...new Set(samplers.map((name) => twins[name]).filter(Boolean))];
    if (samplers.includes('auto'))
      for (const name of ['tpe', 'gp'] as const) if (!compared.includes(name)) compared.push(name);
    print(
      pad('problem') +
        [...samplers.map((name) => pad(name)), ...compared.map((name) => pad(`Optuna ${name}`))].join(''),
    );
    const rows: { problem: Problem; ours: Record<string, Summary>; peers: Record<string, Summary> }[] = [];
    for (const problem of problems) {
      const ours: Record<string, Summary> = {};
      const peers: Record<string, Summary> = {};
      for (const name of samplers)
        ours[name] = await summary(problem, seeds, (seed) => runOurs(problem, name as SamplerName, seed));
      for (const name of compared) {
        // Optuna's Gaussian process is not made for conditional spaces.
        if (conditionalProblems.includes(problem) && name !== 'tpe' && name !== 'random') continue;
        peers[name] = await summary(problem, seeds, async (seed) => {
          const { values, seconds } = await peer.run(problem.name, peerProblem(problem), name, seed, trials);
          return { values: values.map(([value]) => value), seconds };
        });
      }
      rows.push({ problem, ours, peers });
      print(
        pad(problem.name) +
          [...samplers.map((name) => ours[name]), ...compared.map((name) => peers[name])]
            .map((one) => pad(one ? cell(one) : '-'))
            .join(''),
      );
    }
    const unconditional = rows.filter(({ problem }) => !conditionalProblems.includes(problem));
    return {
      bars: [
        ...(samplers.includes('auto') ? autoBars(unconditional) : []),
        ...samplers.filter((name) => twins[name]).map((name) => twinBar(name, twins[name], unconditional)),
      ],
      results: rows.map(({ problem, ours, peers }) => ({ problem: problem.name, ours, peers })),
    };
  },
};

type Rows = readonly { readonly problem: Problem; ours: Record<string, Summary>; peers: Record<string, Summary> }[];

function autoBars(rows: Rows): Bar[] {
  return (['at50', 'at100'] as const).flatMap((at) => {
    const pairs = rows.map(({ problem, ours, peers }) => ({
      name: problem.name,
      own: ours.auto[at],
      best: Math.min(peers.tpe[at], peers.gp[at]),
    }));
    const below = pairs.filter(({ own, best }) => own < best || (own === 0 && best === 0));
    const ties = pairs.filter(({ own, best }) => own === 0 && best === 0);
    const above = pairs.filter(({ own, best }) => own > 2 * best);
    const when = at === 'at50' ? '50' : '100';
    return [
      {
        words: `auto below the better of Optuna's TPE and GP at ${when} trials on at least 12 of 16`,
        figure: `${below.length} of ${pairs.length} (${ties.length} of them both at the optimum)`,
        met: below.length >= 12,
      },
      {
        words: `auto never above twice the better of Optuna's TPE and GP at ${when} trials`,
        figure:
          above.length === 0
            ? 'never'
            : above.map(({ name, own, best }) => `${name} ${figure(own)} against ${figure(best)}`).join('; '),
        met: above.length === 0,
      },
    ];
  });
}

/** Mean rank over problems and seeds: 1 where ours is better at the last trial, 2 where the twin is, 1.5 each where they are equal. */
function twinBar(name: string, twin: OptunaSampler, rows: Rows): Bar {
  const ranks = rows.flatMap(({ ours, peers }) =>
    ours[name].regrets.map((own, seed) => {
      const other = peers[twin].regrets[seed];
      return own < other ? 1 : own > other ? 2 : 1.5;
    }),
  );
  const rank = mean(ranks);
  const wins = rows.filter(({ ours, peers }) => ours[name].at100 <= peers[twin].at100).length;
  return {
    words: `${name} against Optuna's ${twin}: mean rank not above 1.5`,
    figure: `${rank.toFixed(3)}; median regret at 100 as good or better on ${wins} of ${rows.length}`,
    met: rank <= 1.5,
  };
}
