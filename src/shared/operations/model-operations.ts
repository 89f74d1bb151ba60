import { z } from 'zod';
import type { ImportanceMap } from '../results/importance-map.ts';
import type { ModelComparison } from '../results/model-comparison.ts';
import type { ModelCorrelation } from '../results/model-correlation.ts';
import { editNameInput } from './edit-operations.ts';
import { operation } from './operation.ts';

const file = z.string().describe('Absolute path of the experiment file.');
const candidate = z
  .union([z.literal(['best', 'ensemble', 'readable']), z.number().int().min(0), editNameInput])
  .describe(
    "'best', 'ensemble' or 'readable' of the final models, a trial's number, or an edited model such as 'edit-1'.",
  );

/** Several models at once. */
export const modelOperations = {
  'models.compare': operation<ModelComparison>()({
    name: 'models.compare',
    title: 'Compare two models',
    cost: 'costly',
    readOnly: false,
    words: 'Two models on the same rows: which is better, where they disagree, who is right there, and why.',
    input: z.strictObject({
      file,
      first: candidate,
      second: candidate,
      seconds: z.number().positive().optional().describe('After so long it gives back what it knows; default: 20.'),
      anew: z.boolean().optional().describe('Makes it anew where it is kept already.'),
    }),
  }),
  'models.correlation': operation<ModelCorrelation>()({
    name: 'models.correlation',
    title: 'How alike the models are',
    cost: 'costly',
    readOnly: true,
    words: 'How alike the models of the best trials err, by what each predicted for rows that it was not fitted on.',
    input: z.strictObject({ file }),
  }),
  'models.importances': operation<ImportanceMap>()({
    name: 'models.importances',
    title: 'What matters to each model',
    cost: 'costly',
    readOnly: false,
    words:
      'Columns by models: the permutation importance of the ensemble and of the best trial of each learner, or of every trial.',
    input: z.strictObject({
      file,
      each: z
        .enum(['learner', 'trial'])
        .default('learner')
        .describe('The best trial of each learner, or every complete trial.'),
      models: z.number().int().min(1).max(50).default(8).describe('Beside the ensemble, at most so many.'),
      seconds: z
        .number()
        .min(0)
        .default(60)
        .describe('What is not kept is made within so many seconds; 0: nothing is made.'),
    }),
  }),
} as const;
