import { css, html, nothing } from 'lit';
import {
  cellWords,
  countWords,
  numberWords,
  percentIntervalWords,
  percentWords,
} from '../../shared/results/numbers.ts';
import {
  aucWords,
  type DoubtedRow,
  type TrustBand,
  type TrustScore,
  trustBasisWords,
  trustScoreWords,
} from '../../shared/results/trust-score.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import type { TableCell, TableContent } from '../components/table-content.ts';
import { quality } from './quality.ts';

/** Which predictions the rows around them contradict, and whether those are the wrong ones. */
export class TrustScoreView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      h4 {
        font-size: inherit;
        font-weight: 600;
        margin: 14px 0 0;
      }
      .basis {
        margin-top: 8px;
      }
    `,
  ];
  static override properties = { result: { attribute: false } };
  declare result: TrustScore | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    return html`<vitrine-figure
      heading="Which predictions to doubt"
      question="Trust is how much farther the nearest training row of another outcome is than that of the predicted one: below 1 the rows around contradict the model."
      .words=${trustScoreWords(result)}
      .table=${bandsTable(result)}
    >
      ${result.partial ? html`<p class="small">${result.partial}</p>` : nothing}
      <p class="small quiet">${headline(result)}</p>
      <vitrine-interval-bars label="Errors by trust" .bars=${result.bands.map((band, i) => bar(band, i, result))}></vitrine-interval-bars>
      ${
        result.doubted.length > 0
          ? html`<h4>Trusted least</h4>
              <vitrine-table .content=${doubtedTable(result)}></vitrine-table>`
          : nothing
      }
      <p class="small quiet basis">${trustBasisWords(result)}</p>
      ${quality(result)}
    </vitrine-figure>`;
  }
}

function headline(result: TrustScore): string {
  const own =
    result.confidenceAuc === null ? '' : `; the model's own probability with ${numberWords(result.confidenceAuc, 2)}`;
  const ranks = result.auc === null ? '' : ` Trust ranks errors with an area of ${aucWords(result)}${own}.`;
  return `Share of wrong predictions, of rows in fifths by their trust; lines are 95 % intervals.${ranks}`;
}

function bar(band: TrustBand, place: number, { bands }: TrustScore): Bar {
  const name = place === 0 ? 'trusted least' : place === bands.length - 1 ? 'trusted most' : undefined;
  return {
    label: `${numberWords(band.low, 2)} to ${numberWords(band.high, 2)}`,
    value: band.wrong,
    interval: band.interval,
    words: percentWords(band.wrong),
    note: name ? `${name}, ${countWords(band.rows, 'row')}` : countWords(band.rows, 'row'),
  };
}

const bandsTable = ({ bands }: TrustScore): TableContent => ({
  caption: 'Wrong predictions by trust',
  columns: [
    { title: 'Trust from', numeric: true },
    { title: 'to', numeric: true },
    { title: 'Rows', numeric: true },
    { title: 'Wrong', numeric: true },
    { title: '95 % interval' },
  ],
  rows: bands.map(({ low, high, rows, wrong, interval }) => [
    numberWords(low),
    numberWords(high),
    numberWords(rows),
    percentWords(wrong),
    percentIntervalWords(interval),
  ]),
});

function doubtedTable({ doubted }: TrustScore): TableContent {
  const names = Object.keys(doubted[0].row);
  const hasConfidence = doubted[0].confidence !== undefined;
  return {
    caption: 'Rows trusted least',
    columns: [
      { title: 'Row', numeric: true },
      { title: 'Trust', numeric: true },
      { title: 'Predicted' },
      ...(hasConfidence ? [{ title: 'Probability', numeric: true }] : []),
      { title: 'Truth' },
      { title: 'Nearest other' },
      ...names.map((name) => ({ title: name, numeric: typeof doubted[0].row[name] === 'number' })),
    ],
    rows: doubted.map((one) => [
      String(one.rowIndex),
      numberWords(one.trust),
      predictedCell(one),
      ...(hasConfidence ? [percentWords(one.confidence)] : []),
      cellWords(one.truth),
      {
        text: `${cellWords(one.rival.truth)} (row ${one.rival.rowIndex})`,
        title: `at distance ${numberWords(one.rival.distance)}; the nearest of the predicted outcome at ${one.distance === null ? 'none' : numberWords(one.distance)}`,
      },
      ...names.map((name) => cellWords(one.row[name])),
    ]),
  };
}

const predictedCell = ({ predicted, truth }: DoubtedRow): TableCell =>
  typeof predicted === 'number' || predicted === truth
    ? cellWords(predicted)
    : { text: `${predicted} ✗`, title: `wrong: the truth is ${truth}` };
define('vitrine-trust-score', TrustScoreView);
