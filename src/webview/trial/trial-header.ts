import { css, html, nothing } from 'lit';
import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import { finalTitles } from '../../shared/results/final-models.ts';
import { numberWords, secondsWords } from '../../shared/results/numbers.ts';
import type { TrialDetail } from '../../shared/results/study.ts';
import type { TrialState } from '../../shared/trial.ts';
import { learnerMarkStyles } from '../charts/learner-mark-styles.ts';
import { learnerSwatch } from '../charts/learner-marks.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import { type IconName, icon } from '../components/icon.ts';
import { metricInfo, valueWords } from '../study/objective.ts';
import { figureList, headerStyles } from './header-figures.ts';
import './reason.ts';

const states: Readonly<Record<TrialState, { readonly icon: IconName; readonly words: string }>> = {
  waiting: { icon: 'sync', words: 'Waiting' },
  running: { icon: 'sync', words: 'Running' },
  complete: { icon: 'pass', words: 'Complete' },
  pruned: { icon: 'circleSlash', words: 'Pruned' },
  failed: { icon: 'error', words: 'Failed' },
};

/** Number, learner, score, rank and state of a trial, and why it was tried. */
export class TrialHeader extends VitrineElement {
  static override styles = [
    baseStyles,
    learnerMarkStyles,
    headerStyles,
    css`
      .why {
        display: block;
      }
      .message {
        margin-top: 6px;
        overflow-wrap: anywhere;
      }
    `,
  ];
  static override properties = {
    detail: { attribute: false },
    rank: { attribute: false },
  };
  declare detail: TrialDetail | null;
  /** Place among the trials with a value, from 1; null where it is not known. */
  declare rank: number | null;

  constructor() {
    super();
    this.detail = null;
    this.rank = null;
  }

  protected override render() {
    if (!this.detail) return nothing;
    const { trial, isBest, roles = [] } = this.detail;
    const state = states[trial.state];
    return html`<h1>
        ${learnerSwatch(trial.learner)}<span>Trial ${trial.number}</span><span class="quiet">${trial.learner}</span>
        <span class="state ${trial.state}">${icon(state.icon)}${state.words}</span>
        ${isBest ? html`<span class="state best">${icon('starFull')}Best of the search</span>` : nothing}
        ${roles.includes('readable') ? html`<span class="state">${icon('book')}${finalTitles.readable}</span>` : nothing}
      </h1>
      ${trial.message ? html`<p class="message">${trial.message}</p>` : nothing} ${this.#figures(this.detail)}
      <h2>Why this configuration</h2>
      <vitrine-reason .trial=${trial}></vitrine-reason>`;
  }

  #figures({ trial, objectives, hasModel }: TrialDetail) {
    const { testMetrics, model } = trial;
    const seconds =
      trial.startedAt !== undefined && trial.endedAt !== undefined ? (trial.endedAt - trial.startedAt) / 1000 : null;
    const tests = testMetrics ? objectives.filter(({ metric }) => testMetrics[metric] !== undefined) : [];
    const figures = [
      ...(this.rank === null || trial.state !== 'complete'
        ? []
        : [{ name: 'Rank', words: numberWords(this.rank), hint: 'By the first objective' }]),
      ...objectives.map(({ metric }, at) => ({
        name: metricInfo(metric).title,
        words: valueWords(metric, trial.values?.[at]),
        hint: `${metricInfo(metric).words}${hasModel ? ' Validation.' : ''}`,
      })),
      ...tests.map(({ metric }) => ({
        name: `Test ${metricInSentence(metric)}`,
        words: valueWords(metric, testMetrics?.[metric]),
        hint: 'On rows that the search never saw',
      })),
      { name: 'Time', words: secondsWords(seconds), hint: '' },
      ...(model
        ? [{ name: 'Model', words: model.words, hint: `${numberWords(model.parameters)} fitted numbers` }]
        : []),
    ];
    return figureList(figures);
  }
}
define('vitrine-trial-header', TrialHeader);
