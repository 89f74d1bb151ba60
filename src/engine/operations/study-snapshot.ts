import { basename } from 'node:path';
import type { BestSoFar, LeaderboardRow, StudySnapshot } from '../../shared/results/study.ts';
import type { TrialState } from '../../shared/trial.ts';
import { budgetMeters } from '../search/budget.ts';
import { atHighestFidelity, frontTrials, violation } from '../search/ranking.ts';
import { type ImportSource, isImported, type RunRecord, type StoredTrial, type StudyRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { brokenConstraints } from './broken-constraints.ts';
import { fairnessFronts } from './fairness-fronts.ts';
import { bestTrial, ranked } from './ranking.ts';
import { trainingWords } from './training-words.ts';

const mostBestSoFar = 500;
const mostPoints = 2_000;
const leaderboardRows = 50;

/** What the dashboard draws of the newest study of a file; of an experiment that never ran, an empty one. */
export function studySnapshot(file: string, found: { store: Store; study: StudyRecord } | undefined): StudySnapshot {
  if (!found) return emptySnapshot(file);
  const { store, study } = found;
  const run = store.runs.latest(study.id);
  const trials = store.trials.all(study.id);
  const best = ranked(trials, study.objectives);
  const fronts = fairnessFronts(study, trials);
  return {
    file,
    name: study.experiment.name,
    sequence: study.sequence,
    run: run?.state ?? (isImported(study.experiment) ? 'imported' : 'none'),
    message: run?.message ?? (isImported(study.experiment) ? importWords(study.experiment) : 'Not run yet.'),
    objectives: study.objectives,
    data: study.data,
    budget: run ? budgetMeters(spentNow(run), run.budget) : [],
    counts: countStates(trials),
    bestSoFar: thin(bestSoFar(trials, study), mostBestSoFar),
    points: thin(finishedPoints(trials), mostPoints),
    leaderboard: leaderboard(best, study, wholeOf(trials)).slice(0, leaderboardRows),
    finals: store.analyses.finalModels(study.id),
    ...(fronts.length > 0 && { fairness: fronts }),
    best: bestTrial(trials, study.objectives)?.trial.number ?? null,
    energy: run?.energy ?? null,
    search: study.search,
    training: trainingWords(study, trials),
    notes: [...store.notes, ...study.notes],
    findings: store.analyses.ofStudy(study.id, 'data-findings') ?? undefined,
    awesome: store.analyses.ofStudy(study.id, 'awesome-results') ?? undefined,
  };
}

/** 'Optuna study "tuning", read from runs.db.' */
const importWords = ({ program, name, path }: ImportSource): string =>
  `${program === 'Vitrine' ? 'Study' : `${program} study`} "${name}", read from ${basename(path)}.`;

const noTrials: Record<TrialState, number> = { waiting: 0, running: 0, complete: 0, pruned: 0, failed: 0 };

const emptySnapshot = (file: string): StudySnapshot => ({
  file,
  name: basename(file).replace(/\.vitrine\.ya?ml$/, ''),
  sequence: 0,
  run: 'none',
  message: 'Not run yet.',
  objectives: [],
  data: null,
  budget: [],
  counts: noTrials,
  bestSoFar: [],
  points: [],
  leaderboard: [],
  finals: null,
  best: null,
  energy: null,
  search: '',
  notes: [],
});

/** The stored seconds are those at the last write; a search that is under way has gone on since. */
const spentNow = (run: RunRecord) =>
  run.state === 'searching'
    ? { ...run.spent, seconds: run.spent.seconds + (Date.now() - run.updated) / 1000 }
    : run.spent;

function countStates(trials: readonly StoredTrial[]): Record<TrialState, number> {
  const counts = { ...noTrials };
  for (const { trial } of trials) counts[trial.state]++;
  return counts;
}

/** Finished trials by number: in the order in which they were suggested, so that a chart of them never runs backwards. */
const finished = (trials: readonly StoredTrial[]) =>
  trials.filter(({ trial }) => trial.state === 'complete' && Number.isFinite(trial.values?.[0]));

function bestSoFar(trials: readonly StoredTrial[], study: StudyRecord): BestSoFar[] {
  const sign = study.objectives[0].direction === 'minimize' ? 1 : -1;
  const begun = isImported(study.experiment) ? firstStart(trials) : study.created;
  const improvements: BestSoFar[] = [];
  for (const trial of judged(trials)) {
    const value = trial.values![0];
    const last = improvements.at(-1);
    if (last && sign * value >= sign * last.value) continue;
    improvements.push({
      trial: trial.number,
      value,
      seconds: trial.endedAt === undefined || begun === undefined ? null : (trial.endedAt - begun) / 1000,
    });
  }
  return improvements;
}

/** Another program's search began with its first trial. */
function firstStart(trials: readonly StoredTrial[]): number | undefined {
  const starts = trials.flatMap(({ trial }) => (trial.startedAt === undefined ? [] : [trial.startedAt]));
  return starts.length === 0 ? undefined : starts.reduce((first, start) => Math.min(first, start));
}

/** Those that may be the best: every constraint kept, all of a shared-out resource. */
const judged = (trials: readonly StoredTrial[]) =>
  atHighestFidelity(finished(trials).map(({ trial }) => trial)).filter((trial) => violation(trial) === 0);

const finishedPoints = (trials: readonly StoredTrial[]) =>
  finished(trials).map(({ trial, outcome }) => ({
    trial: trial.number,
    value: trial.values![0],
    learner: outcome.learner,
  }));

/** The largest share of the resource that any trial was given; the first configurations get all of it. */
const wholeOf = (trials: readonly StoredTrial[]): number =>
  trials.reduce((most, { trial }) => Math.max(most, trial.fidelity ?? 0), 0);

function leaderboard(best: readonly StoredTrial[], study: StudyRecord, whole: number): LeaderboardRow[] {
  const directions = study.objectives.map(({ direction }) => direction);
  const front = new Set(
    frontTrials(
      best.map(({ trial }) => trial),
      directions,
    ),
  );
  return best.map(({ trial, outcome }) => ({
    trial: trial.number,
    learner: outcome.learner,
    state: trial.state,
    values: trial.values!,
    metrics: outcome.metrics,
    testMetrics: outcome.testMetrics,
    seconds: outcome.energy?.seconds ?? secondsOf(trial),
    wattHours: outcome.energy?.wattHours?.value ?? null,
    onParetoFront: front.has(trial),
    broken: brokenConstraints(study.experiment.constraints, trial, outcome),
    ...(trial.fidelity !== undefined &&
      trial.fidelity < whole && { fidelity: String(Number(trial.fidelity.toPrecision(3))) }),
  }));
}

const secondsOf = ({ startedAt, endedAt }: StoredTrial['trial']): number | null =>
  startedAt === undefined || endedAt === undefined ? null : (endedAt - startedAt) / 1000;

/** At most `most` of them, evenly, the last always among them. */
function thin<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => items[Math.round(i * step)]);
}
