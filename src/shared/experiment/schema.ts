import { z } from 'zod';
import { backendNames } from '../backend.ts';
import { columnTypes } from '../dataset.ts';
import { type MetricName, metricNames } from '../metrics.ts';
import { tasks } from '../task.ts';

/**
 * The experiment file, `NAME.vitrine.yaml`. One schema is the source of the types, the JSON Schema, the defaults, the hover texts
 * (each key's `description`) and the documentation page. What a schema cannot say (that a column exists, that low < high)
 * is checked by src/language with positions.
 */

/** What a text stands for where its type alone does not say: completion, checks and words follow from it. */
export type Takes =
  | 'column'
  | 'hyperparameter'
  | 'data-file'
  | 'duration'
  | 'energy'
  | 'mass'
  | 'money'
  | 'price'
  | 'bytes'
  | 'constraint';
/** The keyword in the JSON Schema. */
export const takesKeyword = 'x-takes';
const takes = (what: Takes) => z.string().meta({ [takesKeyword]: what });

export const learnerNames = [
  'constant',
  'logistic',
  'ridge',
  'elastic_net',
  'discriminant',
  'naive_bayes',
  'knn',
  'svm',
  'tree',
  'rules',
  'forest',
  'extra_trees',
  'boosting',
  'ebm',
  'mlp',
  'residual_mlp',
  'text_cnn',
  'cnn',
] as const;
export const samplerNames = [
  'auto',
  'random',
  'tpe',
  'tpe-univariate',
  'gp',
  'successive-halving',
  'hyperband',
  'asha',
  'sobol',
  'genetic',
  'nsga2',
  'cma-es',
  'bohb',
  'dehb',
  'grid',
  'evolution-strategy',
  'particle-swarm',
  'differential-evolution',
  'smac',
  'freeze-thaw',
  'dngo',
  'vae-bo',
  'bohamiann',
] as const;
export const prunerNames = [
  'auto',
  'none',
  'median',
  'successive-halving',
  'hyperband',
  'learning-curve',
  'dominance',
] as const;
/** 'auto, random or tpe' */
const anyOf = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} or ${names[names.length - 1]}`;
export const mitigationNames = ['reweight', 'thresholds'] as const;
export const nasNames = ['none', 'evolution'] as const;

const value = z.union([z.number(), z.string(), z.boolean()]);
const share = z.number().gt(0).lt(1);

const condition = z
  .record(takes('hyperparameter'), z.union([value, z.array(value).min(1)]))
  .describe('The parameter exists only where each named parameter has this value (or one of these).');

const bounds = z.tuple([z.number(), z.number()]);
const wholeBounds = z.tuple([z.int(), z.int()]);
export const distribution = z
  .union([
    z.strictObject({
      float: bounds.describe('Lowest and highest value.'),
      log: z.boolean().optional().describe('Search on a logarithmic scale; the lowest value must be above 0.'),
      step: z.number().gt(0).optional().describe('Only low, low + step, low + 2 step, ...'),
      when: condition.optional(),
    }),
    z.strictObject({
      int: wholeBounds.describe('Lowest and highest value, whole numbers.'),
      log: z.boolean().optional().describe('Search on a logarithmic scale; the lowest value must be above 0.'),
      step: z.number().int().gt(0).optional().describe('Only low, low + step, low + 2 step, ...'),
      when: condition.optional(),
    }),
    z.strictObject({
      choice: z.array(value).min(1).describe('One of these, in no order.'),
      when: condition.optional(),
    }),
    z.strictObject({
      ordinal: z.array(value).min(1).describe('One of these, in their order.'),
      when: condition.optional(),
    }),
    z.strictObject({ value: value.describe('Fixed: not searched.') }),
  ])
  .describe(
    'What a hyperparameter may be: {float: [low, high]}, {int: [low, high]}, {choice: [...]}, {ordinal: [...]} or {value: ...}.',
  );

const data = z.strictObject({
  path: takes('data-file')
    .min(1)
    .describe(
      'The data: CSV, TSV, Parquet or JSON, or a folder of images whose sub-folders are the classes, relative to this file.',
    ),
  target: takes('column').min(1).describe('The column to predict.'),
  split: z
    .strictObject({
      test: z
        .union([share, z.literal('none'), takes('data-file').min(1)])
        .default(0.2)
        .describe("Rows kept for the final score, which the search never sees: a share, a file, or 'none'."),
      validation: z
        .union([
          z.literal('auto'),
          z.strictObject({ folds: z.number().int().min(2).max(20) }),
          z.strictObject({ holdout: share }),
        ])
        .default('auto')
        .describe(
          'How trials are judged: {folds: 5} for cross-validation, {holdout: 0.2}, or auto: five folds, of small tables ten, of large ones fewer.',
        ),
    })
    .prefault({})
    .describe('How rows are parted: stratified by class, by `group` or by `time` where those are given.'),
  types: z
    .record(takes('column'), z.enum(columnTypes))
    .default({})
    .describe('Column types that should differ from the inferred ones.'),
  ignore: z.array(takes('column')).default([]).describe('Columns that no model may see.'),
  sensitive: z
    .array(takes('column'))
    .default([])
    .describe('Columns to watch: groups are compared by them, and attacks leave them alone.'),
  drop: z
    .strictObject({
      duplicates: z
        .boolean()
        .default(false)
        .describe('Of rows that repeat an earlier one, target included, all but the first.'),
      conflicting: z.boolean().default(false).describe('Rows that are alike in every feature and not in the target.'),
      shared: z.boolean().default(false).describe('Rows to learn from that stand in the test part too.'),
      rows: z
        .array(z.number().int().min(1))
        .default([])
        .describe('By their place in the data, from 1, without the header.'),
    })
    .optional()
    .describe('Rows to leave out before anything is learnt or judged.'),
  balance: z
    .enum(['weights', 'oversample', 'undersample'])
    .optional()
    .describe(
      'Makes classes of different size count alike in every learner: by weights, by repeating rows or by leaving rows out. Absent: left to the search.',
    ),
  group: takes('column').nullable().default(null).describe('Rows with the same value here stay in the same part.'),
  time: takes('column').nullable().default(null).describe('Later rows are judged by models fitted on earlier ones.'),
});

const script = z.strictObject({
  command: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .describe(
      'The program and its arguments, run without a shell; `{learning_rate}` stands for a value, and where nothing is named every value is given as `--name value`.',
    ),
  space: z.record(takes('hyperparameter'), distribution).describe('What it can be given: each parameter by name.'),
  defaults: z.record(takes('hyperparameter'), value).optional().describe('A whole configuration to try first.'),
  metric: z
    .string()
    .min(1)
    .default('value')
    .describe(
      'The number that it prints as its result, as a JSON line: `{"value": 0.3}` or `{"metrics": {"loss": 0.3}}`.',
    ),
  direction: z
    .enum(['minimize', 'maximize'])
    .optional()
    .describe("Which of its values are better; default: minimize, or the metric's own."),
  resource: z
    .strictObject({
      name: z.string().min(1).describe('What it is called, and given as: epochs.'),
      min: z.number().gt(0).describe('The least that tells anything.'),
      max: z.number().gt(0).describe('All of it; also how many steps a whole run reports.'),
    })
    .optional()
    .describe(
      'What it can be given less of: needed by hyperband, bohb and their kind, and helps the choice of a pruner.',
    ),
  pruning: z
    .enum(['signal', 'line'])
    .default('signal')
    .describe(
      'How it learns that it is hopeless: signal (SIGTERM), or line (an answer on its standard input after each step, the signal only after the grace).',
    ),
  grace: takes('duration').default('5s').describe('From being asked to end to being ended, with all that it started.'),
  cwd: z.string().min(1).default('.').describe('Folder to run it in, relative to this file.'),
});

const objectiveName = z.enum(metricNames as [MetricName, ...MetricName[]]);
const objective = z.union([
  objectiveName,
  z.strictObject({ metric: objectiveName, direction: z.enum(['minimize', 'maximize']).optional() }),
]);

const search = z.strictObject({
  sampler: z
    .enum(samplerNames)
    .default('auto')
    .describe(`What suggests configurations: ${anyOf(samplerNames)}.`),
  pruner: z
    .enum(prunerNames)
    .default('auto')
    .describe(`What stops hopeless trials early: ${anyOf(prunerNames)}.`),
  hypergradients: z
    .enum(['none', 'one-step', 'reverse'])
    .default('none')
    .describe(
      'Tune the penalties of logistic, ridge and mlp by their gradients while they fit: one-step, or in reverse through the training (mlp: one-step always).',
    ),
  resource: z
    .enum(['rows', 'training', 'folds'])
    .optional()
    .describe(
      'What hyperband, bohb and their kind give most trials less of: rows (default), training (rounds, epochs) or folds.',
    ),
  seed: z.number().int().default(1).describe('The same file, seed and one worker give the same trials.'),
  workers: z
    .union([z.literal('auto'), z.number().int().min(1).max(64)])
    .default('auto')
    .describe('Trials side by side; auto: one a core.'),
  backend: z
    .enum(['auto', ...backendNames])
    .default('auto')
    .describe(
      `What networks are computed on: auto takes the fastest that is installed and suits their size. ${backendNames.join(', ')}; all but wasm are packages to install.`,
    ),
  timeout: takes('duration')
    .optional()
    .describe('Longest time one trial may take, such as 60s; default: what the budget leaves.'),
  memory: takes('bytes').optional().describe('Most memory one worker may use, such as 2GB.'),
});

const budget = z.strictObject({
  time: takes('duration').optional().describe('Search time, such as 60s, 10m or 1h30m.'),
  trials: z.number().int().gt(0).optional().describe('Number of trials.'),
  energy: takes('energy').optional().describe('Energy of the search, such as 20Wh or 0.5kWh.'),
  co2: takes('mass').optional().describe('Emissions of the search, such as 10g.'),
  cost: takes('money').optional().describe('Price of the energy, such as 0.10 EUR.'),
});

const energy = z.strictObject({
  region: z.string().default('World').describe('Grid the electricity comes from: an ISO code such as FRA, or World.'),
  pue: z.number().min(1).default(1).describe('Power usage effectiveness: 1 on a desk, 1.2 to 1.6 in a data centre.'),
  price: takes('price').default('0.25 EUR/kWh').describe('Price of electricity, such as 0.25 EUR/kWh.'),
});

const told = z.string().trim().min(1);
const about = z.strictObject({
  purpose: told.optional().describe('What the model is for, and who is to use it.'),
  not_for: told.optional().describe('What it must not be used for.'),
  owner: told.optional().describe('Who made it, and whom to ask.'),
  license: told.optional().describe('Under what licence it may be used.'),
  groups: told.optional().describe('Which groups of people or things it may treat differently.'),
  harm: told.optional().describe('Whom a wrong prediction harms, and how; whether people agreed to be in the data.'),
  data: z
    .strictObject({
      purpose: told.optional().describe('What the data were made for, by whom, and who paid.'),
      collection: told.optional().describe('How and when values were observed, and how rows were chosen.'),
      labels: told.optional().describe('How the target was labelled.'),
      uses: told.optional().describe('What else they are used for, and what they must not be used for.'),
      license: told.optional().describe('Under what licence, and to whom, they may be given.'),
      maintenance: told.optional().describe('Who keeps them, and how mistakes are told and mended.'),
    })
    .optional()
    .describe('The same of the data, for the data sheet.'),
});

export const experimentSchema = z.strictObject({
  name: z.string().min(1).optional().describe("Name of the experiment; default: the file's name."),
  data: data.optional().describe('The table, its target and how it is split; must be given unless `script` is.'),
  script: script
    .optional()
    .describe('A program of your own, in any language, whose parameters are searched instead of learners.'),
  task: z.enum(tasks).optional().describe('binary, multiclass or regression; inferred from the target when left out.'),
  learners: z
    .union([z.literal('auto'), z.array(z.enum(learnerNames)).min(1)])
    .default('auto')
    .describe('What is fitted; auto: all that suit the data.'),
  space: z
    .partialRecord(z.enum(learnerNames), z.record(takes('hyperparameter'), distribution))
    .default({})
    .describe('By learner: hyperparameters that should differ from the defaults.'),
  nas: z.enum(nasNames).default('none').describe("Architecture search for the mlp's layers: none or evolution."),
  objectives: z
    .array(objective)
    .min(1)
    .optional()
    .describe('What to optimise, the first ranks the leaderboard; default: log_loss or rmse.'),
  constraints: z
    .array(takes('constraint'))
    .default([])
    .describe(
      'What a trial must keep to be the best: `model_size <= 1MB`, `latency <= 2ms`, `robustness >= 0.7`, `fairness(sex) <= 0.05`.',
    ),
  mitigation: z
    .union([z.enum(['auto', 'none', ...mitigationNames]), z.array(z.enum(mitigationNames)).min(1)])
    .default('auto')
    .describe(
      'What is done so that groups are treated alike: reweight (rows weighted so that group and class are independent), thresholds (one a group, of two classes; predicting then needs the column), both, or none; auto: the search may reweight where a constraint bounds fairness.',
    ),
  forbidden: z
    .array(z.record(takes('hyperparameter'), z.union([value, z.array(value).min(1)])))
    .default([])
    .describe('Combinations that are never tried: `{learner: mlp, mlp.optimizer: sgd, mlp.layers: [3, 4]}`.'),
  search: search.prefault({}).describe('How configurations are chosen.'),
  budget: budget.prefault({}).describe('When to stop: whichever comes first; default: 10 minutes.'),
  ensemble: z
    .enum(['auto', 'none'])
    .default('auto')
    .describe('An ensemble of the trials beside the best single model, made when the search ends.'),
  explain: z.enum(['auto', 'none']).default('auto').describe('Explanations of the best trials after the search.'),
  robustness: z.enum(['auto', 'none']).default('auto').describe('Attacks on the best trials after the search.'),
  energy: energy.prefault({}).describe('What turns energy into CO2e and money.'),
  about: about
    .optional()
    .describe(
      'What no figure tells, in your own words, for the model card and the data sheet of `vitrine report --markdown`.',
    ),
});

/** The file as written, keys optional. */
export type ExperimentFile = z.input<typeof experimentSchema>;
/** The file with every default filled in. */
export type ExperimentSettings = z.output<typeof experimentSchema>;
