import { css, html, type TemplateResult } from 'lit';

export interface TextAreaOptions {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly onInput: (text: string) => void;
}

/** For texts of more than a line. The editor's own element wants a picture in its styles, which the page's policy forbids. */
export const textArea = (options: TextAreaOptions): TemplateResult => html`<textarea
  class="area"
  aria-label=${options.label}
  placeholder=${options.placeholder}
  rows="3"
  .value=${options.value}
  @input=${(event: Event) => options.onInput((event.target as HTMLTextAreaElement).value)}
></textarea>`;

export const textAreaStyles = css`
  .area {
    display: block;
    width: 100%;
    padding: 4px 6px;
    resize: vertical;
    border: 1px solid var(--vscode-settings-textInputBorder, var(--vscode-input-border, var(--line)));
    border-radius: 4px;
    background: var(--vscode-settings-textInputBackground, var(--vscode-input-background));
    color: var(--vscode-settings-textInputForeground, var(--vscode-input-foreground));
    font: inherit;
  }
  .area::placeholder {
    color: var(--vscode-input-placeholderForeground);
  }
`;
