import { css, html, nothing } from 'lit';
import type { StudySnapshot } from '../../shared/results/study.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import { icon } from '../components/icon.ts';
import { dataWords } from './data-words.ts';

/** What the search works on, how it chooses, and what a person should know about either. */
export class StudyNotes extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      div {
        display: grid;
        grid-template-columns: 16px 1fr;
        gap: 6px;
        margin-top: 6px;
        overflow-wrap: anywhere;
        text-wrap: pretty;
      }
      .note .icon {
        color: var(--warn);
      }
    `,
  ];
  static override properties = { snapshot: { attribute: false } };
  declare snapshot: StudySnapshot | null;

  constructor() {
    super();
    this.snapshot = null;
  }

  protected override render() {
    const { snapshot } = this;
    if (!snapshot) return nothing;
    const { data, search, training } = snapshot;
    const notes = [...new Set([...snapshot.notes, ...(data?.notes ?? [])])];
    return html`${data ? html`<div>${icon('table', 'Data')}<span>${dataWords(data)}</span></div>` : nothing}
    ${search ? html`<div>${icon('lightbulb', 'Search')}<span>${search}</span></div>` : nothing}
    ${training ? html`<div>${icon('chip', 'Training')}<span>${training}</span></div>` : nothing}
    ${notes.map((note) => html`<div class="note">${icon('warning', 'Note')}<span>${note}</span></div>`)}`;
  }
}

define('vitrine-study-notes', StudyNotes);
