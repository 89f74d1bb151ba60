import { css, html, nothing } from 'lit';
import {
  anovaBasisWords,
  type ColumnVariance,
  dependentWords,
  type FunctionalAnova,
  factorName,
  functionalAnovaWords,
  type PairVariance,
  type VarianceShare,
  varianceShareWords,
} from '../../shared/results/functional-anova.ts';
import { percentIntervalWords, percentWords } from '../../shared/results/numbers.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import { link } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { icon } from '../components/icon.ts';
import type { TableContent } from '../components/table-content.ts';
import { quality } from './quality.ts';

const shortLength = 8;

/** Where the variance of predictions comes from: shares of columns alone, and of pairs beyond them, with intervals. */
export class FunctionalAnovaView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      h4 {
        font-size: inherit;
        font-weight: 600;
        margin: 14px 0 4px;
      }
      .warning {
        margin-top: 10px;
      }
      .warning .icon {
        color: var(--warn);
      }
    `,
  ];
  static override properties = { result: { attribute: false }, whole: { state: true } };
  declare result: FunctionalAnova | null;
  declare whole: boolean;

  constructor() {
    super();
    this.result = null;
    this.whole = false;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const pairs = result.pairs.filter(({ distinguishable }) => distinguishable);
    const most = this.whole ? Number.POSITIVE_INFINITY : shortLength;
    const dependent = dependentWords(result);
    return html`<vitrine-figure
      heading="Where the variance of predictions comes from"
      question="Shares of the variance of the ${result.unit}, with 95 % intervals; hollow what cannot be told from chance. ${anovaBasisWords(result)}"
      .words=${functionalAnovaWords(result)}
      .table=${anovaTable(result)}
    >
      ${result.partial ? html`<p>${result.partial}</p>` : nothing}
      ${
        result.columns.length > 0
          ? html`<h4>Columns by themselves</h4>
              <vitrine-interval-bars label="Share of each column" .bars=${result.columns.slice(0, most).map(columnBar)}></vitrine-interval-bars>`
          : nothing
      }
      ${
        pairs.length > 0
          ? html`<h4>Pairs, beyond what their columns do alone</h4>
              <vitrine-interval-bars label="Share of each pair" .bars=${pairs.slice(0, most).map(pairBar)}></vitrine-interval-bars>`
          : html`<p class="small quiet">No pair gives more than chance would.</p>`
      }
      ${result.rest >= 0.005 ? html`<p class="small quiet">${percentWords(result.rest)} is of three columns and more together, or within the errors.</p>` : nothing}
      ${Math.max(result.columns.length, pairs.length) > shortLength ? html`<p class="small">${link(this.whole ? `Show the first ${shortLength}` : 'Show all', this.#toggle)}</p>` : nothing}
      ${dependent ? html`<p class="small warning">${icon('warning', 'Warning')} ${dependent}</p>` : nothing}
      ${quality(result)}
    </vitrine-figure>`;
  }

  #toggle = (): void => {
    this.whole = !this.whole;
  };
}

const bar = (label: string, { share, interval, distinguishable }: VarianceShare, note?: string): Bar => ({
  label,
  value: share,
  interval,
  words: percentWords(share),
  look: distinguishable ? 'solid' : 'hollow',
  note,
});

const columnBar = (one: ColumnVariance): Bar =>
  bar(factorName(one), one.main, `with all that it takes part in ${percentWords(one.total.share)}`);
const pairBar = (pair: PairVariance): Bar => bar(pair.columns.join(' with '), pair);

function anovaTable({ columns, pairs }: FunctionalAnova): TableContent {
  const told = ({ distinguishable }: VarianceShare) => (distinguishable ? 'yes' : 'no');
  return {
    caption: 'Where the variance of predictions comes from',
    columns: [
      { title: 'Columns' },
      { title: 'Share', numeric: true, hint: "Sobol's index: by itself, or of a pair beyond its columns" },
      { title: '95 % interval', numeric: true },
      {
        title: 'Total share',
        numeric: true,
        hint: 'With everything that the column takes part in, and its 95 % interval',
      },
      { title: 'Told from chance' },
    ],
    rows: [
      ...columns.map((one) => [
        factorName(one),
        percentWords(one.main.share),
        percentIntervalWords(one.main.interval, 1),
        varianceShareWords(one.total),
        told(one.main),
      ]),
      ...pairs.map((pair) => [
        pair.columns.join(' with '),
        percentWords(pair.share),
        percentIntervalWords(pair.interval, 1),
        '',
        told(pair),
      ]),
    ],
  };
}
define('vitrine-functional-anova', FunctionalAnovaView);
