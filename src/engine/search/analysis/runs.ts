import type { Direction } from '../../../shared/metrics.ts';
import type { GroupedRun, RunGroup, SearchRuns } from '../../../shared/results/search-runs.ts';
import type { Trial } from '../../../shared/trial.ts';
import { mean, standardDeviation } from '../../statistics/mean.ts';
import { isBetter } from '../ranking.ts';
import { inOrderOfEnds } from './ends.ts';

/** One study as it is compared with others. */
export interface RunOfMany {
  readonly study: number;
  readonly seed: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly created: number;
  readonly trials: readonly Trial[];
  readonly directions: readonly Direction[];
  /** The same for studies that differ in nothing but their seed. */
  readonly alike: string;
  /** What such studies are called. */
  readonly name: string;
}

/** Studies of one experiment, those that are alike together, the newest group first; mean and spread of the best so far over the runs. */
export function runsOf(studies: readonly RunOfMany[], objective: string): SearchRuns {
  const newestFirst = studies.toSorted((a, b) => b.created - a.created || b.study - a.study);
  return {
    kind: 'search-runs',
    objective,
    direction: newestFirst[0].directions[0],
    groups: [...Map.groupBy(newestFirst, ({ alike }) => alike).values()].map(groupOf),
  };
}

function groupOf(studies: readonly RunOfMany[]): RunGroup {
  const runs = studies.map(runOf);
  const longest = runs.reduce((most, { bestSoFar }) => Math.max(most, bestSoFar.length), 0);
  const curve = Array.from({ length: longest }, (_, i) => {
    const values = runs.flatMap(({ bestSoFar }) => bestSoFar[i] ?? []);
    return values.length === 0 ? [] : [pointOf(i + 1, values)];
  }).flat();
  return { name: studies[0].name, runs, curve };
}

const pointOf = (trials: number, values: readonly number[]): RunGroup['curve'][number] => ({
  trials,
  runs: values.length,
  mean: mean(values),
  deviation: values.length > 1 ? standardDeviation(values) : null,
  low: Math.min(...values),
  high: Math.max(...values),
});

function runOf({ study, seed, created, trials, directions }: RunOfMany): GroupedRun {
  let best: Trial | undefined;
  const bestSoFar = inOrderOfEnds(trials).map((trial) => {
    if (isBetter(trial, best, directions)) best = trial;
    return best?.values?.[0] ?? null;
  });
  const found = best as Trial | undefined;
  return {
    study,
    seed,
    created,
    trials: trials.length,
    best: found?.values ? { trial: found.number, value: found.values[0] } : null,
    bestSoFar,
  };
}
