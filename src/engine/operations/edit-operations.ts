import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { UserError } from '../../shared/faults.ts';
import { type EditedModel, editedModelTitle } from '../../shared/results/model-editing.ts';
import { analysing, jobOptionsOf } from '../run/analyse.ts';
import type { EditAnswer, EditJob, KeptEdits } from '../run/job.ts';
import { findTestSnapshot, isOverTable } from '../run/prepare-data.ts';
import { subjectOf } from '../run/subject.ts';
import type { StoredTrial } from '../store/records.ts';
import { type OperationContext, type StudyInStore, studyOf } from './context.ts';
import { editedModelOf } from './edited-models.ts';
import type { Implementation } from './implementation.ts';
import { ranked } from './ranking.ts';
import { storedTrial } from './trial-operations.ts';

type Edits = EditJob['edits'];

export const editPreview: Implementation<'edit.preview'> = async (context, { file, trial, edits }) => {
  const found = studyOf(context.state, file);
  return (await editTrial(context, found, storedTrial(found, trial, file), edits, null)).editing;
};

export const editSave: Implementation<'edit.save'> = async (context, { file, trial, edits, note }) => {
  const found = studyOf(context.state, file);
  const { store, study } = found;
  const stored = storedTrial(found, trial, file);
  const { number, testLooks } = store.edits.next(study.id);
  const finalFolder = store.modelFolder(study.id, stored.trial.number, 'final');
  const folders = {
    inspection: store.editFolder(study.id, number, 'inspection'),
    final: store.editFolder(study.id, number, 'final'),
  };
  const savedAt = new Date().toISOString();
  const keep: KeptEdits = {
    folders,
    finalFolder: existsSync(finalFolder) ? finalFolder : null,
    testSnapshot: testSnapshotOf(found),
    note,
    savedAt,
  };
  const { editing, kept } = await editTrial(context, found, stored, edits, keep);
  if (!kept || !editing.effect) throw new RangeError('a model was to be kept and was not');
  const { options, seed, dataHash, cost, quality, question, effect } = editing;
  const edited: EditedModel = {
    kind: 'edited-model',
    version: 1,
    question,
    options,
    seed,
    dataHash,
    cost,
    quality,
    number,
    trial: stored.trial.number,
    learner: stored.outcome.learner,
    note,
    savedAt,
    edits,
    effect,
    ...kept,
    testLooks: testLooks + (kept.test === null ? 0 : 1),
  };
  store.edits.put(study.id, edited);
  return edited;
};

export const editList: Implementation<'edit.list'> = async ({ state }, { file }) => {
  const { store, study } = studyOf(state, file);
  return { edits: store.edits.all(study.id) };
};

export const editRemove: Implementation<'edit.remove'> = async ({ state }, { file, edit }) => {
  const found = studyOf(state, file);
  const edited = editedModelOf(found, edit, file);
  const { store, study } = found;
  store.edits.remove(study.id, edited);
  for (const model of ['inspection', 'final'] as const)
    await rm(store.editFolder(study.id, edited.number, model), { recursive: true, force: true });
  return { removed: editedModelTitle(edited) };
};

function editTrial(
  context: OperationContext,
  found: StudyInStore,
  stored: StoredTrial,
  edits: Edits,
  keep: KeptEdits | null,
): Promise<EditAnswer> {
  const { state, signal, progress } = context;
  const { data, experiment, modelFolder } = subjectOf(found, stored);
  checkEditable(found, stored, experiment.file);
  const job: EditJob = {
    kind: 'edit',
    data,
    modelFolder,
    words: wordsOf(stored),
    edits,
    objective: found.study.objectives[0].metric,
    sensitive: experiment.data?.sensitive ?? [],
    seed: experiment.search.seed,
    keep,
  };
  const onProgress = (share: number) => progress(share, 'Measuring the edits');
  const running = state.pool.run<'edit'>(job, { ...jobOptionsOf({ pool: state.pool, signal, progress }), onProgress });
  return analysing(running).then(({ answer }) => answer);
}

const wordsOf = ({ trial, outcome }: StoredTrial): string => `trial ${trial.number} (${outcome.learner})`;

const editableUnits: readonly (string | undefined)[] = ['graphs', 'coefficients', 'leaves', 'rules'];
const isEditable = ({ outcome }: StoredTrial): boolean => editableUnits.includes(outcome.model?.reading?.unit);

/** Throws a UserError for a model that nobody can follow: it says which can be edited. */
function checkEditable({ store, study }: StudyInStore, stored: StoredTrial, file: string): void {
  if (isEditable(stored)) return;
  const others = ranked(store.trials.all(study.id), study.objectives).filter(isEditable).slice(0, 3);
  throw new UserError('not-editable', `${wordsOf(stored)} cannot be edited: nobody can follow it whole.`, {
    place: { file },
    advice:
      others.length > 0
        ? `Of this study, best first, these can be: ${others.map(wordsOf).join(', ')}.`
        : 'Models of ebm, logistic, ridge, elastic_net, tree and rules can be: name one of them in "learners".',
  });
}

function testSnapshotOf({ store, study: { experiment, data } }: StudyInStore): string | null {
  if ('kind' in experiment || !data || !isOverTable(experiment)) return null;
  const snapshot = findTestSnapshot(experiment, data, store.folder);
  return existsSync(snapshot) ? snapshot : null;
}
