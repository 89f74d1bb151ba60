import { fairnessInfo, isFairnessName } from './experiment/fairness-measure.ts';
import type { Task } from './task.ts';

export type Direction = 'minimize' | 'maximize';

export interface MetricInfo {
  readonly title: string;
  readonly direction: Direction;
  readonly tasks: readonly Task[];
  /** How the value is computed and read, in a sentence. */
  readonly words: string;
  readonly unit?: string;
  /** Known to most who read reports; told beside the objectives, where the others are shown on demand. */
  readonly familiar?: true;
}

const classification = ['binary', 'multiclass'] as const;
const all = ['binary', 'multiclass', 'regression'] as const;

/** One name a level, in percent, so that a level is part of what is compared and never a setting beside it. */
const pinball = (level: number) =>
  ({
    title: `Pinball loss at ${level} %`,
    direction: 'minimize',
    tasks: ['regression'],
    words: `Least for the value that ${level} % of the truths are below: an error above it costs ${level / 100}, one below it ${(100 - level) / 100} of its size, in the target's unit.`,
  }) as const satisfies MetricInfo;

/** Every quantity that can be an objective; the one list behind the file's schema, the leaderboard and the docs. */
export const metrics = {
  log_loss: {
    title: 'Log loss',
    direction: 'minimize',
    tasks: classification,
    words:
      'Mean of -log(probability of the true class); 0 is perfect, a constant guess gives the entropy of the classes.',
    familiar: true,
  },
  accuracy: {
    title: 'Accuracy',
    direction: 'maximize',
    tasks: classification,
    words: 'Share of rows whose most probable class is the true one.',
    familiar: true,
  },
  balanced_accuracy: {
    title: 'Balanced accuracy',
    direction: 'maximize',
    tasks: classification,
    words: 'Mean over the classes of the share of their rows that are predicted rightly.',
    familiar: true,
  },
  f1: {
    title: 'F1 (macro)',
    direction: 'maximize',
    tasks: classification,
    words: 'Mean over the classes of the harmonic mean of precision and recall.',
  },
  roc_auc: {
    title: 'ROC AUC',
    direction: 'maximize',
    tasks: ['binary', 'multiclass'],
    words:
      'Probability that a row of the class is ranked above one that is not (several classes: one against the rest, mean).',
    familiar: true,
  },
  brier: {
    title: 'Brier score',
    direction: 'minimize',
    tasks: classification,
    words: 'Mean squared distance between the probabilities and the truth.',
  },
  mcc: {
    title: 'Matthews correlation',
    direction: 'maximize',
    tasks: classification,
    words: 'Correlation between prediction and truth; 0 for any constant predictor.',
  },
  pr_auc: {
    title: 'PR AUC',
    direction: 'maximize',
    tasks: classification,
    words:
      'Average precision: mean precision over the steps in recall, for a rare class more telling than ROC AUC; a random order gives the share of the class (several classes: one against the rest, mean).',
  },
  kappa: {
    title: "Cohen's kappa",
    direction: 'maximize',
    tasks: classification,
    words: 'Agreement between prediction and truth beyond what chance would give; 0 is chance, 1 is perfect.',
  },
  calibration_error: {
    title: 'Calibration error',
    direction: 'minimize',
    tasks: classification,
    words:
      'Mean distance between how probable a class is said to be and how often it comes, over 15 bins of equally many rows (two classes: the second; several: the most probable one).',
  },
  rmse: {
    title: 'RMSE',
    direction: 'minimize',
    tasks: ['regression'],
    words: "Root of the mean squared error, in the target's unit.",
    familiar: true,
  },
  mae: {
    title: 'MAE',
    direction: 'minimize',
    tasks: ['regression'],
    words: "Mean absolute error, in the target's unit.",
    familiar: true,
  },
  r2: {
    title: 'R2',
    direction: 'maximize',
    tasks: ['regression'],
    words: 'Share of the variance that is explained; 0 for the mean, negative when worse than the mean.',
    familiar: true,
  },
  median_absolute_error: {
    title: 'Median absolute error',
    direction: 'minimize',
    tasks: ['regression'],
    words: "Half of the rows are predicted at least this closely, in the target's unit; outliers do not count.",
  },
  max_error: {
    title: 'Largest error',
    direction: 'minimize',
    tasks: ['regression'],
    words: "Absolute error of the worst predicted row, in the target's unit.",
  },
  mape: {
    title: 'MAPE',
    direction: 'minimize',
    tasks: ['regression'],
    words:
      'Mean absolute error as a share of the true value: 0.1 is a tenth. Tells nothing where true values are 0, which count as 2.2e-16.',
  },
  d2_absolute_error: {
    title: 'D2',
    direction: 'maximize',
    tasks: ['regression'],
    words: 'Share of the absolute error around the median that is explained; 0 for the median, negative when worse.',
  },
  pinball_10: pinball(10),
  pinball_50: pinball(50),
  pinball_90: pinball(90),
  energy: {
    title: 'Energy',
    direction: 'minimize',
    tasks: all,
    unit: 'Wh',
    words: 'Energy of the trial, in watt-hours.',
  },
  co2: {
    title: 'CO2e',
    direction: 'minimize',
    tasks: all,
    unit: 'g',
    words: "Emissions of the trial's energy, in grams of CO2e.",
  },
  cost: {
    title: 'Cost',
    direction: 'minimize',
    tasks: all,
    words: "Price of the trial's energy, in the file's currency.",
  },
  fit_time: { title: 'Fit time', direction: 'minimize', tasks: all, unit: 's', words: 'Seconds that fitting took.' },
  latency: {
    title: 'Latency',
    direction: 'minimize',
    tasks: all,
    unit: 'ms',
    words: 'Milliseconds to predict one row, mean over a batch.',
  },
  model_size: {
    title: 'Model size',
    direction: 'minimize',
    tasks: all,
    unit: 'bytes',
    words: 'Bytes of the saved model.',
  },
  robustness: {
    title: 'Robustness',
    direction: 'maximize',
    tasks: all,
    words:
      'Share of rows that are predicted rightly and stay so under a short attack (edits of at most a quarter of an interquartile range, one category); an upper bound.',
  },
  interpretability: {
    title: 'Interpretability',
    direction: 'maximize',
    tasks: all,
    words:
      'Share of the columns that the model does without: a column counts as used where replacing its values changes a prediction.',
  },
  features_used: {
    title: 'Columns used',
    direction: 'minimize',
    tasks: all,
    words: 'Number of columns that the model uses: replacing their values changes a prediction.',
  },
  interaction_strength: {
    title: 'Interaction strength',
    direction: 'minimize',
    tasks: all,
    words:
      'Share of the variance of the predictions (of their log odds) that is not a sum of effects of single columns: 0 where every column can be read on its own.',
  },
  main_effect_complexity: {
    title: 'Main effect complexity',
    direction: 'minimize',
    tasks: all,
    words:
      'Coefficients that it takes to draw the effect of a column in level and straight pieces, mean over the columns by the variance of their effects: 1 where all effects are straight lines or single steps.',
  },
  model_reading: {
    title: 'Model reading',
    direction: 'minimize',
    tasks: all,
    words:
      'What a person has to read to follow the model: coefficients that are not 0, leaves, rules or graphs; of a model that nobody can follow, all the numbers that it is saved as.',
  },
} as const satisfies Record<string, MetricInfo>;

