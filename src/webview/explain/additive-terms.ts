import { css, html, nothing, type TemplateResult } from 'lit';
import {
  type AdditiveTerm,
  type AdditiveTerms,
  additiveTermsWords,
  cellOfAxisWords,
  cellWordsOf,
  columnsOfTerm,
} from '../../shared/results/additive-terms.ts';
import { changeWords, countWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import { effectMap } from '../charts/effect-map.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { stepCurve } from '../charts/step-curve.ts';
import { baseStyles } from '../components/base-styles.ts';
import { link } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { select } from '../components/select.ts';
import type { TableContent } from '../components/table-content.ts';
import { quality } from './quality.ts';

const shortLength = 6;

/** The model's own graphs: curves of numbers, bars of levels, maps of pairs. */
export class AdditiveTermsView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .graphs {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr));
        gap: 18px 24px;
        align-items: start;
      }
      h4 {
        font-size: inherit;
        font-weight: 600;
        margin: 0;
      }
      .head {
        margin-bottom: 4px;
      }
      .class {
        display: flex;
        align-items: center;
        gap: 8px;
        margin-bottom: 10px;
      }
      .more {
        margin-top: 8px;
      }
    `,
  ];
  static override properties = { result: { attribute: false }, whole: { state: true }, score: { state: true } };
  declare result: AdditiveTerms | null;
  declare whole: boolean;
  declare score: number;

  constructor() {
    super();
    this.result = null;
    this.whole = false;
    this.score = 0;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const shown = this.whole ? result.terms : result.terms.slice(0, shortLength);
    const rest = result.terms.length - shortLength;
    const score = Math.min(this.score, result.intercept.length - 1);
    return html`<vitrine-figure
      heading="The model's own graphs"
      question="A prediction is ${numberWords(result.intercept[score])} and what each graph adds to it, in ${result.unit}; bands are two standard deviations over ${countWords(result.bags, 'bag')}."
      .words=${additiveTermsWords(result)}
      .table=${termsTable(result)}
    >
      ${result.classes ? this.#classChooser(result.classes, score) : nothing}
      <div class="graphs">${shown.map((term) => graph(term, score))}</div>
      ${rest > 0 ? html`<p class="small more">${link(this.whole ? `Show the first ${shortLength}` : `Show ${rest} more`, this.#toggle)}</p>` : nothing}
      ${
        this.whole && result.further.length > 0
          ? html`<p class="small quiet more">Not drawn: ${countWords(result.further.length, 'smaller graph')}.</p>`
          : nothing
      }
      ${quality(result)}
    </vitrine-figure>`;
  }

  #classChooser(classes: readonly string[], score: number) {
    const options = classes.map((label, k) => ({ value: String(k), label }));
    const choose = (value: string) => {
      this.score = Number(value);
    };
    return html`<div class="class">
      <span class="quiet">Class</span>${select({ label: 'Class', options, value: String(score), onChange: choose })}
    </div>`;
  }

  #toggle = (): void => {
    this.whole = !this.whole;
  };
}

function graph(term: AdditiveTerm, score: number): TemplateResult {
  const name = columnsOfTerm(term).join(' with ');
  return html`<section>
    <div class="head">
      <h4>${name}</h4>
      <span class="small quiet">${numberWords(term.importance)} on average</span>
    </div>
    ${drawing(term, score, `${name}: ${rangeWords(term, score)}`)}
  </section>`;
}

function drawing(term: AdditiveTerm, score: number, label: string): TemplateResult {
  const [axis, second] = term.axes;
  if (second) return effectMap(term, score, label);
  const { effect, error, share } = term;
  if (axis.kind === 'numbers') return stepCurve({ axis, effect: effect[score], error: error?.[score], share }, label);
  return html`<vitrine-interval-bars label=${label} .bars=${bars(term, score)}></vitrine-interval-bars>`;
}

/** Most of a long list of levels is drawn by their rows: the most frequent ones. */
const mostBars = 20;

function bars({ axes: [axis], effect, error, share }: AdditiveTerm, score: number): Bar[] {
  const order = share.map((_, cell) => cell).sort((a, b) => share[b] - share[a]);
  const chosen = order.slice(0, mostBars).sort((a, b) => effect[score][b] - effect[score][a]);
  return chosen.map((cell) => {
    const value = effect[score][cell];
    const spread = 2 * (error?.[score][cell] ?? 0);
    return {
      label: cellOfAxisWords(axis, cell),
      value,
      interval: { low: value - spread, high: value + spread },
      words: changeWords(value, 2),
      look: Math.abs(value) > spread ? 'solid' : 'hollow',
    };
  });
}

/** 'from -1.2 to +0.8' over the cells that hold rows. */
function rangeWords({ effect, share }: AdditiveTerm, score: number): string {
  const held = effect[score].filter((_, cell) => share[cell] > 0);
  return held.length > 0
    ? `from ${changeWords(Math.min(...held))} to ${changeWords(Math.max(...held))}`
    : 'adds nothing';
}

function termsTable({ terms, further, classes }: AdditiveTerms): TableContent {
  const cells = terms.flatMap((term) =>
    term.effect.flatMap((values, k) =>
      values.flatMap((value, cell) =>
        term.share[cell] > 0 && (term.axes.length === 1 || term.effect.length === 1)
          ? [
              [
                cellWordsOf(term, cell),
                ...(classes ? [classes[k]] : []),
                changeWords(value),
                term.error ? numberWords(term.error[k][cell]) : '',
                percentWords(term.share[cell]),
              ],
            ]
          : [],
      ),
    ),
  );
  return {
    caption: "The model's own graphs",
    columns: [
      { title: 'Where' },
      ...(classes ? [{ title: 'Class' }] : []),
      { title: 'Adds', numeric: true },
      { title: 'Error', numeric: true, hint: 'Standard deviation over the bags' },
      { title: 'Rows', numeric: true, hint: 'Share of the training rows' },
    ],
    rows: [
      ...cells,
      ...further.map(({ columns, importance }) => [
        `${columns.join(' with ')}, not drawn`,
        ...(classes ? [''] : []),
        `${numberWords(importance)} on average`,
        '',
        '',
      ]),
    ],
  };
}
define('vitrine-additive-terms', AdditiveTermsView);
