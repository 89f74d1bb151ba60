import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { html, type TemplateResult } from 'lit';

export interface TextFieldOptions {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly onInput: (text: string) => void;
  readonly onEnter: () => void;
}

export const textField = (options: TextFieldOptions): TemplateResult => html`<vscode-textfield
  class="field"
  .label=${options.label}
  placeholder=${options.placeholder}
  .value=${options.value}
  @input=${(event: Event) => options.onInput((event.target as HTMLElement & { value: string }).value)}
  @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && options.onEnter()}
></vscode-textfield>`;
