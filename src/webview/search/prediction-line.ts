import { css, html, nothing, svg } from 'lit';
import { numberWords } from '../../shared/results/numbers.ts';
import type { SearchWhy } from '../../shared/results/search-why.ts';
import { extent } from '../charts/extent.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';

type Prediction = NonNullable<SearchWhy['prediction']>;

/** What was foretold with its 90 % interval, and the truth as a diamond on the same line. */
export class PredictionLine extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        max-width: 560px;
      }
      svg {
        display: block;
        width: 100%;
        height: 30px;
        overflow: visible;
      }
      .range {
        stroke: var(--vscode-charts-blue);
        stroke-width: 2;
      }
      .expected {
        fill: var(--vscode-charts-blue);
      }
      .truth {
        fill: var(--vscode-charts-orange, #d18616);
      }
      .ends {
        display: flex;
        justify-content: space-between;
      }
    `,
  ];
  static override properties = { prediction: { attribute: false }, label: {} };
  declare prediction: Prediction | null;
  declare label: string;

  constructor() {
    super();
    this.prediction = null;
    this.label = '';
  }

  protected override render() {
    if (!this.prediction) return nothing;
    const { value, low, high, measured } = this.prediction;
    const ends = [low, high, value, ...(measured === null ? [] : [measured])];
    const [least, most] = extent(ends);
    const at = (of: number) => `${2 + (96 * (of - least)) / (most - least || 1)}%`;
    return html`<svg role="img" aria-label=${this.label}>
        ${svg`<line class="range" x1=${at(low)} x2=${at(high)} y1="15" y2="15"></line>
        <line class="range" x1=${at(low)} x2=${at(low)} y1="9" y2="21"></line>
        <line class="range" x1=${at(high)} x2=${at(high)} y1="9" y2="21"></line>
        <circle class="expected" cx=${at(value)} cy="15" r="5"></circle>`}
        ${measured === null ? nothing : svg`<svg x=${at(measured)} y="15" width="1" height="1" overflow="visible"><path class="truth" d="M0 -7 7 0 0 7 -7 0Z"></path></svg>`}
      </svg>
      <div class="ends small quiet numbers"><span>${numberWords(least)}</span><span>● foretold${measured === null ? '' : ', ◆ the truth'}</span><span>${numberWords(most)}</span></div>`;
  }
}
define('vitrine-prediction-line', PredictionLine);
