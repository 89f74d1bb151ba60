import { css, html, nothing } from 'lit';
import { baseStyles } from './base-styles.ts';
import { define, VitrineElement } from './element.ts';

export interface Tab {
  readonly id: string;
  readonly title: string;
}

/** Tabs as WAI-ARIA has them: arrow keys, Home and End go from one to the next. The open one's content is in the slot. */
export class Tabs extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .list {
        display: flex;
        gap: 4px;
        overflow-x: auto;
        scrollbar-width: none;
        border-bottom: 1px solid var(--line);
      }
      button {
        appearance: none;
        flex: none;
        padding: 6px 10px 5px;
        border: 0;
        border-bottom: 2px solid transparent;
        background: none;
        color: var(--vscode-panelTitle-inactiveForeground);
        font: inherit;
        cursor: pointer;
      }
      button:hover,
      button[aria-selected='true'] {
        color: var(--vscode-panelTitle-activeForeground);
      }
      button[aria-selected='true'] {
        border-bottom-color: var(--vscode-panelTitle-activeBorder);
      }
      button:focus-visible {
        outline-offset: -2px;
      }
      .panel {
        padding-top: 16px;
      }
    `,
  ];
  static override properties = { tabs: { attribute: false }, selected: {} };
  declare tabs: readonly Tab[];
  declare selected: string;

  constructor() {
    super();
    this.tabs = [];
    this.selected = '';
  }

  protected override render() {
    const open = this.tabs.find(({ id }) => id === this.selected) ?? this.tabs[0];
    if (!open) return nothing;
    return html`<div class="list" role="tablist" @keydown=${this.#move}>
        ${this.tabs.map(
          ({ id, title }) => html`<button
            type="button"
            role="tab"
            id="tab-${id}"
            aria-controls="panel"
            aria-selected=${String(id === open.id)}
            tabindex=${id === open.id ? 0 : -1}
            @click=${() => this.#select(id)}
          >
            ${title}
          </button>`,
        )}
      </div>
      <div class="panel" id="panel" role="tabpanel" aria-labelledby="tab-${open.id}"><slot></slot></div>`;
  }

  #select(id: string): void {
    this.dispatchEvent(new CustomEvent<string>('vitrine-tab', { detail: id }));
  }

  #move = (event: KeyboardEvent): void => {
    const at = this.tabs.findIndex(({ id }) => id === this.selected);
    const last = this.tabs.length - 1;
    const goals: Readonly<Record<string, number>> = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const goal = goals[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    const { id } = this.tabs[goal];
    this.#select(id);
    this.renderRoot.querySelector<HTMLButtonElement>(`#tab-${id}`)?.focus();
  };
}
define('vitrine-tabs', Tabs);
