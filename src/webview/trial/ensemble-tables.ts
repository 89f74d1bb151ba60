import { notMeasured, numberWords, secondsWords } from '../../shared/results/numbers.ts';
import type { EnsembleDetail } from '../../shared/results/study.ts';
import { wattHoursWords } from '../components/amounts.ts';
import type { TableContent } from '../components/table-content.ts';
import { metricInfo, valueWords } from '../study/objective.ts';

/** Each member with its weight and what it is worth alone; then the whole. */
export function compositionTable({ ensemble, members, objectives }: EnsembleDetail): TableContent {
  const scores = (metrics: Readonly<Partial<Record<string, number>>>) =>
    objectives.map(({ metric }) => valueWords(metric, metrics[metric]));
  return {
    caption: 'Members of the ensemble',
    columns: [
      { title: 'Model' },
      { title: 'Weight', numeric: true, hint: 'Share in the combined prediction' },
      ...objectives.map(({ metric }) => ({
        title: metricInfo(metric).title,
        numeric: true,
        hint: `${metricInfo(metric).words} On rows that the model was not fitted on.`,
      })),
    ],
    rows: [
      ...members.map(({ trial, learner, weight, metrics }) => [
        `${learner}, trial ${trial}`,
        numberWords(weight, 2),
        ...scores(metrics),
      ]),
      ['Together', '1', ...scores(ensemble.metrics)],
    ],
  };
}

/** What the search spent on each member. */
export function memberCostTable({ members }: EnsembleDetail): TableContent {
  const total = (values: readonly (number | null)[]): number | null =>
    values.includes(null) ? null : values.reduce((sum: number, value) => sum + (value ?? 0), 0);
  const time = (seconds: number | null) => (seconds === null ? notMeasured : secondsWords(seconds));
  return {
    caption: 'What the members cost',
    columns: [
      { title: 'Model' },
      { title: 'Time', numeric: true, hint: 'Of the trial in the search, all folds' },
      { title: 'Energy', numeric: true },
    ],
    rows: [
      ...members.map(({ trial, learner, seconds, wattHours }) => [
        `${learner}, trial ${trial}`,
        time(seconds),
        wattHoursWords(wattHours),
      ]),
      [
        'Together',
        time(total(members.map(({ seconds }) => seconds))),
        wattHoursWords(total(members.map(({ wattHours }) => wattHours))),
      ],
    ],
  };
}
