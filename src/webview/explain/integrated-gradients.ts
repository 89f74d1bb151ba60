import { html, nothing } from 'lit';
import {
  type GradientTerm,
  type IntegratedGradients,
  integratedGradientsWords,
  jumpWords,
  type SmoothSlope,
  tellingTerms,
} from '../../shared/results/integrated-gradients.ts';
import { cellWords, changeWords, countWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/empty-state.ts';
import '../components/figure.ts';
import type { TableContent } from '../components/table-content.ts';
import { quality } from './quality.ts';
import { shapStyles } from './shap-styles.ts';

const shortLength = 12;

/** What each number adds between the baseline and the row, and how steep the prediction is near the row. */
export class IntegratedGradientsView extends VitrineElement {
  static override styles = [baseStyles, shapStyles];
  static override properties = { result: { attribute: false } };
  declare result: IntegratedGradients | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    return html`<vitrine-figure
      heading="What each number adds, by gradients"
      question="Row ${result.rowIndex}: why this prediction? What the ${result.unit} gains on the way from the baseline to the row."
      lead=${result.partial ?? ''}
      .words=${integratedGradientsWords(result)}
      .table=${gradientTable(result)}
    >
      ${figures(result)} ${result.trustworthy ? bars(result) : refusal(result)} ${slopes(result)} ${quality(result)}
    </vitrine-figure>`;
  }
}

const figures = ({ base, explained, unit }: IntegratedGradients) => html`<dl>
  ${[
    ['At the baseline (median row)', numberWords(base)],
    [`This row's ${unit}`, numberWords(explained)],
  ].map(([name, words]) => html`<div><dt>${name}</dt><dd class="numbers">${words}</dd></div>`)}
</dl>`;

function bars({ terms, jump }: IntegratedGradients) {
  const telling = tellingTerms(terms);
  const still = terms.length - telling.length;
  const rest = telling.slice(shortLength);
  const all: Bar[] = [
    ...telling.slice(0, shortLength).map(bar),
    ...(rest.length > 0 ? [restBar(rest)] : []),
    ...(jump ? [jumpBar(jump)] : []),
  ];
  return html`<vitrine-interval-bars label="What each number adds" .bars=${all}></vitrine-interval-bars>
    ${still > 0 ? html`<p class="small quiet">${countWords(still, 'column')} ${still === 1 ? 'adds' : 'add'} nothing here.</p>` : nothing}`;
}

const bar = ({ column, value, baseline, contribution }: GradientTerm): Bar => ({
  label: `${column} = ${cellWords(value)}`,
  value: contribution,
  words: changeWords(contribution),
  note: `baseline ${cellWords(baseline)}`,
});

function restBar(terms: readonly GradientTerm[]): Bar {
  const value = terms.reduce((sum, { contribution }) => sum + contribution, 0);
  return { label: `${countWords(terms.length, 'smaller one')} together`, value, words: changeWords(value) };
}

const jumpBar = ({ columns, contribution }: NonNullable<IntegratedGradients['jump']>): Bar => ({
  label: columns.length === 1 ? columns[0] : `${countWords(columns.length, 'other column')}`,
  value: contribution,
  words: changeWords(contribution),
  note: 'slopes cannot follow: changed all at once',
});

const refusal = ({ quality: { words } }: IntegratedGradients) =>
  html`<vitrine-empty-state
    picture="warning"
    tone="warning"
    heading="Gradients do not tell the reason here"
    words=${words}
  ></vitrine-empty-state>`;

function slopes({ slopes, options }: IntegratedGradients) {
  const steep = slopes.filter(({ slope }) => slope !== 0).slice(0, shortLength);
  if (steep.length === 0) return nothing;
  const share = typeof options.sigma === 'number' ? percentWords(options.sigma, 0) : 'some';
  return html`<h4>Near the row</h4>
    <p class="small quiet">How the prediction moves if a number grows by ${share} of its range (SmoothGrad), with 95 % intervals.</p>
    <vitrine-interval-bars label="Slopes near the row" .bars=${steep.map(slopeBar)}></vitrine-interval-bars>`;
}

const slopeBar = ({ column, slope, error }: SmoothSlope): Bar => ({
  label: column,
  value: slope,
  interval: { low: slope - error, high: slope + error },
  words: changeWords(slope),
  look: Math.abs(slope) > error ? 'solid' : 'hollow',
  note: Math.abs(slope) > error ? undefined : 'may be nothing',
});

function gradientTable({ terms, jump, base, explained, gap, slopes, unit }: IntegratedGradients): TableContent {
  const slopeOf = new Map(slopes.map(({ column, slope }) => [column, slope]));
  const blank = ['', '', ''];
  return {
    caption: `What each number adds to the ${unit}`,
    columns: [
      { title: 'Column' },
      { title: 'Value' },
      { title: 'Baseline' },
      { title: 'Adds', numeric: true },
      { title: 'Slope near', numeric: true, hint: 'Mean slope over noisy copies, in steps of the noise' },
    ],
    rows: [
      ['(base)', '', '', numberWords(base), ''],
      ...(jump ? [[jumpWords(jump.columns), '', '', changeWords(jump.contribution), '']] : []),
      ...terms.map(({ column, value, baseline, contribution }) => [
        column,
        cellWords(value),
        cellWords(baseline),
        changeWords(contribution),
        slopeOf.has(column) ? changeWords(slopeOf.get(column)) : '',
      ]),
      ['(missed)', ...blank.slice(1), changeWords(gap), ''],
      ['(sum)', ...blank.slice(1), numberWords(explained), ''],
    ],
  };
}
define('vitrine-integrated-gradients', IntegratedGradientsView);
