import { css, html, nothing } from 'lit';
import { baseStyles } from '../components/base-styles.ts';
import { button } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/empty-state.ts';
import { busyBar } from '../components/progress.ts';
import type { AnalysisState } from '../page/analysis.ts';

/** Around an analysis: how to begin it, how far it is, what went wrong. The results are in the slot. */
export class AnalysisPanel extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .working {
        display: flex;
        align-items: center;
        gap: 12px;
        margin: 6px 0 16px;
      }
      .words {
        flex: 1;
        min-width: 0;
      }
      vscode-progress-bar {
        height: 3px;
        margin-top: 6px;
      }
      vscode-progress-bar::part(track) {
        background: color-mix(in srgb, var(--vscode-foreground) 13%, transparent);
      }
    `,
  ];
  static override properties = {
    state: { attribute: false },
    present: { attribute: false },
    blocked: {},
    heading: {},
    invitation: {},
    action: {},
  };
  declare state: AnalysisState;
  /** There is a result already. */
  declare present: boolean;
  /** Why it cannot begin now, or empty. */
  declare blocked: string;
  declare heading: string;
  declare invitation: string;
  declare action: string;

  constructor() {
    super();
    this.state = { state: 'idle' };
    this.present = false;
    this.blocked = '';
    this.heading = '';
    this.invitation = '';
    this.action = '';
  }

  protected override render() {
    return html`<div aria-live="polite">${this.#status()}</div>
      <slot></slot>`;
  }

  #status() {
    const { state } = this;
    if (state.state === 'working') {
      const { words, share } = state.progress;
      return html`<div class="working">
        <div class="words"><span class="numbers">${words}</span>${busyBar(words, share)}</div>
        ${button({ label: 'Cancel', icon: 'close', secondary: true, onClick: this.#send('cancel') })}
      </div>`;
    }
    if (state.state === 'failed') {
      const { code, message, advice } = state.fault;
      const heading = code === 'time-out' ? 'No answer yet' : 'It did not work';
      return html`<vitrine-empty-state picture="error" tone="fault" heading=${heading} words=${message} advice=${advice ?? ''}>
        ${button({ label: 'Try again', icon: 'refresh', onClick: this.#send('start') })}
        ${button({ label: 'Open log', icon: 'output', secondary: true, onClick: this.#send('log') })}
      </vitrine-empty-state>`;
    }
    if (this.present) return nothing;
    return html`<vitrine-empty-state picture="beaker" heading=${this.heading} words=${this.invitation} advice=${this.blocked}>
      ${button({ label: this.action, icon: 'play', disabled: this.blocked !== '', onClick: this.#send('start') })}
    </vitrine-empty-state>`;
  }

  #send(name: 'start' | 'cancel' | 'log') {
    return () => this.dispatchEvent(new CustomEvent(`vitrine-${name}`));
  }
}
define('vitrine-analysis-panel', AnalysisPanel);
