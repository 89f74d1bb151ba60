import type { HyperparameterImportance } from '../../../shared/results/hyperparameter-importance.ts';
import { intervalWords, numberWords, percentWords, valueWords } from '../../../shared/results/numbers.ts';
import type { TableContent } from '../../components/table-content.ts';

/** Parameters, then pairs, then the steps of the path. */
export function importanceTable({
  title,
  objective,
  unit,
  parameters,
  pairs = [],
  path = [],
}: HyperparameterImportance): TableContent {
  return {
    caption: `Hyperparameter importance for ${objective} by ${title}`,
    columns: [
      { title: 'Hyperparameter' },
      { title: unit === 'share' ? 'Share' : 'Gain', numeric: true },
      { title: '90 % interval', numeric: true },
      { title: 'Share of trials', numeric: true, hint: 'In which the hyperparameter exists' },
    ],
    rows: [
      ...parameters.map(({ name, importance, interval, active }) => [
        name,
        numberWords(importance),
        intervalWords(interval),
        percentWords(active, 0),
      ]),
      ...pairs.map(({ names, importance, interval }) => [
        names.join(' x '),
        numberWords(importance),
        intervalWords(interval),
        '',
      ]),
      ...path.map(({ name, from, to, predicted, interval }) => [
        `${name}: ${valueWords(from)} to ${valueWords(to)}, then foretold`,
        numberWords(predicted),
        intervalWords(interval),
        '',
      ]),
    ],
  };
}
