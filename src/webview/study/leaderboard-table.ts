import { notMeasured } from '../../shared/results/numbers.ts';
import type { StudySnapshot } from '../../shared/results/study.ts';
import type { TableContent } from '../components/table-content.ts';
import { metricTitle } from './objective.ts';

const plain = (value: number | null | undefined): string => (typeof value === 'number' ? String(value) : notMeasured);

/** The leaderboard with every digit, for CSV. */
export function leaderboardTable({ name, objectives, leaderboard }: StudySnapshot): TableContent {
  const first = objectives[0]?.metric;
  return {
    caption: `Leaderboard of ${name}`,
    columns: [
      { title: 'rank', numeric: true },
      { title: 'trial', numeric: true },
      { title: 'learner' },
      { title: 'state' },
      ...objectives.map(({ metric }) => ({ title: metricTitle(metric), numeric: true })),
      { title: 'test', numeric: true },
      { title: 'seconds', numeric: true },
      { title: 'Wh', numeric: true },
      { title: 'Pareto front' },
      { title: 'broken constraints' },
      { title: 'fidelity', numeric: true },
    ],
    rows: leaderboard.map((row, index) => [
      String(index + 1),
      String(row.trial),
      row.learner,
      row.state,
      ...objectives.map((_, at) => plain(row.values[at])),
      plain(first === undefined ? undefined : row.testMetrics?.[first]),
      plain(row.seconds),
      plain(row.wattHours),
      row.onParetoFront ? 'yes' : 'no',
      row.broken.join('; '),
      row.fidelity ?? '',
    ]),
  };
}
