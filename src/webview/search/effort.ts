import { css, html, nothing, svg } from 'lit';
import { countWords, numberWords, percentIntervalWords, percentWords } from '../../shared/results/numbers.ts';
import { type SearchEffort, searchEffortWords } from '../../shared/results/search-effort.ts';
import { replayAt, type SearchReplay } from '../../shared/results/search-replay.ts';
import '../charts/interval-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { balanceStyles, balances } from './balance.ts';
import { phaseTitles } from './phase-marks.ts';
import { effortTable } from './tables/effort.ts';

const rowHeight = 20;

/** Where the trials went: a tick a trial in its phase's row, taller where it improved the best; what each phase brought; parameters; stops. */
export class EffortView extends VitrineElement {
  static override styles = [
    baseStyles,
    balanceStyles,
    css`
      .strip {
        display: grid;
        grid-template-columns: fit-content(35%) 1fr max-content;
        gap: 2px 10px;
        align-items: center;
      }
      .strip svg {
        display: block;
        width: 100%;
        height: ${rowHeight}px;
        overflow: visible;
      }
      .tick {
        stroke: var(--vscode-charts-blue);
        stroke-opacity: 0.55;
        stroke-width: 2;
      }
      .improved {
        stroke: var(--vscode-charts-green);
        stroke-opacity: 1;
        stroke-width: 3;
      }
      .floor {
        stroke: var(--vscode-charts-lines);
      }
      h4 {
        margin: 14px 0 2px;
        font-size: inherit;
        font-weight: 600;
      }
      vitrine-table {
        margin-top: 4px;
      }
    `,
  ];
  static override properties = { result: { attribute: false }, replay: { attribute: false } };
  declare result: SearchEffort | null;
  declare replay: SearchReplay | null;

  constructor() {
    super();
    this.result = null;
    this.replay = null;
  }

  protected override render() {
    const { result } = this;
    if (!result || result.phases.length === 0) return nothing;
    const { stops, parameters } = result;
    return html`<vitrine-figure
      heading="Explore against exploit"
      question="Where did the trials go, and which of them improved the best?"
      .words=${searchEffortWords(result)}
      .table=${effortTable(result)}
    >
      ${this.replay ? this.#strip(result, this.replay) : nothing}
      <p class="small quiet">A tick is a trial, from the first to the last; a tall green one improved the best.</p>
      <h4>Share of finished trials that improved the best</h4>
      <vitrine-interval-bars
        label="Share of finished trials that improved the best"
        .bars=${result.phases.flatMap(({ phase, rate, interval, finished }) =>
          rate === null || interval === null
            ? []
            : [
                {
                  label: phaseTitles[phase],
                  value: rate,
                  interval,
                  words: percentWords(rate, 0),
                  note: `${percentIntervalWords(interval)} of ${numberWords(finished)}`,
                },
              ],
        )}
      ></vitrine-interval-bars>
      ${parameters.length > 0 ? html`<h4>By hyperparameter, on average</h4>${balances(parameters)}` : nothing}
      ${stops.length > 0 ? html`<h4>Stopped early</h4>${stops.map((stop) => html`<p class="small">${stopWords(stop)}</p>`)}` : nothing}
    </vitrine-figure>`;
  }

  #strip({ phases }: SearchEffort, replay: SearchReplay) {
    const { trials, ends } = replay;
    // The first trial with a value improves on nothing.
    const [, ...later] = replayAt(replay, ends.length).improvements;
    const improved = new Set(later.map(({ trial }) => trial));
    const last = Math.max(1, trials.at(-1)?.trial ?? 0);
    return html`<div class="strip" aria-hidden="true">
      ${phases.map(
        ({ phase, trials: count }) => html`<span class="small">${phaseTitles[phase]}</span>
          <svg>
            <line class="floor" x1="0" x2="100%" y1=${rowHeight} y2=${rowHeight}></line>
            ${trials.filter((trial) => trial.phase === phase).map(({ trial }) => tick((100 * trial) / last, improved.has(trial)))}
          </svg>
          <span class="small quiet numbers">${count}</span>`,
      )}
    </div>`;
  }
}

const tick = (percent: number, improved: boolean) =>
  svg`<line class=${improved ? 'tick improved' : 'tick'} x1="${percent}%" x2="${percent}%" y1=${improved ? 2 : 10} y2=${rowHeight}></line>`;

const stopWords = ({ pruner, trials, used }: SearchEffort['stops'][number]): string =>
  `${pruner}: ${countWords(trials, 'trial')}${used === null ? '' : `, after ${percentWords(used, 0)} of the steps on average`}`;

define('vitrine-search-effort', EffortView);
