import { css, html, nothing } from 'lit';
import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import { type CohortMetric, type CohortRows, cohortVerdict, familiarOf } from '../../shared/results/cohort-rows.ts';
import { intervalWords, numberWords } from '../../shared/results/numbers.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';

/** Metrics of a cohort beside those of all rows. */
export class CohortFigures extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      dl {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 24px;
      }
      dt {
        color: var(--quiet);
        font-size: var(--small);
      }
      .value {
        font-size: 1.15em;
      }
      .verdict {
        margin-top: 4px;
      }
    `,
  ];
  static override properties = { rows: { attribute: false } };
  declare rows: CohortRows | null;

  constructor() {
    super();
    this.rows = null;
  }

  protected override render() {
    const { rows } = this;
    if (!rows) return nothing;
    const { loss } = rows;
    return html`<dl>${familiarOf(rows.metrics).map(figure)}</dl>
      <p class="small quiet verdict">
        ${cohortVerdict(rows)} Mean loss of a row ${numberWords(loss.cohort)} (${intervalWords(loss.interval)})${loss.rest === null ? '' : `, of all others ${numberWords(loss.rest)}`}. ${rows.quality.words}
      </p>`;
  }
}

const figure = ({ name, cohort, all }: CohortMetric) => html`<div>
  <dt>${metricInSentence(name)}</dt>
  <dd class="numbers"><span class="value">${numberWords(cohort)}</span> <span class="small quiet">all rows ${numberWords(all)}</span></dd>
</div>`;
define('vitrine-cohort-figures', CohortFigures);
