import { css, html, svg } from 'lit';
import { baseStyles } from './base-styles.ts';
import { define, VitrineElement } from './element.ts';

/** How far a limit is used up: a label, words and a bar. `used` null: the amount is not measured, so there is no bar. */
export class Meter extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .row {
        flex-wrap: nowrap;
        justify-content: space-between;
        font-size: var(--small);
      }
      /* The words beside it give way: they are there whole in their title. */
      .label {
        flex: none;
        white-space: nowrap;
      }
      svg {
        display: block;
        width: 100%;
        height: 4px;
        margin-top: 3px;
        border-radius: 2px;
        overflow: hidden;
      }
      .track {
        fill: var(--vscode-foreground);
        fill-opacity: 0.13;
      }
      .bar {
        fill: var(--vscode-charts-blue);
      }
      .full {
        fill: var(--warn);
      }
      .edge {
        fill: none;
        stroke: var(--vscode-contrastBorder, none);
      }
    `,
  ];
  static override properties = { label: {}, words: {}, used: { type: Number }, allowed: { type: Number } };
  declare label: string;
  declare words: string;
  declare used: number | null;
  declare allowed: number;

  constructor() {
    super();
    this.label = '';
    this.words = '';
    this.used = null;
    this.allowed = 1;
  }

  protected override render() {
    return html`<div class="row">
        <span class="label">${this.label}</span><span class="quiet numbers ellipsis" title=${this.words}>${this.words}</span>
      </div>
      ${this.used === null ? html`` : this.#bar(Math.min(1, Math.max(0, this.used / this.allowed)))}`;
  }

  #bar(share: number) {
    return html`<svg
      role="progressbar"
      aria-label=${this.label}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${Math.round(share * 100)}
      aria-valuetext=${this.words}
    >
      ${svg`<rect class="track" width="100%" height="100%"></rect>
      <rect class=${share >= 1 ? 'bar full' : 'bar'} width="${share * 100}%" height="100%"></rect>
      <rect class="edge" width="100%" height="100%"></rect>`}
    </svg>`;
  }
}
define('vitrine-meter', Meter);
