import { css, html, nothing } from 'lit';
import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import { countWords, numberWords } from '../../shared/results/numbers.ts';
import type { EnsembleDetail } from '../../shared/results/study.ts';
import { bytesWords } from '../components/amounts.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import { icon } from '../components/icon.ts';
import { latencyOf, roleHints } from '../study/final-models-columns.ts';
import '../study/final-models-members.ts';
import { metricInfo, valueWords } from '../study/objective.ts';
import { figureList, headerStyles } from './header-figures.ts';

/** What the ensemble is made of, and its scores. */
export class EnsembleHeader extends VitrineElement {
  static override styles = [
    baseStyles,
    headerStyles,
    css`
      h1 .icon {
        color: var(--quiet);
      }
    `,
  ];
  static override properties = { detail: { attribute: false }, readOnly: { attribute: false } };
  declare detail: EnsembleDetail | null;
  declare readOnly: boolean;

  constructor() {
    super();
    this.detail = null;
    this.readOnly = false;
  }

  protected override render() {
    if (!this.detail) return nothing;
    const { ensemble, members } = this.detail;
    const stacked = ensemble.combination === 'stack';
    return html`<h1 title=${roleHints.ensemble}>
        ${icon('layers')}<span>Ensemble</span><span class="quiet">${countWords(members.length, 'model')}${stacked ? ', stacked' : ''}</span>
      </h1>
      ${figureList(figures(this.detail))}
      <h2>What it is made of</h2>
      <vitrine-ensemble-members .members=${members} .readOnly=${this.readOnly}></vitrine-ensemble-members>`;
  }
}

function figures({ ensemble, objectives }: EnsembleDetail) {
  const { metrics, testMetrics = {}, facts } = ensemble;
  const latency = latencyOf(ensemble);
  return [
    ...objectives.flatMap(({ metric }) => {
      const { title, words } = metricInfo(metric);
      const hint = `${words} Validation; a little flattered, as its weights were chosen there.`;
      return metrics[metric] === undefined ? [] : [{ name: title, words: valueWords(metric, metrics[metric]), hint }];
    }),
    ...objectives.flatMap(({ metric }) =>
      testMetrics[metric] === undefined
        ? []
        : [
            {
              name: `Test ${metricInSentence(metric)}`,
              words: valueWords(metric, testMetrics[metric]),
              hint: 'On rows that the search never saw',
            },
          ],
    ),
    { name: 'Size', words: bytesWords(facts.bytes), hint: `${numberWords(facts.parameters)} fitted numbers` },
    ...(latency === undefined
      ? []
      : [{ name: 'Latency', words: `${valueWords('latency', latency)} a row`, hint: 'Mean over a batch' }]),
  ];
}
define('vitrine-ensemble-header', EnsembleHeader);
