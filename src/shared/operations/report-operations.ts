import { z } from 'zod';
import { experimentSchema } from '../experiment/schema.ts';
import { explanationKinds } from '../results/explanation.ts';
import type { Verdict } from '../results/verdict.ts';
import { operation } from './operation.ts';

const file = z.string().describe('Absolute path of the experiment file.');

/** What became of what was asked to be explained. */
export interface ExplainedStudy {
  /** Explanations that are there now, of all the models, those that were kept already among them. */
  readonly explained: number;
  /** Techniques that came to nothing, and why. */
  readonly failures: readonly { readonly about: string; readonly kind: string; readonly words: string }[];
  /** What the time did not reach. */
  readonly left: readonly { readonly about: string; readonly kind: string }[];
  /** Data checks that were made beside those that the run had made. */
  readonly checked: number;
}

/** What a study is handed on by: what is missing is made, every check has a line, a model has a folder of pages. */
export const reportOperations = {
  'study.explain': operation<ExplainedStudy>()({
    name: 'study.explain',
    title: 'Explain what is reported',
    cost: 'costly',
    readOnly: false,
    words:
      'Makes the explanations of all models that the report shows, and the data checks that the run did not wait for. Each is kept as soon as it is made, also where this is cancelled.',
    input: z.strictObject({
      file,
      kinds: z
        .array(z.enum([...explanationKinds, 'cheap', 'all']))
        .min(1)
        .default(['cheap'])
        .describe(
          'Techniques; all: those that suit each model, and attacks; cheap: those that are made at the end of a search.',
        ),
      models: z
        .array(z.union([z.literal(['best', 'ensemble', 'readable']), z.number().int().min(0)]))
        .min(1)
        .optional()
        .describe('Which models; default: those that the report shows.'),
      seconds: z.number().positive().default(300).describe('Time for all of it; what it does not reach is told.'),
    }),
  }),
  'study.verdicts': operation<readonly Verdict[]>()({
    name: 'study.verdicts',
    title: 'Verdicts',
    cost: 'free',
    readOnly: true,
    words:
      'A line for every data check and every figure of the reported models that has a threshold: passed, to look at, failed, or why it was not checked.',
    input: z.strictObject({ file }),
  }),
  'trial.document': operation<{ folder: string; files: readonly string[]; model: string }>()({
    name: 'trial.document',
    title: 'Write model card',
    cost: 'free',
    readOnly: false,
    words:
      'Writes a folder of Markdown about one model: what it is in short, model card, data sheet, verdicts, and a page for each explanation that was made.',
    input: z.strictObject({
      file,
      trial: z
        .union([z.literal(['best', 'ensemble', 'readable']), z.number().int().min(0)])
        .describe("'best', 'ensemble' or 'readable' of the final models, or a trial's number."),
      folder: z.string().describe('Absolute path; in one that is there only pages written here before are replaced.'),
      about: experimentSchema.shape.about.describe(
        'What the experiment file says of it now; default: what it said when it last ran.',
      ),
    }),
  }),
} as const;
