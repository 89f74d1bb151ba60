import { numberWords } from '../../../shared/results/numbers.ts';
import type { SearchEffort } from '../../../shared/results/search-effort.ts';
import type { TableContent } from '../../components/table-content.ts';
import { phaseTitles } from '../phase-marks.ts';

/** What each phase, sampler and pruner did. */
export const effortTable = ({ objective, phases, samplers, stops }: SearchEffort): TableContent => ({
  caption: `Where the trials went, ${objective}`,
  columns: [
    { title: 'What' },
    { title: 'Trials', numeric: true },
    { title: 'Improvements', numeric: true },
    { title: 'Best', numeric: true },
    { title: 'Median', numeric: true },
  ],
  rows: [
    ...phases.map(({ phase, trials, improvements, best, median }) => [
      phaseTitles[phase],
      String(trials),
      String(improvements),
      best ? numberWords(best.value, 4) : '',
      median === null ? '' : numberWords(median, 4),
    ]),
    ...samplers.map(({ sampler, trials, improvements }) => [
      `sampler ${sampler}`,
      String(trials),
      String(improvements),
      '',
      '',
    ]),
    ...stops.map(({ pruner, trials }) => [`stopped by ${pruner}`, String(trials), '', '', '']),
  ],
});
