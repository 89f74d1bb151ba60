import { existsSync } from 'node:fs';
import { UserError } from '../../shared/faults.ts';
import type { EditEffect } from '../../shared/results/model-editing.ts';
import { takeDataset } from '../data/dataset.ts';
import { readSnapshot } from '../data/snapshot.ts';
import { takeRows } from '../data/table.ts';
import { asEditable, carriesOver, type EditableModel, editedModel } from '../editing/edited-model.ts';
import { type EditingSession, openEditing } from '../editing/editing-session.ts';
import { effectOfEdits, judgedMetric, judgedModel, judgingOn } from '../editing/effect-of-edits.ts';
import { readBundle, writeBundle } from '../models/bundle.ts';
import { bundleHash } from '../models/bundle-header.ts';
import type { EditHistory, Model, ModelBundle } from '../models/model.ts';
import { createRandom } from '../random.ts';
import { developmentData } from './development-data.ts';
import { foldFolder } from './fold-folder.ts';
import type { EditAnswer, EditJob, KeptEdits } from './job.ts';
import { loadModel, readModel } from './saved-model.ts';
import type { Surroundings } from './surroundings.ts';

interface OpenModel {
  readonly model: EditableModel;
  readonly session: EditingSession;
}

let last: { readonly key: string; readonly opened: Promise<OpenModel> } | null = null;

/**
 * Edits the first fold's model and measures it on rows that it has never seen; where it is to be kept, on the test part, once. The last model
 * stays open in a warm worker: who edits it asks again after every edit.
 */
export async function performEdit(job: EditJob, { signal, progress }: Surroundings): Promise<EditAnswer> {
  const { data, modelFolder, words, objective, sensitive, seed } = job;
  const key = JSON.stringify([data, modelFolder, words, objective, sensitive, seed]);
  if (last?.key !== key) last = { key, opened: open(job) };
  const { model, session } = await last.opened.catch((error) => {
    last = null;
    throw error;
  });
  const { editing, edited } = await session.preview(job.edits, signal, progress);
  if (!job.keep) return { editing };
  const first = { original: await readBundle(modelFolder), model, edited: edited.model };
  await keep(first, job, job.keep, job.keep.folders.inspection);
  return { editing, kept: await predicting(first, job, job.keep) };
}

/** Models that can be edited hold nothing but what the garbage collector sees. */
async function open({ data: place, modelFolder, words, ...settings }: EditJob): Promise<OpenModel> {
  const { data, folds } = await developmentData(place);
  const all = folds.map((_, fold) => foldFolder(modelFolder, fold));
  // Only of the best trials every fold's model is kept.
  const folders = all.every((folder) => existsSync(folder)) ? all : all.slice(0, 1);
  const models = await Promise.all(
    folders.map(async (folder, fold) => ({
      model: asEditable(await readModel(folder), words),
      train: takeRows(data.features, folds[fold].train),
    })),
  );
  const own = folds.slice(0, models.length);
  const session = openEditing(models, words, {
    ...settings,
    judged: takeDataset(
      data,
      own.flatMap(({ validation }) => Array.from(validation)),
    ),
    foldOf: Uint32Array.from(own.flatMap(({ validation }, fold) => Array.from(validation, () => fold))),
  });
  return { model: models[0].model, session };
}

interface EditedPair {
  readonly original: ModelBundle;
  readonly model: Model;
  readonly edited: Model;
}

/**
 * Keeps the model that predicts from now on: the one refitted on all development rows with the same edits, where there is one and they mean
 * the same for it, else the first fold's. It is judged on the test part beside its original.
 */
async function predicting(
  first: EditedPair,
  job: EditJob,
  keeping: KeptEdits,
): Promise<NonNullable<EditAnswer['kept']>> {
  const refitted = keeping.finalFolder === null ? 'none' : await editedFinal(job, keeping.finalFolder);
  const isFinal = typeof refitted === 'object';
  const pair = isFinal ? refitted : first;
  if (isFinal) await keep(pair, job, keeping, keeping.folders.final);
  const notes = [
    ...(typeof refitted === 'string' && refitted !== 'none' ? [refitted] : []),
    ...(pair.original.promises
      ? [
          'Sets, intervals and thresholds of the original were measured without the edits and are left out: labels are the most probable class.',
        ]
      : []),
  ];
  return {
    fitted: isFinal ? 'all rows' : 'first fold',
    originalHash: bundleHash(pair.original),
    facts: pair.edited.facts,
    test: keeping.testSnapshot === null ? null : await testEffect(pair, job, keeping.testSnapshot),
    notes,
  };
}

/** The refitted model with the edits, or why there is none, in words. */
async function editedFinal(job: EditJob, folder: string): Promise<EditedPair | string> {
  if (!carriesOver(job.edits))
    return 'The model refitted on all rows has nodes and rules of its own, which these edits do not speak of.';
  const original = await readBundle(folder);
  const model: EditableModel = asEditable(await loadModel(original, folder), job.words);
  const { data } = await developmentData(job.data);
  try {
    return { original, model, edited: editedModel(model, job.edits, data.features, 'as dropped').model };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `The model refitted on all rows could not be edited alike: ${error.message}`;
  }
}

async function keep({ original, edited }: EditedPair, job: EditJob, keeping: KeptEdits, folder: string): Promise<void> {
  const { promises: _, ...bundle } = edited.save();
  const edits: EditHistory = {
    of: job.words,
    originalHash: bundleHash(original),
    edits: job.edits,
    note: keeping.note,
    savedAt: keeping.savedAt,
  };
  await writeBundle({ ...bundle, edits }, folder);
}

async function testEffect({ model, edited }: EditedPair, job: EditJob, snapshot: string): Promise<EditEffect> {
  const data = await readSnapshot(snapshot);
  const metric = judgedMetric(job.objective, data.target);
  const judging = judgingOn(data, 'test part', metric, job.sensitive, createRandom(job.seed).fork('test'));
  const [before, after] = [await model.predict(data.features), await edited.predict(data.features)];
  return effectOfEdits(judgedModel(before, judging), judgedModel(after, judging), judging);
}
