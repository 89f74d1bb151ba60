import { html, type TemplateResult } from 'lit';

/** A long name that breaks after its dots, dashes and underscores before it breaks anywhere. */
export const breakable = (name: string): TemplateResult =>
  html`${name.split(/(?<=[._-])/).map((part, i) => (i === 0 ? part : html`<wbr />${part}`))}`;
