import { css, html, nothing } from 'lit';
import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import { toldMetrics } from '../../shared/metrics.ts';
import type { LeaderboardRow, StudySnapshot } from '../../shared/results/study.ts';
import { learnerMarkStyles } from '../charts/learner-mark-styles.ts';
import { learnerSwatch } from '../charts/learner-marks.ts';
import { baseStyles } from '../components/base-styles.ts';
import { link } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import { metricInfo, valueWords } from './objective.ts';
import { openTrial } from './open-trial.ts';

/** The best trial's value in large figures, its learner, and its scores on the test part. */
export class BestResult extends VitrineElement {
  static override styles = [
    baseStyles,
    learnerMarkStyles,
    css`
      .value {
        font-size: calc(var(--vscode-font-size, 13px) * 2);
        font-weight: 300;
        line-height: 1.15;
        font-variant-numeric: tabular-nums;
        letter-spacing: -0.01em;
      }
      .who {
        display: flex;
        align-items: center;
        flex-wrap: wrap;
        gap: 2px 6px;
        margin-top: 2px;
      }
      dl {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 18px;
        margin-top: 8px;
      }
      dt {
        font-size: var(--small);
        color: var(--quiet);
      }
      dd {
        font-variant-numeric: tabular-nums;
      }
    `,
  ];
  static override properties = { snapshot: { attribute: false }, readOnly: { attribute: false } };
  declare snapshot: StudySnapshot | null;
  declare readOnly: boolean;

  constructor() {
    super();
    this.snapshot = null;
    this.readOnly = false;
  }

  protected override render() {
    const { snapshot } = this;
    const row = snapshot?.leaderboard.find(({ trial }) => trial === snapshot.best);
    const objective = snapshot?.objectives[0];
    if (!snapshot || !row || !objective) return nothing;
    const name = `trial ${row.trial}`;
    return html`<p class="small quiet" title=${metricInfo(objective.metric).words}>
        Best ${metricInSentence(objective.metric)}${snapshot.data ? ' on validation' : ''}
      </p>
      <p class="value">${valueWords(objective.metric, row.values[0])}</p>
      <p class="who">
        ${learnerSwatch(row.learner)}<span>${row.learner}</span>
        ${this.readOnly ? html`<span class="quiet">${name}</span>` : link(name, () => openTrial(this, row.trial))}
      </p>
      ${this.#test(row, snapshot)}`;
  }

  #test({ testMetrics }: LeaderboardRow, { objectives }: StudySnapshot) {
    if (!testMetrics) return nothing;
    const told = toldMetrics(
      objectives.map(({ metric }) => metric),
      testMetrics,
    );
    return html`<dl aria-label="Scores on the test part, which the search never saw">
      ${told.map(
        (metric) => html`<div title=${metricInfo(metric).words}>
            <dt>Test ${metricInSentence(metric)}</dt>
            <dd>${valueWords(metric, testMetrics[metric])}</dd>
          </div>`,
      )}
    </dl>`;
  }
}
define('vitrine-best-result', BestResult);
