import { listWords, valueWords } from '../../../shared/results/numbers.ts';
import type { SearchDependence } from '../../../shared/results/search-dependence.ts';
import type { TableContent } from '../../components/table-content.ts';

/** Every place along the axes with its mean and interval. */
export function dependenceTable({ axes, objective, mean, low, high }: SearchDependence): TableContent {
  const inner = axes[1]?.values.length ?? 1;
  return {
    caption: `Partial dependence of ${objective} on ${listWords(axes.map(({ name }) => name))}`,
    columns: [
      ...axes.map(({ name }) => ({ title: name, numeric: true })),
      { title: 'Mean', numeric: true },
      { title: 'Low', numeric: true, hint: 'Lower end of the 90 % interval' },
      { title: 'High', numeric: true, hint: 'Upper end of the 90 % interval' },
    ],
    rows: mean.map((value, i) => {
      const places = [Math.floor(i / inner), i % inner];
      const at = axes.map(({ values }, axis) => valueWords(values[places[axis]]));
      return [...at, ...[value, low[i], high[i]].map(String)];
    }),
  };
}
