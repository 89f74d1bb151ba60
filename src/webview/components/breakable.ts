import { html, type TemplateResult } from 'lit';

/** A long name that breaks between its parts, after dots, dashes and underscores, before it breaks anywhere. */
export const breakable = (name: string): TemplateResult =>
  html`${name.split(/(?<=[._-])(?=\p{L})/u).map((part, i) => (i === 0 ? part : html`<wbr />${part}`))}`;
