import { z } from 'zod';
import type { ModelComparison } from '../results/model-comparison.ts';
import { operation } from './operation.ts';

const file = z.string().describe('Absolute path of the experiment file.');
const candidate = z
  .union([z.literal(['best', 'ensemble', 'readable']), z.number().int().min(0)])
  .describe("'best', 'ensemble' or 'readable' of the final models, or a trial's number.");

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
} as const;
