import { css, html, nothing } from 'lit';
import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import { countWords, numberWords, percentIntervalWords, percentWords } from '../../shared/results/numbers.ts';
import {
  adviceWords,
  type OutlookEstimate,
  type SearchOutlook,
  searchOutlookWords,
} from '../../shared/results/search-outlook.ts';
import '../charts/chart.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { outlookChart } from '../charts/outlook-chart.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { type IconName, icon } from '../components/icon.ts';
import { basis, basisStyles } from './basis.ts';
import { legend, legendStyles } from './legend.ts';
import { outlookTable } from './tables/outlook.ts';

const adviceIcons: Readonly<Record<SearchOutlook['advice'], IconName>> = {
  'go on': 'play',
  'may stop': 'pass',
  'cannot tell': 'question',
};

/** 'May I stop?': the advice, the chance and the gain of going on by each estimate, and how they grow. */
export class OutlookView extends VitrineElement {
  static override styles = [
    baseStyles,
    basisStyles,
    legendStyles,
    css`
      .advice {
        display: flex;
        gap: 6px;
        font-weight: 600;
        margin-bottom: 6px;
      }
      h4 {
        margin: 10px 0 2px;
        font-size: inherit;
        font-weight: normal;
        color: var(--quiet);
      }
      .how {
        margin-top: 6px;
      }
      vitrine-chart {
        --chart-height: 160px;
      }
    `,
  ];
  static override properties = { result: { attribute: false } };
  declare result: SearchOutlook | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const { advice, horizon, estimates, objective } = result;
    return html`<vitrine-figure
      heading="May I stop?"
      question="How likely do further trials improve the best, and by how much?"
      .words=${searchOutlookWords(result)}
      .table=${outlookTable(result)}
    >
      <p class="advice">${icon(adviceIcons[advice])}<span>${adviceWords[advice]}</span></p>
      <h4>Chance that ${countWords(horizon, 'more trial improves', 'more trials improve')} the best</h4>
      <vitrine-interval-bars label="Chance to improve" .bars=${estimates.map(chanceBar)}></vitrine-interval-bars>
      <h4>Expected improvement of ${metricInSentence(objective)}</h4>
      <vitrine-interval-bars label="Expected improvement" .bars=${estimates.map(gainBar)}></vitrine-interval-bars>
      <h4>Chance by the number of further trials</h4>
      <vitrine-chart label=${searchOutlookWords(result)} .build=${outlookChart(result)}></vitrine-chart>
      ${legend(estimates.map(({ method }, i) => ({ line: i === 0 ? 'blue' : 'orange', dashed: i > 0, words: `by the ${method}` })))}
      ${estimates.map(({ words }) => html`<p class="small quiet how">${words}</p>`)} ${basis(result)}
    </vitrine-figure>`;
  }
}

const chanceBar = ({ method, chance, chanceInterval }: OutlookEstimate): Bar => ({
  label: `by the ${method}`,
  value: chance,
  interval: chanceInterval,
  words: percentWords(chance, 0),
  note: percentIntervalWords(chanceInterval),
});
const gainBar = ({ method, gain, gainInterval }: OutlookEstimate): Bar => ({
  label: `by the ${method}`,
  value: gain,
  interval: gainInterval,
  words: numberWords(gain),
});

define('vitrine-search-outlook', OutlookView);
