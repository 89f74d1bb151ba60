import { css, html, nothing } from 'lit';
import { countWords, numberWords } from '../../shared/results/numbers.ts';
import {
  type ColumnEffect,
  type Dependence,
  type ShapSummary,
  shapSummaryBasisWords,
  shapSummaryWords,
} from '../../shared/results/shap-summary.ts';
import '../charts/chart.ts';
import { effectScatter } from '../charts/effect-scatter.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import { link } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import { select } from '../components/select.ts';
import type { TableContent } from '../components/table-content.ts';
import '../components/figure.ts';
import { quality } from './quality.ts';

const shortLength = 12;

/** Which columns matter over many rows, and how one of them does: its values across, what they add up and down. */
export class ShapSummaryView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .drawn {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 8px;
        margin: 14px 0 6px;
      }
    `,
  ];
  static override properties = { result: { attribute: false }, whole: { state: true }, chosen: { state: true } };
  declare result: ShapSummary | null;
  declare whole: boolean;
  /** The column whose dependence is drawn; null: the most important one. */
  declare chosen: string | null;

  constructor() {
    super();
    this.result = null;
    this.whole = false;
    this.chosen = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const shown = this.whole ? result.columns : result.columns.slice(0, shortLength);
    const rest = result.columns.length - shortLength;
    const drawn = result.dependence.find(({ column }) => column === this.chosen) ?? result.dependence[0];
    return html`<vitrine-figure
      heading="What the columns add, over many rows"
      question="Which columns matter? By how much each moves the ${result.unit} on average, up or down; lines are 95 % intervals over the rows."
      lead=${result.partial ?? ''}
      .words=${shapSummaryWords(result)}
      .table=${summaryTable(result)}
    >
      <vitrine-interval-bars label="Mean absolute effect by column" .bars=${shown.map(bar)}></vitrine-interval-bars>
      ${rest > 0 ? html`<p class="small">${link(this.whole ? `Show the first ${shortLength}` : `Show ${rest} more`, this.#toggle)}</p>` : nothing}
      ${drawn ? this.#dependence(result, drawn) : nothing}
      <p class="small quiet">${shapSummaryBasisWords(result)}</p>
      ${quality(result)}
    </vitrine-figure>`;
  }

  #dependence({ dependence, unit }: ShapSummary, drawn: Dependence) {
    const options = dependence.map(({ column }) => ({ value: column, label: column }));
    const choose = (value: string) => {
      this.chosen = value;
    };
    const of = drawn.class === undefined ? unit : unit.replace('each class', drawn.class);
    const missing = drawn.values.filter((value) => value === null).length;
    const standsApart = missing > 0 && drawn.values.some((value) => typeof value === 'number');
    return html`<p class="drawn">
        <span class="quiet">What a column adds to the ${of}, by its value:</span>
        ${select({ label: 'Column', options, value: drawn.column, onChange: choose })}
      </p>
      <vitrine-chart label="What ${drawn.column} adds, by its value" .build=${effectScatter(drawn)}></vitrine-chart>
      ${standsApart ? html`<p class="small quiet">At the right end: ${countWords(missing, 'row')} that ${missing === 1 ? 'lacks' : 'lack'} the value.</p>` : nothing}`;
  }

  #toggle = (): void => {
    this.whole = !this.whole;
  };
}

const bar = ({ column, importance, interval }: ColumnEffect): Bar => ({
  label: column,
  value: importance,
  interval,
  words: numberWords(importance),
});

function summaryTable({ columns, unit, classes = [] }: ShapSummary): TableContent {
  return {
    caption: `Mean absolute effect on the ${unit}`,
    columns: [
      { title: 'Column' },
      { title: 'Mean effect', numeric: true, hint: 'Mean absolute Shapley value' },
      { title: 'Low', numeric: true, hint: 'Lower end of the 95 % interval' },
      { title: 'High', numeric: true, hint: 'Upper end of the 95 % interval' },
      ...classes.map((title) => ({ title, numeric: true })),
    ],
    rows: columns.map(({ column, importance, interval, byClass = [] }) => [
      column,
      numberWords(importance),
      numberWords(interval.low),
      numberWords(interval.high),
      ...byClass.map((value) => numberWords(value)),
    ]),
  };
}
define('vitrine-shap-summary', ShapSummaryView);
