import { numberWords } from '../../../shared/results/numbers.ts';
import type { SearchOutlook } from '../../../shared/results/search-outlook.ts';
import type { TableContent } from '../../components/table-content.ts';

/** Chance and gain by further trials, one row an estimate and a number of trials. */
export const outlookTable = ({ estimates }: SearchOutlook): TableContent => ({
  caption: 'May I stop',
  columns: [
    { title: 'Estimate' },
    { title: 'Further trials', numeric: true },
    { title: 'Chance', numeric: true },
    { title: 'Expected gain', numeric: true },
  ],
  rows: estimates.flatMap(({ method, curve }) =>
    curve.map(({ trials, chance, gain }) => [method, String(trials), numberWords(chance), numberWords(gain)]),
  ),
});
