import { basename } from 'node:path';
import type { SearchRecord } from '../../shared/results/search-record.ts';
import { fingerprintOf } from '../run/fingerprint.ts';
import { viewOf } from '../search/analysis/analysed-study.ts';
import { calibrationOf } from '../search/analysis/calibration.ts';
import { effortOf } from '../search/analysis/effort.ts';
import { replayOf } from '../search/analysis/replay.ts';
import { runsOf } from '../search/analysis/runs.ts';
import { whyTrial } from '../search/analysis/why.ts';
import { isImported, type StoredTrial, type StudyRecord } from '../store/records.ts';
import { analyse, analysedStudy } from './analysed-search.ts';
import { type StudyInStore, studyOf, trialOf } from './context.ts';
import type { Implementation } from './implementation.ts';

export const searchWhy: Implementation<'search.why'> = async ({ state }, { file, trial }) => {
  const found = studyOf(state, file);
  return whyOf(found, trialOf(found, trial, file));
};

export function whyOf(found: StudyInStore, { trial }: StoredTrial) {
  const study = analysedStudy(found);
  return whyTrial(viewOf(study), trial, study.objectives[0]);
}

export const searchRecord: Implementation<'search.record'> = async ({ state }, { file }) =>
  recordOf(studyOf(state, file));

export function recordOf(found: StudyInStore): SearchRecord {
  const study = analysedStudy(found);
  const view = viewOf(study);
  return {
    kind: 'search-record',
    search: found.study.search,
    calibration: calibrationOf(view, study.objectives[0]),
    effort: effortOf(view, study.objectives[0]),
    replay: replayOf(view, study.objectives),
  };
}

export const searchRuns: Implementation<'search.runs'> = async ({ state }, { file }) => {
  const { store, study } = studyOf(state, file);
  const studies = store.studies.all(basename(file)).map((record) => ({
    study: record.id,
    seed: record.experiment.search.seed,
    created: record.created,
    trials: store.trials.all(record.id).map(({ trial }) => trial),
    directions: record.objectives.map(({ direction }) => direction),
    alike: withoutSeed(record),
    name: `${record.experiment.search.sampler}, ${record.experiment.search.pruner}`,
  }));
  return runsOf(studies, study.objectives[0].metric);
};

/** What makes a study comparable with others, but for its seed. */
const withoutSeed = ({ experiment, data, space }: StudyRecord): string =>
  JSON.stringify([
    isImported(experiment)
      ? experiment.program
      : fingerprintOf({ ...experiment, search: { ...experiment.search, seed: 0 } }, data?.hash ?? ''),
    experiment.search.sampler,
    experiment.search.pruner,
    space,
  ]);

export const searchImportance: Implementation<'search.importance'> = async (context, { file, until, ...asked }) =>
  analyse<'importance'>(context, studyOf(context.state, file), { analysis: 'importance', asked, until });

export const searchImportanceAlongFront: Implementation<'search.importanceAlongFront'> = async (
  context,
  { file, ...asked },
) =>
  analyse<'importanceAlongFront'>(context, studyOf(context.state, file), { analysis: 'importanceAlongFront', asked });

export const searchDependence: Implementation<'search.dependence'> = async (context, { file, until, ...asked }) =>
  analyse<'dependence'>(context, studyOf(context.state, file), { analysis: 'dependence', asked, until });

export const searchFootprint: Implementation<'search.footprint'> = async (context, { file, until, ...asked }) =>
  analyse<'footprint'>(context, studyOf(context.state, file), { analysis: 'footprint', asked, until });

export const searchOutlook: Implementation<'search.outlook'> = async (context, { file, until, ...asked }) =>
  analyse<'outlook'>(context, studyOf(context.state, file), { analysis: 'outlook', asked, until });