export type MetricName = keyof typeof metrics;
export const metricNames = Object.keys(metrics) as MetricName[];

export const isMetricName = (name: string): name is MetricName => Object.hasOwn(metrics, name);

/** What is known of a quantity; of one that is not in the list, a script's or an imported study's, only its name. */
export const metricInfo = (name: string): Omit<MetricInfo, 'direction' | 'tasks'> =>
  isMetricName(name)
    ? metrics[name]
    : isFairnessName(name)
      ? fairnessInfo(name)
      : { title: name, words: `What the study calls ${name}.` };

export const metricsFor = (task: Task): MetricName[] =>
  metricNames.filter((name) => (metrics[name] as MetricInfo).tasks.includes(task));

/** Of what was measured: the objectives, how fair it was asked to be, then the familiar ones. */
export const toldMetrics = (objectives: readonly string[], measured: Metrics): string[] =>
  [
    ...new Set([
      ...objectives,
      ...Object.keys(measured).filter(isFairnessName),
      ...metricNames.filter((name) => (metrics[name] as MetricInfo).familiar),
    ]),
  ].filter((name) => measured[name] !== undefined);

/** The objective when the file names none. */
export const defaultMetric = (task: Task): MetricName => (task === 'regression' ? 'rmse' : 'log_loss');

/** Measured values by metric, ours or another's; one that was not measured is absent, never 0. */
export type Metrics = Readonly<Partial<Record<string, number>>>;
