import { z } from 'zod';
import type { Cohort } from '../cohort/cohort.ts';
import type { CohortRows } from '../results/cohort-rows.ts';
import type { Explanation } from '../results/explanation.ts';
import type { RobustnessReport } from '../results/robustness.ts';
import { cohortInput } from './cohort-schema.ts';
import { operation } from './operation.ts';

const file = z.string().describe('Absolute path of the experiment file.');
const analysed = z
  .union([z.literal(['best', 'ensemble', 'readable']), z.number().int().min(0)])
  .describe("'best', 'ensemble' or 'readable' of the final models, or a trial's number.");

/** A cohort with all that was made for it so far. */
export interface CohortDetail {
  readonly rows: CohortRows;
  readonly explanations: readonly Explanation[];
  readonly robustness: RobustnessReport | null;
}

/** Rows that are looked at by themselves: chosen by what holds of them, kept by a name, and given to every technique. */
export const cohortOperations = {
  'cohort.show': operation<CohortDetail>()({
    name: 'cohort.show',
    title: 'Show cohort',
    cost: 'costly',
    readOnly: false,
    words: 'The rows of a cohort with how well a model predicts them beside all rows, and what was explained of them.',
    input: z.strictObject({ file, trial: analysed, ...cohortInput }),
  }),
  'cohort.list': operation<{ cohorts: readonly Cohort[] }>()({
    name: 'cohort.list',
    title: 'Cohorts',
    cost: 'free',
    readOnly: true,
    words: 'The cohorts that are kept of a study.',
    input: z.strictObject({ file }),
  }),
  'cohort.keep': operation<{ cohorts: readonly Cohort[] }>()({
    name: 'cohort.keep',
    title: 'Keep cohort',
    cost: 'free',
    readOnly: false,
    words: 'Keeps a cohort by its name, for every model of the study.',
    input: z.strictObject({
      file,
      name: z.string().trim().min(1).max(200).optional().describe('Default: what holds of its rows, in words.'),
      ...cohortInput,
    }),
  }),
  'cohort.forget': operation<{ cohorts: readonly Cohort[] }>()({
    name: 'cohort.forget',
    title: 'Forget cohort',
    cost: 'free',
    readOnly: false,
    words: 'Does not keep a cohort any longer; what was made for it stays.',
    input: z.strictObject({ file, name: z.string().min(1) }),
  }),
} as const;
