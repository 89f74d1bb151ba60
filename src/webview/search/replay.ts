import { css, html, nothing } from 'lit';
import { replayAt, type SearchReplay } from '../../shared/results/search-replay.ts';
import type { Reason } from '../../shared/trial.ts';
import '../charts/chart.ts';
import { endedTrials, replayChart } from '../charts/replay-chart.ts';
import { baseStyles } from '../components/base-styles.ts';
import { button } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { openTrial } from '../study/open-trial.ts';
import { legend, legendStyles } from './legend.ts';
import { phaseMarks, phaseTitles } from './phase-marks.ts';
import { momentWords } from './tables/moment-words.ts';
import { replayTable } from './tables/replay.ts';

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
        accent-color: var(--vscode-charts-blue);
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

define('vitrine-search-replay', ReplayView);
