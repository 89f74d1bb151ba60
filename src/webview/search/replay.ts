import { css, html, nothing } from 'lit';
import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import { countWords, listWords, numberWords, secondsWords } from '../../shared/results/numbers.ts';
import { type ReplayMoment, replayAt, type SearchReplay } from '../../shared/results/search-replay.ts';
import type { Reason } from '../../shared/trial.ts';
import '../charts/chart.ts';
import { endedTrials, replayChart } from '../charts/replay-chart.ts';
import { baseStyles } from '../components/base-styles.ts';
import { button } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import type { TableContent } from '../components/table-content.ts';
import { openTrial } from '../study/open-trial.ts';
import { legend, legendStyles } from './legend.ts';
import { phaseMarks, phaseTitles } from './phase-marks.ts';

/** Trials that had ended; `settled` once the slider is let go of, when costly panels may follow. */
export interface Moment {
  readonly ended: number;
  readonly settled: boolean;
}

/** The search as it stood at any moment. Tells of another one as `vitrine-moment`. */
export class ReplayView extends VitrineElement {
  static override styles = [
    baseStyles,
    legendStyles,
    css`
      .slider {
        display: flex;
        align-items: center;
        gap: 10px;
        margin: 4px 0;
      }
      input {
        flex: 1;
        min-width: 80px;
        accent-color: var(--vscode-button-background, var(--vscode-charts-blue));
      }
      .words {
        min-height: 3em;
        max-width: 75ch;
      }
    `,
  ];
  static override properties = { replay: { attribute: false }, ended: { attribute: false } };
  declare replay: SearchReplay | null;
  declare ended: number;

  constructor() {
    super();
    this.replay = null;
    this.ended = 0;
  }

  protected override render() {
    const { replay } = this;
    if (!replay || replay.ends.length === 0) return nothing;
    const moment = replayAt(replay, this.ended);
    const words = momentWords(moment, replay);
    return html`<vitrine-figure
      heading="The search, step by step"
      question="How did the search get where it is?"
      .table=${replayTable(replay)}
    >
      <div class="slider">
        <input
          type="range"
          min="1"
          max=${replay.ends.length}
          .value=${String(moment.ended)}
          aria-label="As it stood when so many trials had ended"
          aria-valuetext=${words}
          @input=${(event: Event) => this.#tell(event, false)}
          @change=${(event: Event) => this.#tell(event, true)}
        />
        ${button({ label: 'Now', secondary: true, disabled: moment.ended === replay.ends.length, onClick: () => this.#show({ ended: replay.ends.length, settled: true }) })}
      </div>
      <p class="small words" aria-live="polite">${words}</p>
      <vitrine-chart label=${words} .build=${replayChart(replay, moment, (trial) => openTrial(this, trial))}></vitrine-chart>
      ${legend([...phasesOf(replay).map((phase) => ({ words: phaseTitles[phase], mark: phaseMarks[phase], count: moment.phases[phase] ?? 0 })), { line: 'foreground' as const, words: 'best so far' }])}
      ${endedTrials(replay).some(({ feasible, whole }) => !feasible || !whole) ? html`<p class="small quiet">Hollow marks break a constraint or had a part of the resource only: they cannot be the best.</p>` : nothing}
    </vitrine-figure>`;
  }

  #tell(event: Event, settled: boolean): void {
    this.#show({ ended: (event.target as HTMLInputElement).valueAsNumber, settled });
  }

  #show(moment: Moment): void {
    this.dispatchEvent(new CustomEvent<Moment>('vitrine-moment', { detail: moment }));
  }
}

const phasesOf = ({ trials }: SearchReplay): readonly Reason['phase'][] => [
  ...new Set(trials.map(({ phase }) => phase)),
];

/** 'When 12 of 40 trials had ended, after 8 s: the best was trial 7 with log loss 0.04. 10 complete, 2 failed, 1 running.' */
export function momentWords(
  { ended, seconds, best, counts }: ReplayMoment,
  { ends, objectives }: SearchReplay,
): string {
  const value = best
    ? `the best was trial ${best.trial} with ${metricInSentence(objectives[0].name)} ${numberWords(best.value, 4)}`
    : 'there was no best yet';
  const states = (['complete', 'pruned', 'failed', 'running'] as const).filter((state) => counts[state] > 0);
  const so = states.map((state) => `${numberWords(counts[state])} ${state}`);
  return `When ${numberWords(ended)} of ${countWords(ends.length, 'trial')} had ended, after ${secondsWords(seconds)}: ${value}. ${listWords(so)}.`;
}

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
define('vitrine-search-replay', ReplayView);
