import type { ImportanceAlongFront } from '../../../shared/results/hyperparameter-importance.ts';
import { intervalWords, numberWords } from '../../../shared/results/numbers.ts';
import type { TableContent } from '../../components/table-content.ts';

/** One row a weight and a hyperparameter. */
export const alongFrontTable = ({ objectives, points }: ImportanceAlongFront): TableContent => ({
  caption: `Importance from ${objectives.join(' to ')}`,
  columns: [
    { title: `Weight of ${objectives[1]}`, numeric: true },
    { title: 'Best trial', numeric: true },
    { title: 'Hyperparameter' },
    { title: 'Importance', numeric: true },
    { title: '90 % interval', numeric: true },
  ],
  rows: points.flatMap(({ weight, best, importance }) =>
    importance.parameters.map(({ name, importance: value, interval }) => [
      numberWords(weight),
      String(best),
      name,
      numberWords(value),
      intervalWords(interval),
    ]),
  ),
});
