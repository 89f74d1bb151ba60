import { css, html, nothing, svg, type TemplateResult } from 'lit';
import {
  type AdditiveTerm,
  axisValueWords,
  cellCount,
  cellOfAxisWords,
  cellWordsOf,
  type TermAxis,
} from '../../shared/results/additive-terms.ts';
import { changeWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';

const [width, height] = [300, 150];

/** What two columns add together: blue more, orange less, the deeper the farther from 0; cells without rows are left blank. */
export class EffectMap extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .frame {
        display: grid;
        grid-template: 'y map' auto '. x' auto / 5em 1fr;
        gap: 2px 6px;
      }
      svg {
        display: block;
        width: 100%;
        height: 150px;
        grid-area: map;
        background: color-mix(in srgb, var(--vscode-foreground) 5%, transparent);
      }
      .more {
        fill: var(--vscode-charts-blue);
      }
      .less {
        fill: var(--vscode-charts-orange, #d18616);
      }
      rect:hover {
        stroke: var(--vscode-foreground);
        vector-effect: non-scaling-stroke;
      }
      .y,
      .x {
        display: flex;
        justify-content: space-between;
        gap: 6px;
      }
      .y {
        grid-area: y;
        flex-direction: column-reverse;
        text-align: right;
      }
      .x {
        grid-area: x;
      }
      .legend {
        display: flex;
        gap: 12px;
        margin-top: 2px;
      }
      .swatch {
        display: inline-block;
        width: 9px;
        height: 9px;
        margin-right: 4px;
      }
      .swatch.more {
        background: var(--vscode-charts-blue);
      }
      .swatch.less {
        background: var(--vscode-charts-orange, #d18616);
      }
    `,
  ];
  static override properties = { term: { attribute: false }, score: { type: Number }, label: {} };
  declare term: AdditiveTerm | null;
  declare score: number;
  declare label: string;

  constructor() {
    super();
    this.term = null;
    this.score = 0;
    this.label = '';
  }

  protected override render() {
    const { term, score } = this;
    const [up, across] = term?.axes ?? [];
    if (!term || !up || !across) return nothing;
    const most = Math.max(...term.effect[score].map(Math.abs)) || 1;
    return html`<div class="frame">
        <div class="y small quiet">${ends(up)}</div>
        <svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label=${this.label}>
          ${cells(term, score, most)}
        </svg>
        <div class="x small quiet">${ends(across)}</div>
      </div>
      <div class="legend small quiet">
        <span><span class="swatch more"></span>up to ${changeWords(most, 2)}</span>
        <span><span class="swatch less"></span>down to ${changeWords(-most, 2)}</span>
      </div>`;
  }
}

/** First, name and last of an axis. */
const ends = (axis: TermAxis): TemplateResult[] => {
  const [first, last] =
    axis.kind === 'numbers'
      ? [axisValueWords(axis, axis.low), axisValueWords(axis, axis.high)]
      : [cellOfAxisWords(axis, 0), cellOfAxisWords(axis, axis.groups.length - 1)];
  return [first, axis.column, last].map((words) => html`<span>${words}</span>`);
};

function cells(term: AdditiveTerm, score: number, most: number) {
  const { axes, effect, error, share } = term;
  const [lines, columns] = axes.map(cellCount);
  const [w, h] = [width / columns, height / lines];
  return effect[score].map((value, cell) => {
    if (share[cell] === 0) return nothing;
    const [line, column] = [Math.floor(cell / columns), cell % columns];
    const spread = error ? ` ± ${numberWords(2 * error[score][cell], 2)}` : '';
    const words = `${cellWordsOf(term, cell)}: ${changeWords(value)}${spread}, ${percentWords(share[cell])} of the rows`;
    return svg`<rect
      class=${value < 0 ? 'less' : 'more'}
      x=${(column * w).toFixed(2)}
      y=${(height - (line + 1) * h).toFixed(2)}
      width=${w.toFixed(2)}
      height=${h.toFixed(2)}
      fill-opacity=${(0.04 + (0.96 * Math.abs(value)) / most).toFixed(3)}
    ><title>${words}</title></rect>`;
  });
}

export const effectMap = (term: AdditiveTerm, score: number, label: string): TemplateResult =>
  html`<vitrine-effect-map .term=${term} .score=${score} label=${label}></vitrine-effect-map>`;
define('vitrine-effect-map', EffectMap);
