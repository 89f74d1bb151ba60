import { z } from 'zod';
import {
  type HyperparameterImportance,
  type ImportanceAlongFront,
  importanceMethods,
} from '../results/hyperparameter-importance.ts';
import type { SearchDependence } from '../results/search-dependence.ts';
import type { SearchFootprint } from '../results/search-footprint.ts';
import type { SearchOutlook } from '../results/search-outlook.ts';
import type { SearchRecord } from '../results/search-record.ts';
import type { SearchRuns } from '../results/search-runs.ts';
import type { SearchWhy } from '../results/search-why.ts';
import { operation } from './operation.ts';

const file = z.string().describe('Absolute path of the experiment file.');
const trial = z.union([z.literal('best'), z.number().int().min(0)]).describe("'best' or a trial's number.");
const objective = z.number().int().min(0).default(0).describe('Index of the objective.');
const until = z
  .number()
  .int()
  .min(1)
  .optional()
  .describe('As the study stood when so many trials had ended; default: now.');
const method = z.enum(importanceMethods).default('fanova');

/** What the search says of itself. */
export const searchOperations = {
  'search.why': operation<SearchWhy>()({
    name: 'search.why',
    title: 'Why this configuration',
    cost: 'free',
    readOnly: true,
    words: "Why a trial was suggested and, where it was, stopped: from the sampler's and pruner's own record.",
    input: z.strictObject({ file, trial }),
  }),
  'search.record': operation<SearchRecord>()({
    name: 'search.record',
    title: 'Record of the search',
    cost: 'free',
    readOnly: true,
    words: 'What the search foretold against what came out, where its trials went, and all that a replay needs.',
    input: z.strictObject({ file }),
  }),
  'search.runs': operation<SearchRuns>()({
    name: 'search.runs',
    title: 'Runs side by side',
    cost: 'free',
    readOnly: true,
    words: 'Every study of the experiment, in groups that differ only in their seed, with mean and spread.',
    input: z.strictObject({ file }),
  }),
  'search.importance': operation<HyperparameterImportance>()({
    name: 'search.importance',
    title: 'Hyperparameter importance',
    cost: 'costly',
    readOnly: true,
    words: 'How much each hyperparameter matters for an objective, with intervals and warnings.',
    input: z.strictObject({ file, method, objective, until }),
  }),
  'search.importanceAlongFront': operation<ImportanceAlongFront>()({
    name: 'search.importanceAlongFront',
    title: 'Importance along the Pareto front',
    cost: 'costly',
    readOnly: true,
    words: 'How importance changes from one of two objectives to the other.',
    input: z.strictObject({
      file,
      method,
      objectives: z.tuple([z.number().int().min(0), z.number().int().min(0)]).default([0, 1]),
      points: z.number().int().min(2).max(21).default(6).describe('Weights from 0 to 1.'),
    }),
  }),
  'search.dependence': operation<SearchDependence>()({
    name: 'search.dependence',
    title: 'Partial dependence',
    cost: 'costly',
    readOnly: true,
    words: 'What the objective is on average along one or two hyperparameters, with the uncertainty of that.',
    input: z.strictObject({
      file,
      parameters: z.array(z.string()).min(1).max(2),
      objective,
      until,
    }),
  }),
  'search.footprint': operation<SearchFootprint>()({
    name: 'search.footprint',
    title: 'Footprint of the search',
    cost: 'costly',
    readOnly: true,
    words: 'A map of the space: what the search has covered, what is promising still, and what is dead.',
    input: z.strictObject({ file, objective, until }),
  }),
  'search.outlook': operation<SearchOutlook>()({
    name: 'search.outlook',
    title: 'May I stop?',
    cost: 'costly',
    readOnly: true,
    words: 'The chance that further trials improve the best, and by how much.',
    input: z.strictObject({
      file,
      trials: z.number().int().min(1).max(10_000).default(20).describe('Further trials.'),
      epsilon: z.number().min(0).default(0).describe('An improvement smaller than this is none.'),
      until,
    }),
  }),
} as const;
