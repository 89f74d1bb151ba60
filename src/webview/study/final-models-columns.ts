import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import type { FinalModel, FinalModels, FinalRole } from '../../shared/results/final-models.ts';
import { countWords } from '../../shared/results/numbers.ts';
import { bytesWords } from '../components/amounts.ts';
import { metricInfo, valueWords } from './objective.ts';

/** One value of a final model; null where it was not measured. The first column is the one that they are compared by. */
export interface FinalColumn {
  readonly title: string;
  readonly hint: string;
  /** Said before the value where there is no heading over it. */
  readonly prefix: string;
  words(model: FinalModel): string | null;
}

/** The objective on validation and on the test part, size, latency and what each was fitted on; test and latency only where any has them. */
export function finalColumns({ objective: { metric }, models }: FinalModels): readonly FinalColumn[] {
  const { title, words: hint } = metricInfo(metric);
  const columns: readonly FinalColumn[] = [
    {
      title,
      hint: `${hint} On rows that the models were not fitted on, mean over the folds; an ensemble's is a little flattered, as its weights were chosen there.`,
      prefix: `${metricInSentence(metric)} `,
      words: ({ metrics }) => (metrics[metric] === undefined ? null : valueWords(metric, metrics[metric])),
    },
    {
      title: 'Test',
      hint: 'The same on the test part, which the search never saw: each final model is scored on it once, after everything was chosen; metrics of labels by the labels that the model decides for.',
      prefix: 'test ',
      words: ({ testMetrics }) =>
        testMetrics?.[metric] === undefined ? null : valueWords(metric, testMetrics[metric]),
    },
    {
      title: 'Size',
      hint: 'Bytes of the saved model, with all its members and folds.',
      prefix: '',
      words: ({ facts }) => bytesWords(facts.bytes),
    },
    {
      title: 'Latency',
      hint: 'Time to predict one row, mean over a batch.',
      prefix: '',
      words: (model) => (latencyOf(model) === undefined ? null : `${valueWords('latency', latencyOf(model))} a row`),
    },
    {
      title: 'Fitted on',
      hint: 'All rows: fitted once more on every row but the test part. Folds: the mean of the models of the folds, each fitted without its own validation rows.',
      prefix: 'fitted on ',
      words: ({ fitted }) => fitted,
    },
  ];
  return columns.filter(({ words }) => models.some((model) => words(model) !== null));
}

/** Milliseconds a row of the final model itself, or where there is no test part of the trial's. */
export const latencyOf = ({ testMetrics, metrics }: FinalModel): number | undefined =>
  testMetrics?.latency ?? metrics.latency;

/** What each kind of final model is. */
export const roleHints: Readonly<Record<FinalRole, string>> = {
  ensemble:
    'Models of several trials, whose predictions are combined; which, and how much each counts, was chosen on rows that they were not fitted on.',
  single: 'The best trial of the search.',
  readable:
    'The best trial of a learner whose models a person can follow whole: by coefficients, leaves, rules or graphs.',
};

/** '14 coefficients to read'; undefined for what nobody follows whole. */
export function readingWords({ facts: { reading } }: FinalModel): string | undefined {
  if (!reading) return undefined;
  if (reading.unit === 'constant') return 'one constant to read';
  return `${countWords(reading.count, singular[reading.unit], reading.unit)} to read`;
}

const singular = {
  coefficients: 'coefficient',
  leaves: 'leaf',
  rules: 'rule',
  graphs: 'graph',
  probabilities: 'probability',
} as const;
