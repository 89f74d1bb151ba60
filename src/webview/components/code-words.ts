import { html, type TemplateResult } from 'lit';

/** A sentence in which what stands between backticks is code. */
export const codeWords = (text: string): TemplateResult =>
  html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code class="mono">${part}</code>` : part))}`;
