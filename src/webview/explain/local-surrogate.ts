import { css, html, nothing } from 'lit';
import { type LocalSurrogate, localSurrogateWords, type SurrogateTerm } from '../../shared/results/local-surrogate.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import type { TableContent } from '../components/table-content.ts';
import '../components/empty-state.ts';
import '../components/figure.ts';
import { changeWords, numberWords } from '../../shared/results/numbers.ts';
import { quality } from './quality.ts';

/** Why this prediction: what each condition of the row adds or takes away, unless the imitation is too poor to be read so. */
export class LocalSurrogateView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      dl {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 20px;
        margin: 0 0 8px;
      }
      dt {
        font-size: var(--small);
        color: var(--quiet);
      }
      details {
        margin-top: 4px;
      }
      summary {
        cursor: pointer;
        color: var(--vscode-textLink-foreground);
      }
      .poor {
        opacity: 0.75;
      }
    `,
  ];
  static override properties = { result: { attribute: false } };
  declare result: LocalSurrogate | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    return html`<vitrine-figure
      heading="Why this prediction"
      question="Row ${result.rowIndex}: what moves its predicted ${target(result)}, by a linear model fitted around it."
      .words=${localSurrogateWords(result)}
      .table=${surrogateTable(result)}
    >
      ${this.#figures(result)} ${result.trustworthy ? this.#bars(result) : this.#refusal(result)} ${quality(result)}
    </vitrine-figure>`;
  }

  #figures(result: LocalSurrogate) {
    const figures = [
      [`Predicted ${target(result)}`, numberWords(result.prediction)],
      ['The imitation gives', numberWords(result.surrogatePrediction)],
      ['Held-out R²', numberWords(result.heldOutR2)],
      ['Samples', numberWords(result.samples)],
    ];
    return html`<dl>
      ${figures.map(([name, words]) => html`<div><dt>${name}</dt><dd class="numbers">${words}</dd></div>`)}
    </dl>`;
  }

  #bars(result: LocalSurrogate) {
    return html`<vitrine-interval-bars label="Terms" .bars=${result.terms.map(bar)}></vitrine-interval-bars>`;
  }

  #refusal(result: LocalSurrogate) {
    return html`<vitrine-empty-state
        picture="warning"
        tone="warning"
        heading="No simple reason holds here"
        words=${refusalWords(result)}
      ></vitrine-empty-state>
      <details>
        <summary>Show the terms all the same</summary>
        <div class="poor">${this.#bars(result)}</div>
      </details>`;
  }
}

function refusalWords({ heldOutR2 }: LocalSurrogate): string {
  if (heldOutR2 === null)
    return 'The prediction does not vary around this row, so there is nothing that a reason could explain.';
  const fidelity = `its held-out R² is ${numberWords(heldOutR2, 2)}, and at least 0.5 is asked for`;
  return `Around this row the model is not nearly linear: ${fidelity}. The terms would mislead, so they are not shown as the reason.`;
}

const target = (result: LocalSurrogate): string =>
  result.class === undefined ? 'value' : `probability of ${result.class}`;

/** The whisker is two standard deviations over repeats of the sampling. */
const bar = ({ condition, weight, spread }: SurrogateTerm): Bar => ({
  label: condition,
  value: weight,
  interval: { low: weight - 2 * spread, high: weight + 2 * spread },
  words: changeWords(weight),
  look: Math.abs(weight) > 2 * spread ? 'solid' : 'hollow',
  note: Math.abs(weight) > 2 * spread ? undefined : 'changes sign between samplings',
});

function surrogateTable({ terms, intercept }: LocalSurrogate): TableContent {
  return {
    caption: 'Terms of the local surrogate',
    columns: [
      { title: 'Condition' },
      { title: 'Column' },
      { title: 'Weight', numeric: true },
      { title: 'Spread', numeric: true, hint: 'Standard deviation over repeats of the sampling' },
    ],
    rows: [
      ...terms.map(({ condition, column, weight, spread }) => [
        condition,
        column,
        changeWords(weight),
        numberWords(spread),
      ]),
      ['(otherwise)', '', changeWords(intercept), ''],
    ],
  };
}
define('vitrine-local-surrogate', LocalSurrogateView);
