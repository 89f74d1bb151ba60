import { metricInSentence } from '../../../shared/metric-in-sentence.ts';
import { notMeasured, numberWords } from '../../../shared/results/numbers.ts';
import type { SearchRuns } from '../../../shared/results/search-runs.ts';
import type { TableContent } from '../../components/table-content.ts';

/** One row a run. */
export const runsTable = ({ groups, objective }: SearchRuns): TableContent => ({
  caption: 'Runs',
  columns: [
    { title: 'Group' },
    { title: 'Seed', numeric: true },
    { title: 'Trials', numeric: true },
    { title: `Best ${metricInSentence(objective)}`, numeric: true },
  ],
  rows: groups.flatMap(({ name, runs }) =>
    runs.map(({ seed, trials, best }) => [
      name,
      String(seed),
      numberWords(trials),
      best ? numberWords(best.value, 4) : notMeasured,
    ]),
  ),
});

/** Each group's mean and spread by finished trials. */
export const curvesTable = ({ groups, objective }: SearchRuns): TableContent => ({
  caption: `Best ${objective} by finished trials`,
  columns: [
    { title: 'Group' },
    ...['Trials', 'Runs', 'Mean', 'Deviation', 'Low', 'High'].map((title) => ({ title, numeric: true })),
  ],
  rows: groups.flatMap(({ name, curve }) =>
    curve.map(({ trials, runs, mean, deviation, low, high }) => [
      name,
      String(trials),
      String(runs),
      String(mean),
      deviation === null ? '' : String(deviation),
      String(low),
      String(high),
    ]),
  ),
});
