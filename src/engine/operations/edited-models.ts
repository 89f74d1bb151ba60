import { existsSync } from 'node:fs';
import { UserError } from '../../shared/faults.ts';
import {
  type EditedModel,
  type EditName,
  editedModelTitle,
  editName,
  editNumber,
} from '../../shared/results/model-editing.ts';
import type { ChosenModel } from './chosen-model.ts';
import type { StudyInStore } from './context.ts';

/** An edited model that is kept. Throws a UserError where there is none of that name. */
export function editedModelOf({ store, study }: StudyInStore, name: EditName, file: string): EditedModel {
  const edited = store.edits.get(study.id, editNumber(name));
  if (edited) return edited;
  const names = store.edits.all(study.id).map(({ number }) => editName(number));
  throw new UserError('no-edit', `there is no edited model ${name}.`, {
    place: { file },
    advice:
      names.length > 0
        ? `There are ${names.join(', ')}.`
        : 'None is kept: vitrine edit FILE shows what can be edited, and --save keeps it.',
  });
}

/** The model on the disk that predicts for it. Throws a UserError as `editedModelOf`. */
export function editedChosen(found: StudyInStore, name: EditName, file: string): ChosenModel {
  const edited = editedModelOf(found, name, file);
  const { store, study } = found;
  const final = store.editFolder(study.id, edited.number, 'final');
  const first = store.editFolder(study.id, edited.number, 'inspection');
  const isFinal = existsSync(final);
  const part = isFinal ? '' : ", the first fold's model";
  return { folder: isFinal ? final : first, words: `${editedModelTitle(edited)} (${edited.learner}${part})` };
}
