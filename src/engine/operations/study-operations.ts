import { basename, join } from 'node:path';
import { candidateWords } from '../../shared/candidate.ts';
import type { StudySnapshot } from '../../shared/results/study.ts';
import { abridged } from '../report/abridge.ts';
import { writeReport } from '../report/report-page.ts';
import { type EngineState, type StudyInStore, studyOf } from './context.ts';
import { ensembleDetail } from './ensemble-detail.ts';
import type { Implementation } from './implementation.ts';
import { verdictsOf } from './report-operations.ts';
import { judgedModels, reportedTrialsOf } from './reported-models.ts';
import { searchReportOf } from './search-report.ts';
import { severalModelsOf } from './several-models-report.ts';
import { studyEnergyOf } from './study-energy.ts';
import { studySnapshot } from './study-snapshot.ts';
import { trialDetail } from './trial-detail.ts';

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
  const shown = reportedTrialsOf(found);
  const report = abridged({
    version: 1,
    madeAt: new Date().toISOString(),
    snapshot: studySnapshot(file, found),
    energy: studyEnergyOf(found),
    ensemble: ensembleDetail(file, found, 'any rows'),
    trials: shown.map((stored) => trialDetail(file, found, stored, 'any rows')),
    search: await searchReportOf(context, found, shown),
    models: await severalModelsOf(context, found),
    verdicts: verdictsOf(file, found, judgedModels(file, found)),
    leftOut: [],
  });
  const bytes = await writeReport(report, path, { signal });
  return { path, bytes, leftOut: report.leftOut.map(({ about, title }) => `${title} (${candidateWords(about)})`) };
};

export const defaultReportPath = ({ store, study }: StudyInStore): string =>
  join(store.folder, 'reports', `${study.file.replace(/\.vitrine\.ya?ml$/, '')}.html`);
