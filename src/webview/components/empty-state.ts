import { css, html, nothing } from 'lit';
import { baseStyles } from './base-styles.ts';
import { define, VitrineElement } from './element.ts';
import { type IconName, icon } from './icon.ts';

/** Nothing to show: why, and in the slot what can be done about it. */
export class EmptyState extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      div {
        display: flex;
        flex-direction: column;
        align-items: flex-start;
        gap: 8px;
        padding: var(--empty-padding, 16px 0);
        max-width: 46em;
      }
      h3 {
        display: flex;
        align-items: center;
        gap: 6px;
        font-size: inherit;
        font-weight: 600;
      }
      p {
        color: var(--quiet);
        text-wrap: pretty;
        overflow-wrap: anywhere;
      }
      .fault .icon {
        color: var(--vscode-errorForeground);
      }
      .warning .icon {
        color: var(--warn);
      }
      slot {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
    `,
  ];
  static override properties = { picture: {}, heading: {}, words: {}, advice: {}, tone: {} };
  declare picture: IconName;
  declare heading: string;
  declare words: string;
  declare advice: string;
  declare tone: 'plain' | 'warning' | 'fault';

  constructor() {
    super();
    this.picture = 'info';
    this.heading = '';
    this.words = '';
    this.advice = '';
    this.tone = 'plain';
  }

  protected override render() {
    return html`<div class=${this.tone} role=${this.tone === 'fault' ? 'alert' : nothing}>
      <h3>${icon(this.picture)}${this.heading}</h3>
      ${this.words ? html`<p>${this.words}</p>` : nothing} ${this.advice ? html`<p>${this.advice}</p>` : nothing}
      <slot></slot>
    </div>`;
  }
}
define('vitrine-empty-state', EmptyState);
