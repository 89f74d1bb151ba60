import { html, nothing } from 'lit';
import {
  type AttackedRow,
  attackedRowWords,
  type RobustnessReport,
  robustnessWords,
} from '../../shared/results/robustness.ts';
import '../charts/chart.ts';
import { robustnessChart } from '../charts/robustness-chart.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import type { TableContent } from '../components/table-content.ts';
import '../components/figure.ts';
import { cellWords, notMeasured, numberWords, percentWords } from '../../shared/results/numbers.ts';
import { icon } from '../components/icon.ts';
import { quality } from '../explain/quality.ts';
import { robustnessStyles } from './robustness-styles.ts';

/** How it can be fooled: never robust accuracy without the clean figures and the baseline beside it. */
export class RobustnessView extends VitrineElement {
  static override styles = [baseStyles, robustnessStyles];
  static override properties = { result: { attribute: false } };
  declare result: RobustnessReport | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const words = robustnessWords(result);
    if (result.attacks.length === 0) return html`${flags(result)} ${figures(result)} ${leftAlone(result)}`;
    return html`${flags(result)}
      <div class="sides">
        <vitrine-figure
          heading="How it can be fooled"
          question="${shareTitle(result)} after the worst edits that the attacks found: an upper bound, not a certificate."
          .words=${words}
          .table=${curveTable(result)}
        >
          <vitrine-chart label=${words} .build=${robustnessChart(result)}></vitrine-chart>
          ${legend(result)}
        </vitrine-figure>
        ${figures(result)}
      </div>
      ${smallest(result)} ${attacks(result)} ${quality(result)}`;
  }
}

const shareTitle = ({ tolerance }: RobustnessReport): string =>
  tolerance === undefined
    ? 'Share of rows still predicted rightly'
    : `Share of rows that moved by at most ${numberWords(tolerance)}`;

const flags = ({ flags }: RobustnessReport) =>
  flags.length === 0
    ? nothing
    : html`<aside role="note" class="unreliable">
        <h3>${icon('warning')} Unreliable</h3>
        <ul>
          ${flags.map((flag) => html`<li>${flag}</li>`)}
        </ul>
      </aside>`;

const legend = ({ tolerance }: RobustnessReport) => html`<ul class="legend small" aria-hidden="true">
  <li><span class="line"></span>${tolerance === undefined ? 'still right' : 'within tolerance'}</li>
  <li><span class="band"></span>95 % interval</li>
  ${tolerance === undefined ? html`<li><span class="line dashed"></span>majority baseline</li>` : nothing}
</ul>`;

type Figure = readonly [name: string, words: string, hint: string];

const classificationFigures = (result: RobustnessReport): readonly Figure[] => [
  ['Clean accuracy', percentWords(result.cleanAccuracy), 'Untouched rows predicted rightly'],
  ['Clean MCC', numberWords(result.cleanMcc), 'Matthews correlation; 0 for any constant predictor'],
  ['Majority baseline', percentWords(result.majorityBaseline), 'Accuracy of always saying the most frequent class'],
];

const regressionFigures = (result: RobustnessReport): readonly Figure[] => [
  ['Clean R²', numberWords(result.cleanR2), 'Share of the variance that is explained on untouched rows'],
  ['Tolerance', numberWords(result.tolerance), "How far a prediction may move and still count, in the target's unit"],
  ['A constant', percentWords(result.majorityBaseline), 'Share that withstands when the prediction never moves'],
];

function figures(result: RobustnessReport) {
  const entries: readonly Figure[] = [
    ...(result.tolerance === undefined ? classificationFigures(result) : regressionFigures(result)),
    ['Rows attacked', numberWords(result.rows), ''],
    [
      'Valid edits',
      result.validEditRate === null ? notMeasured : percentWords(result.validEditRate, 0),
      'Proposed edits that broke no type, range or observed level',
    ],
    [
      'Categorical edits',
      `at most ${result.categoricalEdits}`,
      'Other observed levels that an attack may put into one row',
    ],
  ];
  return html`<dl class="figures">
    ${entries.map(([name, words, hint]) => html`<div title=${hint || nothing}><dt>${name}</dt><dd class="numbers">${words}</dd></div>`)}
  </dl>`;
}

const smallest = (result: RobustnessReport) =>
  html`<section>
    <h3>Smallest edits that flip a prediction</h3>
    ${
      result.examples.length === 0
        ? html`<p class="quiet">None was found within the sizes tried.</p>`
        : html`<ul class="edits">
          ${result.examples.map((row) => html`<li aria-label=${attackedRowWords(row, result.tolerance !== undefined)}>${edits(row)}</li>`)}
        </ul>`
    }
  </section>`;

const edits = (row: AttackedRow) => html`<span class="quiet numbers">Row ${row.rowIndex}</span>
  <span>
    ${row.edits.map(
      ({ column, from, to }, index) =>
        html`${index > 0 ? ', ' : ''}${column} <span class="numbers">${cellWords(from)} → <strong>${cellWords(to)}</strong></span>`,
    )}:
    ${cellWords(row.before)} becomes <strong>${cellWords(row.after)}</strong>${String(row.truth) === String(row.before) ? '' : ` (truth ${cellWords(row.truth)})`}
  </span>
  <span class="small quiet numbers">${sizeWords(row)}</span>`;

const sizeWords = ({ epsilon, categoricalEdits }: AttackedRow): string =>
  [epsilon > 0 ? `${numberWords(epsilon)} IQR` : '', categoricalEdits > 0 ? `${categoricalEdits} categorical` : '']
    .filter(Boolean)
    .join(', ');

const attacks = (result: RobustnessReport) => html`<p class="small quiet">
  Attacks:
  ${result.attacks.map(({ name, access, queries }) => `${name} (by ${access}, ${numberWords(queries)} queries)`).join('; ')}.
</p>
${leftAlone(result)}`;

const leftAlone = ({ frozen }: RobustnessReport) =>
  frozen.length === 0
    ? nothing
    : html`<p class="small quiet">Left alone: ${frozen.map(({ column, reason }) => `${column} (${reason})`).join(', ')}.</p>`;

const curveTable = (result: RobustnessReport): TableContent => ({
  caption: 'Robustness curve',
  columns: [
    { title: 'Edits up to (IQR)', numeric: true },
    { title: shareTitle(result), numeric: true },
    { title: 'Low', numeric: true },
    { title: 'High', numeric: true },
  ],
  rows: result.curve.map(({ epsilon, robustAccuracy, interval }) => [
    numberWords(epsilon),
    percentWords(robustAccuracy),
    percentWords(interval.low),
    percentWords(interval.high),
  ]),
});
define('vitrine-robustness', RobustnessView);
