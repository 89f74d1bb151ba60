import type { SamplerName } from '../../src/engine/search/samplers/registry.ts';
import { createStudy } from '../../src/engine/search/study.ts';
import { mean } from '../../src/engine/statistics/mean.ts';
import { median } from '../../src/engine/statistics/median.ts';
import type { Trial } from '../../src/shared/trial.ts';
import { type CurveTable, curveSets, curveTable } from './curve-table.ts';
import { type Measured, startDehb } from './dehb-peer.ts';
import { figure } from './figure.ts';
import { type MultiFidelityProblem, multiFidelityProblems } from './multi-fidelity-problems.ts';
import type { Bar, Section, SectionOptions } from './section.ts';

const counts = [60, 120, 300] as const;
const trials = counts[counts.length - 1];
const ours = ['dehb', 'bohb', 'hyperband', 'asha', 'successive-halving'] as const satisfies SamplerName[];
/** Its model takes half a minute a run: measured where `--samplers freeze-thaw` asks for it, and made for few parameters. */
const onRequest = ['freeze-thaw'] as const satisfies SamplerName[];
const halving = ['asha', 'hyperband', 'successive-halving'] as const satisfies SamplerName[];

/**
 * Searches that share out a resource: on DEHB's own benchmark beside the real DEHB, and on learning curves of real trainings.
 *
 * A value after n evaluations is counted in two ways. 'any': the lowest value seen in the first n trials, at whatever amount of the
 * resource, which is the incumbent that DEHB keeps and publishes. 'full': the lowest among those at the whole resource.
 */
export const multiFidelitySection: Section = {
  name: 'multi-fidelity',
  title: `Mean of the lowest value after ${counts.join(' / ')} evaluations, and what halving costs on learning curves`,
  async run(options: SectionOptions) {
    const synthetic = await synthetics(options);
    const curves = await curveTables(options);
    return {
      bars: [...synthetic.bars, ...curves.bars],
      results: { synthetic: synthetic.results, curves: curves.results },
    };
  },
};

const shares = (name: string): boolean => ([...ours, ...onRequest] as readonly string[]).includes(name);

type Runs = readonly (readonly Measured[])[];
interface Part {
  readonly bars: readonly Bar[];
  readonly results: readonly unknown[];
}

async function synthetics({ seeds, only = '', samplers = ours, print }: SectionOptions): Promise<Part> {
  const bars: Bar[] = [];
  const results: unknown[] = [];
  const problems = multiFidelityProblems.filter(({ name }) => name.includes(only));
  if (problems.length === 0) return { bars, results };
  const peer = await startDehb();
  for (const problem of problems) {
    const runs: Record<string, Runs> = {};
    const seedList = Array.from({ length: seeds }, (_, seed) => seed);
    for (const name of samplers.filter(shares)) {
      runs[name] = seedList.map((seed) => runOurs(problem, name as SamplerName, seed));
      print(row(problem, name, runs[name]));
    }
    const twin: Measured[][] = [];
    for (const seed of seedList) twin.push(await peer.run(problem, seed, trials));
    print(row(problem, `DEHB ${peer.version}`, twin));
    print(`${problem.name.padEnd(14)} ${'published'.padEnd(20)} ${problem.published.join(' / ')}`);
    if (runs.dehb) bars.push(publishedBar(problem, 'dehb', runs.dehb), peerBar(problem, runs.dehb, twin));
    for (const name of ['bohb', ...onRequest]) if (runs[name]) bars.push(publishedBar(problem, name, runs[name]));
    const means = Object.fromEntries(
      Object.entries({ ...runs, 'DEHB of the same run': twin }).map(([name, own]) => [
        name,
        { any: counts.map((n) => meanBest(problem, own, n)), full: counts.map((n) => meanBest(problem, own, n, true)) },
      ]),
    );
    results.push({ problem: problem.name, published: problem.published, means });
  }
  peer.close();
  return { bars, results };
}

function runOurs({ space, resource, value }: MultiFidelityProblem, sampler: SamplerName, seed: number): Measured[] {
  const study = createStudy({ space, sampler, seed, resource, expected: { trials } });
  return Array.from({ length: trials }, () => {
    const trial = study.ask();
    const fidelity = trial.fidelity ?? resource.max;
    const measured = value(trial.params, fidelity, seed);
    study.tell(trial, measured);
    return { value: measured, fidelity };
  });
}

