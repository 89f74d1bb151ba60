import { css, html, nothing } from 'lit';
import {
  type Contrast,
  contrastQuestion,
  contrastWords,
  foilWords,
  noSwapWords,
  swapWords,
} from '../../shared/results/contrast.ts';
import { cellWords, changeWords, numberWords } from '../../shared/results/numbers.ts';
import { otherColumnsWords } from '../../shared/results/shap-values.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import type { TableContent } from '../components/table-content.ts';
import { quality } from './quality.ts';
import { shapBars } from './shap-values.ts';

/** Why this class and not that one: what each column adds to their difference, and the smallest changes that would swap them. */
export class ContrastView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      h4 {
        font-size: inherit;
        font-weight: 600;
        margin: 14px 0 4px;
      }
      ol {
        display: grid;
        gap: 4px;
        margin: 0 0 8px;
        padding-left: 22px;
        list-style: decimal;
        overflow-wrap: anywhere;
      }
    `,
  ];
  static override properties = { result: { attribute: false }, whole: { state: true } };
  declare result: Contrast | null;
  declare whole: boolean;

  constructor() {
    super();
    this.result = null;
    this.whole = false;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    return html`<vitrine-figure
      heading="Why this and not that"
      question="Row ${result.rowIndex}: ${contrastQuestion(result)}"
      lead=${result.partial ?? ''}
      .words=${contrastWords(result)}
      .table=${contrastTable(result)}
    >
      ${result.terms.length === 0 ? nothing : this.#difference(result)}
      <h4>What would swap them</h4>
      ${
        result.swaps.length > 0
          ? html`<ol>
              ${result.swaps.map((swap) => html`<li>${swapWords(swap)}</li>`)}
            </ol>`
          : html`<p class="quiet">${noSwapWords}</p>`
      }
      ${quality(result)}
    </vitrine-figure>`;
  }

  #difference(result: Contrast) {
    return html`<p class="small quiet">${foilWords(result)} ${typeof result.fact === 'string' ? `To the right: speaks for ${result.fact}.` : 'To the right: a larger value.'}</p>
      ${shapBars(result, this.whole, this.#toggle)}`;
  }

  #toggle = (): void => {
    this.whole = !this.whole;
  };
}

function contrastTable({ terms, base, explained, unit, fact, foil }: Contrast): TableContent {
  const isOfClasses = typeof fact === 'string';
  const either = (onFact: string, onFoil: string) => (isOfClasses ? [onFact, onFoil] : []);
  return {
    caption: `What each column adds to the ${unit}`,
    columns: [
      { title: 'Column' },
      { title: 'Value' },
      { title: 'Adds', numeric: true },
      { title: '±', numeric: true, hint: 'Half the 95 % interval' },
      ...(isOfClasses
        ? [
            { title: `To ${fact}`, numeric: true, hint: 'What it adds to the probability of this class' },
            { title: `To ${foil}`, numeric: true, hint: 'What it adds to the probability of the other class' },
          ]
        : []),
    ],
    rows: [
      ['(rows compared with)', '', numberWords(base), '', ...either('', '')],
      ...terms.map(({ columns, value, contribution, error, onFact, onFoil }) => [
        columns.length === 1 ? columns[0] : otherColumnsWords(columns.length),
        columns.length === 1 ? cellWords(value) : '',
        changeWords(contribution),
        numberWords(error),
        ...either(changeWords(onFact), changeWords(onFoil)),
      ]),
      ['(this row)', '', numberWords(explained), '', ...either('', '')],
    ],
  };
}
define('vitrine-contrast', ContrastView);
