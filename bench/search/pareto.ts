import { performance } from 'node:perf_hooks';
import { hypervolume } from '../../src/engine/search/hypervolume.ts';
import type { SamplerName } from '../../src/engine/search/samplers/registry.ts';
import { createStudy } from '../../src/engine/search/study.ts';
import { mean } from '../../src/engine/statistics/mean.ts';
import { median } from '../../src/engine/statistics/median.ts';
import { figure } from './figure.ts';
import type { OptunaSampler, PeerRun } from './optuna-peer.ts';
import { type ParetoProblem, paretoProblems } from './pareto-problems.ts';
import type { RecordedPeer } from './peer-record.ts';
import type { Bar, Section, SectionOptions } from './section.ts';

const trials = 200;
const peers: readonly OptunaSampler[] = ['tpe', 'nsga2', 'gp'];
/** Optuna's Gaussian process takes minutes a run here: it gets this many seeds at most. */
const slowSeeds = 3;

interface Summary {
  /** By seed. */
  readonly volumes: readonly number[];
  readonly median: number;
  /** Mean inside of the sampler. */
  readonly seconds: number;
}

function runOurs(problem: ParetoProblem, sampler: SamplerName, seed: number): PeerRun {
  const { space, directions, measure } = problem;
  const study = createStudy({ space, directions, sampler, seed, expected: { trials } });
  const told: ReturnType<ParetoProblem['measure']>[] = [];
  let seconds = 0;
  while (told.length < trials) {
    const start = performance.now();
    const trial = study.ask();
    const answer = measure(trial.params);
    study.tell(trial, answer);
    seconds += (performance.now() - start) / 1000;
    told.push(answer);
  }
  return { values: told.map(({ values }) => values), constraints: told.map(({ constraints }) => constraints), seconds };
}

/** Of the feasible trials of a run. */
function volume({ reference }: ParetoProblem, { values, constraints }: PeerRun): number {
  return hypervolume(
    values.filter((_, i) => constraints[i].every((constraint) => constraint <= 0)),
    reference,
  );
}

async function summary(problem: ParetoProblem, seeds: number, run: (seed: number) => PeerRun | Promise<PeerRun>) {
  const runs: PeerRun[] = [];
  for (let seed = 0; seed < seeds; seed++) runs.push(await run(seed));
  const volumes = runs.map((one) => volume(problem, one));
  return { volumes, median: median(volumes), seconds: mean(runs.map(({ seconds }) => seconds)) };
}

type Row = Readonly<Record<string, Summary>>;

async function rowOf(
  problem: ParetoProblem,
  samplers: readonly string[],
  chosen: readonly OptunaSampler[],
  seeds: number,
  peer: RecordedPeer,
) {
  const ours: Record<string, Summary> = {};
  const theirs: Record<string, Summary> = {};
  for (const name of samplers) {
    ours[name] = await summary(problem, seeds, (seed) => runOurs(problem, name as SamplerName, seed));
  }
  for (const name of chosen) {
    theirs[name] = await summary(problem, name === 'gp' ? Math.min(slowSeeds, seeds) : seeds, (seed) =>
      peer.run(problem.name, problem, name, seed, trials),
    );
  }
  return { problem, ours, theirs };
}

/** The best median of ours against the best of Optuna's. */
function barOf({ problem, ours, theirs }: { problem: ParetoProblem; ours: Row; theirs: Row }): Bar {
  const [own, other] = [ours, theirs].map((row) =>
    Object.entries(row).reduce((best, entry) => (entry[1].median > best[1].median ? entry : best)),
  );
  return {
    words: `${problem.name}: hypervolume at ${trials} evaluations at least Optuna's`,
    figure: `${own[0]} ${own[1].median.toPrecision(6)} against Optuna's ${other[0]} ${other[1].median.toPrecision(6)} (${other[1].volumes.length} seeds)`,
    met: own[1].median >= other[1].median,
  };
}

const pad = (text: string) => text.padEnd(24);
const cell = ({ median: middle, seconds, volumes }: Summary) =>
  `${middle.toPrecision(6)} (${figure(seconds)} s, ${volumes.length})`;

/** Hypervolume of our samplers beside Optuna's on test problems with two and three objectives. */
export const paretoSection: Section = {
  name: 'pareto',
  title: `Median hypervolume after ${trials} evaluations; in brackets the mean seconds inside of the sampler and the seeds`,
  async run({ seeds, only = '', samplers = ['nsga2', 'tpe', 'gp'], peers: named, peer, print }: SectionOptions) {
    const chosen = peers.filter((name) => named?.includes(name) ?? true);
    const heads = ['problem', ...samplers, ...chosen.map((name) => `Optuna ${name}`)];
    print(heads.map(pad).join(''));
    const rows: Awaited<ReturnType<typeof rowOf>>[] = [];
    for (const problem of paretoProblems.filter(({ name }) => name.includes(only))) {
      const row = await rowOf(problem, samplers, chosen, seeds, peer);
      rows.push(row);
      print(
        [problem.name, ...Object.values(row.ours).map(cell), ...Object.values(row.theirs).map(cell)].map(pad).join(''),
      );
    }
    return {
      bars: rows.map(barOf),
      results: rows.map(({ problem, ours, theirs }) => ({ problem: problem.name, ours, theirs })),
    };
  },
};
