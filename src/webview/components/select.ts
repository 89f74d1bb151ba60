import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { html, type TemplateResult } from 'lit';

export interface SelectOptions {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export const select = ({ label, options, value, onChange }: SelectOptions): TemplateResult => html`<vscode-single-select
  class="select"
  aria-label=${label}
  .value=${value}
  @change=${(event: Event) => onChange((event.target as HTMLElement & { value: string }).value)}
>
  ${options.map((option) => html`<vscode-option value=${option.value}>${option.label}</vscode-option>`)}
</vscode-single-select>`;
