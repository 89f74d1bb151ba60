import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { html, type TemplateResult } from 'lit';

/** The editor's thin bar; without a share it only says that something is under way. */
export const busyBar = (label: string, share: number | null = null): TemplateResult =>
  share === null
    ? html`<vscode-progress-bar indeterminate aria-label=${label}></vscode-progress-bar>`
    : html`<vscode-progress-bar .value=${Math.round(share * 100)} aria-label=${label}></vscode-progress-bar>`;
