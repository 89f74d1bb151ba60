import { z } from 'zod';
import { modelEdit } from '../model-edit.ts';
import { type EditedModel, isEditName, type ModelEditing } from '../results/model-editing.ts';
import { operation } from './operation.ts';

const file = z.string().describe('Absolute path of the experiment file.');
const trial = z
  .union([z.literal(['best', 'readable']), z.number().int().min(0)])
  .default('readable')
  .describe("'best' or 'readable' of the final models, or a trial's number.");
const edits = z
  .array(modelEdit)
  .max(200)
  .describe('In their order; nodes and rules are numbered as the trial has them.');
/** 'edit-2' */
export const editNameInput = z.custom<`edit-${number}`>(
  isEditName,
  "it must be a kept edited model's name, such as edit-1",
);

/** Changing by hand a model that a person can follow. */
export const editOperations = {
  'edit.preview': operation<ModelEditing>()({
    name: 'edit.preview',
    title: 'Edit a model',
    cost: 'costly',
    readOnly: true,
    words:
      'What can be edited of a readable model, and what edits of it change on the validation part: loss, labels, fairness. Keeps nothing and does not look at the test part.',
    input: z.strictObject({ file, trial, edits: edits.default([]) }),
  }),
  'edit.save': operation<EditedModel>()({
    name: 'edit.save',
    title: 'Keep an edited model',
    cost: 'costly',
    readOnly: false,
    words: 'Keeps a readable model with edits beside its original, judged once on the test part.',
    input: z.strictObject({
      file,
      trial,
      edits: edits.min(1),
      note: z.string().max(2000).default('').describe('Why it was edited.'),
    }),
  }),
  'edit.list': operation<{ edits: readonly EditedModel[] }>()({
    name: 'edit.list',
    title: 'Edited models',
    cost: 'free',
    readOnly: true,
    words: 'The edited models that are kept, the first one first.',
    input: z.strictObject({ file }),
  }),
  'edit.remove': operation<{ removed: string }>()({
    name: 'edit.remove',
    title: 'Undo an edited model',
    cost: 'free',
    readOnly: false,
    words: 'Takes an edited model out of the store; its original was never changed.',
    input: z.strictObject({ file, edit: editNameInput }),
  }),
} as const;
