import { type CSSResultGroup, LitElement } from 'lit';
import { baseStyles } from './base-styles.ts';

/** A component: its own styles over the base ones, in its own shadow tree (constructed style sheets, so no CSP exception). */
export abstract class VitrineElement extends LitElement {
  static override styles: CSSResultGroup = baseStyles;
}

/** Registers a component once, however often its module is loaded. */
export function define(tag: string, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
