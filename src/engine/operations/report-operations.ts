import { UserError } from '../../shared/faults.ts';
import { finalModel } from '../../shared/results/final-models.ts';
import type { ModelDetail } from '../../shared/results/study.ts';
import { studyVerdicts } from '../../shared/results/study-verdicts.ts';
import { dataChecks } from '../checks/registry.ts';
import { type Dossier, modelName } from '../report/markdown/dossier.ts';
import { modelDocuments } from '../report/markdown/model-documents.ts';
import { writeFolder } from '../report/write-folder.ts';
import { isImported } from '../store/records.ts';
import { version } from '../version.ts';
import { notLeft } from './chosen-model.ts';
import { type StudyInStore, studyOf, trialOf } from './context.ts';
import { ensembleDetail } from './ensemble-detail.ts';
import type { Implementation } from './implementation.ts';
import { judgedModels } from './reported-models.ts';
import { studyEnergyOf } from './study-energy.ts';
import { studySnapshot } from './study-snapshot.ts';
import { trialDetail } from './trial-detail.ts';

export const verdictsOf = (
  file: string,
  found: StudyInStore,
  models: readonly ModelDetail[] = judgedModels(file, found),
) => studyVerdicts(studySnapshot(file, found), models, dataChecks);

export const studyVerdictsShow: Implementation<'study.verdicts'> = async ({ state }, { file }) =>
  verdictsOf(file, studyOf(state, file));

export const trialDocument: Implementation<'trial.document'> = async (
  { state, signal },
  { file, trial, folder, about },
) => {
  const { about: before, ...dossier } = dossierOf(file, studyOf(state, file), trial);
  const documents = modelDocuments({ ...dossier, about: about ?? before });
  await writeFolder(folder, documents, { signal });
  return { folder, files: documents.map(({ path }) => path), model: modelName(dossier.detail) };
};

type Which = 'best' | 'ensemble' | 'readable' | number;

function dossierOf(file: string, found: StudyInStore, which: Which): Dossier {
  const { study } = found;
  if (isImported(study.experiment) || study.experiment.script || !study.data)
    throw new UserError(
      'no-model-to-describe',
      'a model card is of a model that Vitrine fitted; this study left none.',
      {
        place: { file },
        advice: 'What the search itself tells is in the report: vitrine report FILE.',
      },
    );
  const detail = detailOf(file, found, which);
  return {
    detail,
    snapshot: studySnapshot(file, found),
    data: study.data,
    experiment: study.experiment,
    about: study.experiment.about ?? {},
    energy: studyEnergyOf(found),
    verdicts: verdictsOf(file, found, [detail]),
    version,
    madeAt: new Date().toISOString(),
  };
}

function detailOf(file: string, found: StudyInStore, which: Which): ModelDetail {
  const finals = found.store.analyses.finalModels(found.study.id);
  if (which === 'ensemble') {
    const detail = ensembleDetail(file, found, 'any rows');
    if (!detail) throw notLeft('an ensemble', finals?.notes ?? [], file);
    return detail;
  }
  const number = which === 'readable' ? finalModel(finals, which)?.trial : which;
  if (number === undefined || number === null) throw notLeft('a readable model', finals?.notes ?? [], file);
  const stored = trialOf(found, number, file);
  if (stored.trial.state !== 'complete')
    throw new UserError(
      'trial-unfinished',
      `trial ${stored.trial.number} is ${stored.trial.state}: it left no model to describe.`,
      {
        place: { file },
        advice: 'Choose a trial that is complete.',
      },
    );
  return trialDetail(file, found, stored, 'any rows');
}
