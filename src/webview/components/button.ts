import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { type IconName, icon } from './icon.ts';

export interface ButtonOptions {
  readonly label: string;
  readonly onClick: () => void;
  readonly icon?: IconName;
  readonly secondary?: boolean;
  readonly disabled?: boolean;
  /** More than the label says, or why it is disabled. */
  readonly title?: string;
}

export const button = (options: ButtonOptions): TemplateResult => html`<vscode-button
  ?secondary=${options.secondary ?? false}
  ?disabled=${options.disabled ?? false}
  title=${options.title ?? nothing}
  aria-label=${options.label}
  @click=${options.onClick}
  >${options.icon ? icon(options.icon) : nothing}<span>${options.label}</span></vscode-button
>`;

/** A quiet button of one picture, as in the title of a VS Code view; `pressed` makes it a toggle. */
export const iconButton = (
  options: ButtonOptions & { icon: IconName; pressed?: boolean },
): TemplateResult => html`<button
  type="button"
  class="icon-button"
  ?disabled=${options.disabled ?? false}
  title=${options.title ?? options.label}
  aria-label=${options.label}
  aria-pressed=${options.pressed === undefined ? nothing : String(options.pressed)}
  @click=${options.onClick}
>
  ${icon(options.icon)}
</button>`;

export const link = (
  label: string | TemplateResult,
  onClick: () => void,
  title?: string,
): TemplateResult => html`<button
  type="button"
  class="link"
  title=${title ?? nothing}
  @click=${onClick}
>
  ${label}
</button>`;
