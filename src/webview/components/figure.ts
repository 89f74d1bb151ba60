import { css, html, nothing, type PropertyValues } from 'lit';
import { baseStyles } from './base-styles.ts';
import { iconButton } from './button.ts';
import { type TableContent, toCsv } from './table-content.ts';
import './data-table.ts';
import { define, VitrineElement } from './element.ts';
import { figureWords } from './figure-words.ts';
import { requestSave } from './save-request.ts';

/**
 * The frame of every chart: its title, the question it answers, what it shows in words, and the same numbers as a
 * table. Slots: default (the drawing), `actions` (more buttons), `legend`.
 */
export class Figure extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      header {
        display: flex;
        align-items: flex-start;
        gap: 4px;
        min-height: 24px;
        margin-bottom: 8px;
      }
      h3 {
        font-size: inherit;
        font-weight: 600;
      }
      .titles {
        flex: 1;
        min-width: 0;
      }
      .summary {
        margin: 2px 0 8px;
        max-width: 75ch;
        text-wrap: pretty;
      }
      .words {
        white-space: pre-line;
        padding: 6px 10px;
        border-left: 2px solid var(--vscode-charts-blue);
        background: var(--vscode-editorWidget-background);
      }
      vitrine-table {
        margin-top: 4px;
      }
      @media print {
        section {
          break-inside: avoid-page;
        }
        .words {
          background: none;
        }
        header .icon-button,
        slot[name='actions'] {
          display: none;
        }
      }
    `,
  ];
  static override properties = {
    heading: {},
    question: {},
    words: {},
    table: { attribute: false },
    lead: {},
    asTable: { state: true },
    inWords: { state: true },
  };
  declare heading: string;
  declare question: string;
  declare words: string;
  declare table: TableContent | null;
  /** A short sentence that always stands under the title. */
  declare lead: string;
  declare asTable: boolean;
  declare inWords: boolean;
  #listening: (() => void) | null = null;

  constructor() {
    super();
    this.heading = '';
    this.question = '';
    this.words = '';
    this.table = null;
    this.lead = '';
    this.asTable = false;
    this.inWords = figureWords.shown;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = figureWords.listen(() => {
      this.inWords = figureWords.shown;
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening?.();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('table') && !this.table) this.asTable = false;
  }

  protected override render() {
    return html`<section aria-label=${this.heading}>
      <header>
        <div class="titles">
          <h3>${this.heading}</h3>
          ${this.question ? html`<p class="small quiet">${this.question}</p>` : nothing}
        </div>
        <slot name="actions"></slot>
        ${this.words ? this.#wordsButton() : nothing} ${this.table ? this.#tableButtons(this.table) : nothing}
      </header>
      ${this.lead ? html`<p class="summary quiet">${this.lead}</p>` : nothing}
      ${this.words ? html`<p class=${this.inWords ? 'summary words' : 'unseen'}>${this.words}</p>` : nothing}
      <slot name="legend"></slot>
      ${this.asTable ? html`<vitrine-table .content=${this.table}></vitrine-table>` : html`<slot></slot>`}
    </section>`;
  }

  #wordsButton() {
    return iconButton({
      icon: 'comment',
      label: 'In words',
      pressed: this.inWords,
      onClick: () => {
        this.inWords = !this.inWords;
      },
    });
  }

  #tableButtons(table: TableContent) {
    return html`${iconButton({
      icon: 'table',
      label: 'View as table',
      pressed: this.asTable,
      onClick: () => {
        this.asTable = !this.asTable;
      },
    })}${iconButton({
      icon: 'desktopDownload',
      label: 'Save as CSV',
      onClick: () =>
        requestSave(this, { name: `${fileName(table.caption)}.csv`, content: toCsv(table), encoding: 'utf8' }),
    })}`;
  }
}
const fileName = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60);
define('vitrine-figure', Figure);
