import { css, html, type TemplateResult } from 'lit';
import type { CohortCondition } from '../../shared/cohort/cohort.ts';
import { cohortWords } from '../../shared/cohort/cohort-words.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import { chooseCohort, takesCohorts } from './cohort-offer.ts';

/** Something that stands for rows: a click looks at these by themselves. Plain words where nobody would. */
export class CohortLink extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: inline;
        font: inherit;
        color: inherit;
      }
      .link {
        color: inherit;
        text-decoration: underline dotted;
        text-underline-offset: 3px;
        overflow-wrap: anywhere;
        white-space: inherit;
      }
      .link:hover {
        color: var(--vscode-textLink-foreground);
        text-decoration: underline;
      }
    `,
  ];
  static override properties = { conditions: { attribute: false }, taken: { state: true } };
  declare conditions: readonly CohortCondition[] | null;
  declare taken: boolean;

  constructor() {
    super();
    this.conditions = null;
    this.taken = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.taken = takesCohorts(this);
  }

  protected override render() {
    const { conditions } = this;
    if (!this.taken || conditions === null || conditions.length === 0) return html`<slot></slot>`;
    const words = `Look only at the rows: ${cohortWords(conditions)}`;
    return html`<button type="button" class="link" title=${words} @click=${() => chooseCohort(this, conditions)}>
      <slot></slot>
    </button>`;
  }
}

/** The words, as what chooses these rows; plain where it is not said which. */
export const cohortLink = (
  words: string | TemplateResult,
  conditions: readonly CohortCondition[] | null | undefined,
): TemplateResult | string =>
  conditions ? html`<vitrine-cohort-link .conditions=${conditions}>${words}</vitrine-cohort-link>` : words;
define('vitrine-cohort-link', CohortLink);
