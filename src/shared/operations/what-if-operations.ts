import { z } from 'zod';
import type { StepsReport } from '../results/steps.ts';
import { type WhatIf, whatIfTechniques } from '../results/what-if.ts';
import { operation } from './operation.ts';

const file = z.string().describe('Absolute path of the experiment file.');
const trial = z
  .union([z.literal(['best', 'ensemble', 'readable']), z.number().int().min(0)])
  .describe("'best', 'ensemble' or 'readable' of the final models, or a trial's number.");

/** One row in the eyes of a model. */
export const whatIfOperations = {
  'trial.whatIf': operation<WhatIf>()({
    name: 'trial.whatIf',
    title: 'What if',
    cost: 'costly',
    readOnly: true,
    words:
      'A row as it is and as somebody wants it to be: prediction, explanation, how far it is outside of the data, the nearest flips.',
    input: z.strictObject({
      file,
      trial,
      row: z
        .number()
        .int()
        .min(0)
        .nullable()
        .default(null)
        .describe('Row of the validation part; null: the typical row, of medians and most frequent levels.'),
      changes: z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
        .default({})
        .describe('What the columns are to be; null is missing.'),
      explain: z
        .literal(['auto', 'none', ...whatIfTechniques])
        .default('auto')
        .describe("What explains both rows; 'auto': the one that is exact for the model, else KernelSHAP."),
      sweep: z.string().optional().describe('Goes over the range of this column, all else as in the edited row.'),
      flips: z.boolean().default(true).describe('Looks for the nearest rows of which the model says something else.'),
      form: z.boolean().default(false).describe('Tells the columns with their ranges and levels.'),
      seconds: z
        .number()
        .positive()
        .default(3)
        .describe('After so long an explanation or flips give back what they know.'),
    }),
  }),
  'trial.steps': operation<StepsReport>()({
    name: 'trial.steps',
    title: 'Data after each step',
    cost: 'costly',
    readOnly: true,
    words: 'What each step of the pipeline does to the data, and to one row.',
    input: z.strictObject({
      file,
      trial,
      row: z.number().int().min(0).optional().describe('Row of the validation part to follow; default: none.'),
    }),
  }),
} as const;
