import { basename, join } from 'node:path';
import type { StudySnapshot } from '../../shared/results/study.ts';
import { writeReport } from '../report/report-page.ts';
import { type EngineState, type StudyInStore, studyOf } from './context.ts';
import { ensembleDetail } from './ensemble-detail.ts';
import type { Implementation } from './implementation.ts';
import { ranked } from './ranking.ts';
import { searchReportOf } from './search-report.ts';
import { studyEnergyOf } from './study-energy.ts';
import { studySnapshot } from './study-snapshot.ts';
import { trialDetail } from './trial-detail.ts';

/** Trials that the report shows whole, the best ones. */
const reportedTrials = 3;

export const studyShow: Implementation<'study.show'> = async ({ state }, { file }) => {
  const store = state.existingStoreOf(file);
  const study = store?.studies.latest(basename(file));
  return showStudy(state, store && study && { store, study }, file);
};

/** As the store tells it, but for a run that failed and could not write so. */
export function showStudy(state: EngineState, found: StudyInStore | undefined, file: string): StudySnapshot {
  const snapshot = studySnapshot(file, found);
  const lost = state.runs.get(file)?.lost ?? null;
  return lost === null ? snapshot : { ...snapshot, run: 'failed', message: lost };
}

export const studyEnergy: Implementation<'study.energy'> = async ({ state }, { file }) =>
  studyEnergyOf(studyOf(state, file));

export const studyReport: Implementation<'study.report'> = async (context, { file, output }) => {
  const { state, signal } = context;
  const found = studyOf(state, file);
  const path = output ?? defaultReportPath(found);
  const best = ranked(found.store.trials.all(found.study.id), found.study.objectives).slice(0, reportedTrials);
  await writeReport(
    {
      version: 1,
      madeAt: new Date().toISOString(),
      snapshot: studySnapshot(file, found),
      energy: studyEnergyOf(found),
      ensemble: ensembleDetail(file, found),
      trials: best.map((stored) => trialDetail(file, found, stored)),
      search: await searchReportOf(context, found, best),
    },
    path,
    { signal },
  );
  return { path };
};

export const defaultReportPath = ({ store, study }: StudyInStore): string =>
  join(store.folder, 'reports', `${study.file.replace(/\.vitrine\.ya?ml$/, '')}.html`);
