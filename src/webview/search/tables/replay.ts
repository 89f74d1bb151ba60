import { numberWords } from '../../../shared/results/numbers.ts';
import type { SearchReplay } from '../../../shared/results/search-replay.ts';
import type { TableContent } from '../../components/table-content.ts';
import { phaseTitles } from '../phase-marks.ts';

/** Every trial in the order of its end. */
export function replayTable(replay: SearchReplay): TableContent {
  const byNumber = new Map(replay.trials.map((trial) => [trial.trial, trial]));
  return {
    caption: 'The search, trial by trial',
    columns: [
      { title: 'Ended as', numeric: true },
      { title: 'Trial', numeric: true },
      { title: 'State' },
      { title: 'Sampler' },
      { title: 'Phase' },
      ...replay.objectives.map(({ name }) => ({ title: name, numeric: true })),
      { title: 'Feasible' },
      { title: 'Ended after', numeric: true, hint: 'Seconds since the first trial began' },
    ],
    rows: replay.ends.flatMap((number, i) => {
      const trial = byNumber.get(number);
      if (!trial) return [];
      const { state, sampler, phase, values, feasible, ended } = trial;
      const scores = replay.objectives.map((_, at) => (values?.[at] === undefined ? '' : String(values[at])));
      return [
        [
          String(i + 1),
          String(number),
          state,
          sampler,
          phaseTitles[phase],
          ...scores,
          feasible ? 'yes' : 'no',
          ended === null ? '' : numberWords(ended),
        ],
      ];
    }),
  };
}
