import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { baseStyles } from '../components/base-styles.ts';
import { breakable } from '../components/breakable.ts';
import { define, VitrineElement } from '../components/element.ts';
import { barListStyles } from './bar-list-styles.ts';
import { extent } from './extent.ts';

/** A number as it is now and, where it was another, as it was. */
export interface BarPair {
  readonly label: string;
  readonly before?: number;
  readonly after: number;
  /** What is written after the bars. */
  readonly words: string;
  /** Said under the label. */
  readonly note?: string;
  readonly strong?: boolean;
}

/** Two bars from zero to a line: thin as it was, thick as it is now. */
export class PairedBars extends VitrineElement {
  static override styles = [
    baseStyles,
    barListStyles,
    css`
      li {
        min-height: 28px;
      }
      .strong {
        font-weight: 600;
      }
      svg {
        height: 24px;
      }
      .after {
        fill: var(--vscode-charts-blue);
        fill-opacity: 0.85;
      }
      .negative {
        fill: var(--vscode-charts-orange, #d18616);
      }
      .before {
        fill: none;
        stroke: var(--quiet);
      }
    `,
  ];
  static override properties = { pairs: { attribute: false }, label: {} };
  declare pairs: readonly BarPair[];
  declare label: string;

  constructor() {
    super();
    this.pairs = [];
    this.label = '';
  }

  protected override render() {
    const [low, high] = extent([0, ...this.pairs.flatMap(({ before, after }) => [before ?? after, after])]);
    const share = (value: number) => (100 * (value - low)) / (high - low || 1);
    return html`<ul aria-label=${this.label}>
      ${this.pairs.map(
        (pair) => html`<li>
          <div class="label ${pair.strong ? 'strong' : ''}">
            ${breakable(pair.label)}${pair.note ? html`<div class="small quiet">${pair.note}</div>` : nothing}
          </div>
          ${drawing(pair, share)}
          <div class="value numbers ${pair.strong ? 'strong' : ''}">${pair.words}</div>
        </li>`,
      )}
    </ul>`;
  }
}

function drawing({ before, after }: BarPair, share: (value: number) => number): TemplateResult {
  const zero = share(0);
  const bar = (value: number, look: string, y: number, height: number) => {
    const end = share(value);
    return svg`<rect class=${look} x="${Math.min(zero, end)}%" y=${y} width="${Math.abs(end - zero)}%" height=${height} rx="1"></rect>`;
  };
  return html`<svg aria-hidden="true">
    ${before === undefined ? nothing : bar(before, 'before', 3, 5)} ${bar(after, `after ${after < 0 ? 'negative' : ''}`, 11, 9)}
    ${svg`<line class="zero" x1="${zero}%" x2="${zero}%" y1="0" y2="24"></line>`}
  </svg>`;
}

export const pairedBars = (label: string, pairs: readonly BarPair[]): TemplateResult =>
  html`<vitrine-paired-bars label=${label} .pairs=${pairs}></vitrine-paired-bars>`;
define('vitrine-paired-bars', PairedBars);
