import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { finalModel } from '../../shared/results/final-models.ts';
import { type EditedModel, editedModelTitle, isEditName } from '../../shared/results/model-editing.ts';
import { bundleToJson, readBundle, writeFault } from '../models/bundle.ts';
import { attackModel } from '../run/analyse.ts';
import { explainModel } from '../run/explain.ts';
import { type Subject, subjectOf } from '../run/subject.ts';
import { editPlace } from '../store/edited-models.ts';
import type { StoredTrial } from '../store/records.ts';
import { chosenModel, notLeft } from './chosen-model.ts';
import { type StudyInStore, studyOf, trialOf } from './context.ts';
import { editedModelOf } from './edited-models.ts';
import { ensembleDetail } from './ensemble-detail.ts';
import type { Implementation } from './implementation.ts';
import { ranked } from './ranking.ts';
import { trialDetail } from './trial-detail.ts';
import { trialRecord } from './trial-record.ts';
import { wishedCohort } from './wished-cohort.ts';

export const trialsList: Implementation<'trials.list'> = async ({ state }, { file, offset, limit, sort }) => {
  const { store, study } = studyOf(state, file);
  const all = store.trials.all(study.id);
  const best = sort === 'value' ? ranked(all, study.objectives) : all;
  const rest = sort === 'value' ? all.filter((stored) => !best.includes(stored)) : [];
  const page = [...best, ...rest].slice(offset, offset + limit);
  return { total: all.length, trials: page.map((stored) => trialRecord(study, stored)) };
};

export const trialShow: Implementation<'trial.show'> = async ({ state }, { file, trial }) => {
  const found = studyOf(state, file);
  return trialDetail(file, found, storedTrial(found, trial, file));
};

export const ensembleShow: Implementation<'ensemble.show'> = async ({ state }, { file }) => {
  const found = studyOf(state, file);
  const detail = ensembleDetail(file, found);
  if (!detail) throw notLeft('an ensemble', found.store.analyses.finalModels(found.study.id)?.notes ?? [], file);
  return detail;
};

export const trialExplain: Implementation<'trial.explain'> = async (
  { state, signal, progress },
  { file, trial, kind, ...wishes },
) => {
  const found = studyOf(state, file);
  const subject = isEditName(trial)
    ? editedSubject(found, editedModelOf(found, trial, file), file)
    : subjectOf(found, looked(found, trial, file));
  const context = { pool: state.pool, signal, progress };
  const cohort = wishedCohort(found, { file, cohort: wishes.cohort, where: wishes.where });
  return explainModel(found, subject, { ...wishes, cohort, kind: kind === 'cheap' ? undefined : kind }, context);
};

export const trialAttack: Implementation<'trial.attack'> = async ({ state, signal, progress }, input) => {
  const found = studyOf(state, input.file);
  const subject = subjectOf(found, looked(found, input.trial, input.file));
  return attackModel(found, subject, { pool: state.pool, signal, progress }, wishedCohort(found, input));
};

/** The first fold's model with its edits, over the rows that it was not fitted on. */
export function editedSubject(found: StudyInStore, edited: EditedModel, file: string): Subject {
  const { store, study } = found;
  const subject = subjectOf(found, trialOf(found, edited.trial, file));
  return {
    ...subject,
    about: editPlace(edited.number),
    words: editedModelTitle(edited),
    model: subject.model && { ...subject.model, facts: edited.facts },
    modelFolder: store.editFolder(study.id, edited.number, 'inspection'),
  };
}

/** What is looked into. */
export const looked = (found: StudyInStore, which: 'best' | 'ensemble' | 'readable' | number, file: string) =>
  which === 'ensemble' ? which : storedTrial(found, which, file);

/** The best readable model is that of its trial: it is looked into by its first fold, as every trial is. */
export function storedTrial(found: StudyInStore, which: 'best' | 'readable' | number, file: string): StoredTrial {
  if (which !== 'readable') return trialOf(found, which, file);
  const finals = found.store.analyses.finalModels(found.study.id);
  const readable = finalModel(finals, 'readable');
  if (readable?.trial === undefined || readable.trial === null)
    throw notLeft('a readable model', finals?.notes ?? [], file);
  return trialOf(found, readable.trial, file);
}

export const trialPredict: Implementation<'trial.predict'> = async (
  { state, signal, progress },
  { file, trial, data, output, coverage },
) => {
  const found = studyOf(state, file);
  const { folder, words } = chosenModel(found, trial, file);
  const job = { kind: 'predict', modelPath: folder, dataPath: data, output, coverage } as const;
  const { answer } = await state.pool.run(job, { signal, onProgress: (share) => progress(share, 'Predicting') });
  return { ...answer, model: words };
};

export const modelPredict: Implementation<'model.predict'> = async (
  { state, signal, progress },
  { model, data, output, coverage },
) => {
  const job = { kind: 'predict', modelPath: model, dataPath: data, output, coverage } as const;
  const { answer } = await state.pool.run(job, { signal, onProgress: (share) => progress(share, 'Predicting') });
  return { ...answer, model: basename(model) };
};

/** As a bundle, or as ONNX where the file's name ends so. */
export const trialExport: Implementation<'trial.export'> = async ({ state, signal }, { file, trial, output }) => {
  const found = studyOf(state, file);
  const { folder, words } = chosenModel(found, trial, file);
  if (/\.onnx$/i.test(output)) {
    const { answer } = await state.pool.run({ kind: 'onnx', modelFolder: folder, output }, { signal });
    return { ...answer, model: words };
  }
  const text = bundleToJson(await readBundle(folder));
  try {
    await writeFile(output, text);
  } catch (error) {
    throw writeFault(error, output);
  }
  return { path: output, bytes: Buffer.byteLength(text), model: words, notes: [] };
};
