import type { SearchFront } from '../../../shared/results/search-front.ts';
import type { SearchReplay } from '../../../shared/results/search-replay.ts';
import type { TableContent } from '../../components/table-content.ts';

/** Every trial with both values and where it stands. */
export function paretoTable(
  { objectives: pair, front, knee, dominated, unfit }: SearchFront,
  { objectives }: SearchReplay,
): TableContent {
  const rows = (trials: SearchFront['front'], standing: (trial: number) => string) =>
    trials.map(({ trial, values }) => [String(trial), ...values.map(String), standing(trial)]);
  return {
    caption: 'Pareto front',
    columns: [
      { title: 'Trial', numeric: true },
      ...pair.map((at) => ({ title: objectives[at].name, numeric: true })),
      { title: 'Standing' },
    ],
    rows: [
      ...rows(front, (trial) => (trial === knee ? 'front, knee' : 'front')),
      ...rows(dominated, () => 'dominated'),
      ...rows(unfit, () => 'breaks a constraint or had less'),
    ],
  };
}
