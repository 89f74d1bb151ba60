import { basename } from 'node:path';
import type { Experiment } from '../../shared/experiment/experiment.ts';
import type { Trial } from '../../shared/trial.ts';
import { changeNotes } from '../data/versions/change-notes.ts';
import { gridRow } from '../energy/grid.ts';
import type { Spent } from '../search/budget.ts';
import { Study } from '../search/study.ts';
import { splitParams } from '../space/join.ts';
import type { StudyRecord } from '../store/records.ts';
import { isOver } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import type { ArchitectureSearch } from './architecture-search.ts';
import { experimentSpace } from './experiment-space.ts';
import { fairnessWishes } from './fairness-wishes.ts';
import { fingerprintOf } from './fingerprint.ts';
import { learnerNamed } from './learners.ts';
import { objectivesOf } from './objectives.ts';
import { isOverTable, type PreparedData, prepareData } from './prepare-data.ts';
import { Rungs } from './rungs.ts';
import { climbsByRows, resourceOf } from './shared-resource.ts';

/** A study ready to be searched, with everything known of it so far. */
export interface PreparedStudy {
  readonly record: StudyRecord;
  readonly study: Study;
  /** Takes turns with the study's sampler where `nas` asks for it. */
  readonly architectures: ArchitectureSearch | null;
  /** Where the first configurations climb from few rows to all. */
  readonly rungs: Rungs | null;
  /** null where a script is searched. */
  readonly data: PreparedData | null;
  /** Already used of the budget by the run that is gone on with. */
  readonly spent: Spent;
}

const nothingSpent: Spent = { seconds: 0, trials: 0, wattHours: 0, co2Grams: 0, cost: 0 };

/** Loads the data, then finds the study to go on with, or begins one. Throws a UserError for every fault of the experiment. */
export async function prepareStudy(
  experiment: Experiment,
  store: Store,
  fresh: boolean,
  signal: AbortSignal,
): Promise<PreparedStudy> {
  gridRow(experiment.energy.region);
  const data = isOverTable(experiment) ? await prepareData(experiment, store.folder, signal) : null;
  const info = data?.info ?? null;
  const { space, firsts, architectures } = await experimentSpace(experiment, info);
  const objectives = objectivesOf(experiment, info?.task ?? null);
  const fingerprint = fingerprintOf(experiment, info?.hash ?? null);
  const file = basename(experiment.file);
  const last = fresh ? undefined : store.studies.latest(file);
  const goesOn = last?.fingerprint === fingerprint ? last : undefined;
  const id =
    goesOn?.id ??
    store.studies.create({
      file,
      fingerprint,
      experiment,
      data: info,
      space,
      objectives,
      search: '',
      notes: data?.notes ?? [],
    });
  const notes = [...(info ? changeNotes(store.studies.all(file), info) : []), ...(data?.notes ?? [])];
  // Fairness is known at a trial's end only: until then what is fair falls behind what is not, and would be stopped for it.
  const bounded = fairnessWishes(experiment).measures.length > 0;
  const study = new Study({
    space,
    directions: objectives.map(({ direction }) => direction),
    sampler: experiment.search.sampler,
    pruner: bounded && experiment.search.pruner === 'auto' ? 'none' : experiment.search.pruner,
    seed: experiment.search.seed,
    trials: store.trials.all(id).map(({ trial }) => trial),
    journal: { record: (trial) => store.trials.put(id, trial, learnerOf(trial)) },
    expected: expectedOf(experiment, data),
    resource: resourceOf(experiment, info),
  });
  const climbs = info !== null && !bounded && climbsByRows(experiment.search, info.rowCount);
  const rungs = climbs && study.resource ? new Rungs(study.resource.min) : null;
  giveBackRunning(study);
  if (study.trials.length === 0 && rungs) rungs.begin(study, firsts);
  else if (study.trials.length === 0)
    for (const { params, words, from = 'default' } of firsts)
      study.enqueue(params, { sampler: from, words, phase: from === 'default' ? 'default' : 'enqueued' });
  store.studies.update(id, {
    experiment,
    space,
    search: study.words,
    notes: [...notes, ...(await unusedSettings(experiment, study)), ...outsideWords(study)],
  });
  const record = store.studies.latest(file);
  if (record?.id !== id) throw new Error(`study ${id} is not the newest of ${file}`);
  return { record, study, architectures, rungs, data, spent: spentSoFar(store, id) };
}

export const learnerOf = (trial: Trial): string => splitParams(trial.params).learner;

/** A run that ended early is gone on with, and so is its budget; after a finished one a new budget begins. */
function spentSoFar(store: Store, study: number): Spent {
  const last = store.runs.latest(study);
  const unfinished = last && (last.state === 'interrupted' || last.state === 'failed' || !isOver(last.state));
  if (!unfinished) return nothingSpent;
  // A trial may have been told just before the end, and what was spent not yet written.
  const uncounted = store.trials.all(study).filter(({ trial }) => (trial.endedAt ?? 0) > last.updated).length;
  return { ...last.spent, trials: last.spent.trials + uncounted };
}

/** Settings that the other settings leave without effect. */
async function unusedSettings({ search, learners }: Experiment, study: Study): Promise<string[]> {
  const notes: string[] = [];
  if (search.resource && !study.resource)
    notes.push(`\`search.resource\` has no effect: the sampler ${search.sampler} gives every trial all.`);
  if (search.hypergradients !== 'none' && learners) {
    const known = await Promise.all(learners.map(learnerNamed));
    if (!known.some(({ tags }) => tags.tunesPenalties))
      notes.push(
        '`search.hypergradients` has no effect: none of the learners has penalties that gradients could tune.',
      );
  }
  return notes;
}

/** What a space that has changed since some trials leaves of them. */
function outsideWords(study: Study): string[] {
  const { outside } = study;
  if (outside.length === 0) return [];
  const which = outside.length === 1 ? `Trial ${outside[0]} is` : `${outside.length} trials are`;
  return [`${which} outside of the space as it is now: kept and shown, but the search does not learn from them.`];
}

/** Trials that were running when their engine ended are tried again with the same configuration. */
function giveBackRunning(study: Study): void {
  for (const { number, state } of study.trials)
    if (state === 'running') study.requeue(number, 'The engine ended while it was running; tried again.');
}

const expectedOf = ({ budget, search, script }: Experiment, data: PreparedData | null) => ({
  trials: budget.trials,
  workers: search.workers === 'auto' ? undefined : search.workers,
  timed: budget.seconds !== undefined && budget.trials === undefined,
  steps: data && 'folds' in data.development.validation ? data.development.validation.folds : script?.resource?.max,
});