function best({ resource, unit }: MultiFidelityProblem, run: readonly Measured[], count: number, full = false): number {
  const counted = run.slice(0, count).filter(({ fidelity }) => !full || fidelity === resource.max);
  return Math.min(...counted.map(({ value }) => value)) / unit;
}

/** NaN while a run has no trial that counts. */
function meanBest(problem: MultiFidelityProblem, runs: Runs, count: number, full = false): number {
  const found = runs.map((run) => best(problem, run, count, full));
  return found.every(Number.isFinite) ? mean(found) : Number.NaN;
}

function row(problem: MultiFidelityProblem, name: string, runs: Runs): string {
  const cells = (full: boolean) =>
    counts
      .map((count) => meanBest(problem, runs, count, full))
      .map((value) => (Number.isNaN(value) ? 'none' : value.toFixed(3)))
      .join(' / ');
  return `${problem.name.padEnd(14)} ${name.padEnd(20)} any ${cells(false).padEnd(26)} full ${cells(true)}`;
}

function publishedBar(problem: MultiFidelityProblem, name: string, runs: Runs): Bar {
  const means = counts.map((count) => meanBest(problem, runs, count));
  return {
    words: `${name} on ${problem.name}: DEHB's published means after ${counts.join(' / ')} reached (${problem.published.join(' / ')})`,
    figure: means.map((value) => value.toFixed(3)).join(' / '),
    // Published with three decimals.
    met: means.every((value, i) => value <= problem.published[i] + 5e-4),
  };
}

/** Mean rank at the last evaluation, both ways of counting: 1 where ours is better, 2 where DEHB is; by chance alone half of each. */
function peerBar(problem: MultiFidelityProblem, runs: Runs, twin: Runs): Bar {
  const [any, full] = [false, true].map((whole) =>
    mean(
      runs.map((run, seed) => {
        const gap = best(problem, run, trials, whole) - best(problem, twin[seed], trials, whole);
        return gap < 0 ? 1 : gap > 0 ? 2 : 1.5;
      }),
    ),
  );
  const limit = 1.5 + (1.64 * 0.5) / Math.sqrt(runs.length);
  return {
    words: `dehb on ${problem.name} not behind the real DEHB of this run beyond chance: mean rank at ${trials} evaluations <= ${limit.toFixed(3)}`,
    figure: `${any.toFixed(3)} (at the whole resource ${full.toFixed(3)})`,
    met: any <= limit,
  };
}

async function curveTables({ seeds, only = '', print }: SectionOptions): Promise<Part> {
  const bars: Bar[] = [];
  const results: unknown[] = [];
  for (const name of curveSets.filter((set) => set.includes(only))) {
    const table = await curveTable(name, print);
    const summaries = halving.map((sampler) => {
      const costs = Array.from({ length: seeds }, (_, seed) => costToBest(table, sampler, seed));
      return { sampler, half: median(costs), worst: Math.max(...costs) };
    });
    for (const { sampler, half, worst } of summaries) {
      print(`curves of ${name.padEnd(14)} ${sampler.padEnd(20)} median ${figure(half)}, at most ${figure(worst)}`);
    }
    const [asha] = summaries;
    bars.push({
      words: `asha finds the best of ${table.losses.length} whole trainings on ${name} at <= 1/3 of their cost (median)`,
      figure: `${figure(asha.half)} (at most ${figure(asha.worst)}; one training after the other finds it at 0.5 on average)`,
      met: asha.half <= 1 / 3,
    });
    results.push({ table: name, epochs: table.epochs, summaries });
  }
  return { bars, results };
}

/**
 * Epochs trained, as a share of training every configuration to its end, until the configuration with the lowest final loss has been
 * trained to its end. A promoted trial goes on from where its predecessor stopped.
 */
function costToBest({ epochs, losses }: CurveTable, sampler: SamplerName, seed: number): number {
  const lowest = Math.min(...losses.map((curve) => curve[epochs - 1]));
  const study = createStudy({
    space: { configuration: { choice: losses.map((_, i) => i) } },
    resource: { name: 'epochs', min: 1, max: epochs },
    sampler,
    seed,
  });
  const spent = ({ fidelity = epochs, continues }: Trial) =>
    fidelity - (continues === undefined ? 0 : Number(study.trials[continues].fidelity));
  let cost = 0;
  for (;;) {
    const trial = study.ask();
    const { fidelity = epochs } = trial;
    cost += spent(trial);
    const loss = losses[Number(trial.params.configuration)][fidelity - 1];
    study.tell(trial, loss);
    if (fidelity === epochs && loss === lowest) return cost / (losses.length * epochs);
  }
}
