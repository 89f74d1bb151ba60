import { css, html, nothing, type TemplateResult } from 'lit';
import { cellWords, countWords, percentWords } from '../../shared/results/numbers.ts';
import type { FormColumn, WrittenCell } from '../../shared/results/what-if.ts';
import { baseStyles } from '../components/base-styles.ts';
import { breakable } from '../components/breakable.ts';
import { iconButton, link } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import { select } from '../components/select.ts';
import { textArea, textAreaStyles } from '../components/text-area.ts';
import { textField } from '../components/text-field.ts';

/** What was typed for a column; null is missing. */
export interface CellChange {
  readonly column: string;
  /** undefined: as it is in the data. */
  readonly value: string | null | undefined;
}

/** Fields that are shown before somebody asks for more; with a filter more of them, but never thousands. */
const [first, most] = [20, 100];

/** A row as a form: a field for each column by its type, the most important first. Empty is missing. */
export class WhatIfForm extends VitrineElement {
  static override styles = [
    baseStyles,
    textAreaStyles,
    css`
      .filter {
        margin-bottom: 8px;
      }
      .field,
      .select {
        width: 100%;
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 2fr) minmax(0, 3fr) 22px;
        column-gap: 8px;
        align-items: start;
        padding: 4px 6px;
        border-left: 2px solid transparent;
        border-radius: 2px;
      }
      li.edited {
        border-left-color: var(--vscode-charts-blue);
      }
      li.focused {
        background: var(--vscode-list-inactiveSelectionBackground, var(--vscode-list-hoverBackground));
        outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
        outline-offset: -1px;
      }
      .name {
        padding-top: 3px;
        line-height: 1.25;
      }
      .edited .name {
        font-weight: 600;
      }
      .hint {
        grid-column: 1 / 3;
      }
      .more {
        margin-top: 6px;
      }
      @media (max-width: 380px) {
        li {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1.2fr) 22px;
        }
      }
    `,
  ];
  static override properties = {
    columns: { attribute: false },
    changes: { attribute: false },
    focused: {},
    byImportance: { attribute: false },
    filter: { state: true },
    whole: { state: true },
  };
  declare columns: readonly FormColumn[];
  declare changes: Readonly<Record<string, string | null>>;
  declare focused: string;
  declare byImportance: boolean;
  declare filter: string;
  declare whole: boolean;

  constructor() {
    super();
    this.columns = [];
    this.changes = {};
    this.focused = '';
    this.byImportance = false;
    this.filter = '';
    this.whole = false;
  }

  protected override render() {
    const { columns, filter } = this;
    const wanted = filter.trim().toLowerCase();
    const matching = wanted === '' ? columns : columns.filter(({ name }) => name.toLowerCase().includes(wanted));
    // What was edited stays in sight.
    const edited = matching.filter(({ name }) => Object.hasOwn(this.changes, name));
    const room = this.whole || wanted !== '' ? most : first;
    const shown = matching.filter((column, i) => i < room || edited.includes(column));
    const rest = matching.length - shown.length;
    return html`${columns.length > first ? this.#filterField() : nothing}
      <p class="small quiet">${this.byImportance ? 'The columns that matter most come first.' : 'In the order of the file.'} Empty is missing.</p>
      <ul>
        ${shown.map((column) => this.#line(column))}
      </ul>
      ${matching.length === 0 ? html`<p class="quiet">No column has such a name.</p>` : nothing}
      ${
        rest > 0
          ? html`<p class="small more">
              ${this.whole || wanted !== '' ? html`<span class="quiet">${countWords(rest, 'more column')}: filter by name to see them.</span>` : link(`Show ${Math.min(rest, most - first)} more of ${countWords(columns.length, 'column')}`, this.#showMore)}
            </p>`
          : nothing
      }`;
  }

  readonly #showMore = (): void => {
    this.whole = true;
  };

  #filterField() {
    return html`<div class="filter">
      ${textField({
        label: 'Filter columns',
        value: this.filter,
        placeholder: 'Filter columns by name',
        onInput: (text) => {
          this.filter = text;
        },
        onEnter: () => undefined,
      })}
    </div>`;
  }

  #line(column: FormColumn) {
    const { name, fixed } = column;
    const edited = Object.hasOwn(this.changes, name);
    const looks = `${edited ? 'edited' : ''} ${name === this.focused ? 'focused' : ''}`;
    return html`<li class=${looks} @focusin=${() => this.#tell('vitrine-column', name)}>
      <span class="name">${breakable(name)}</span>
      ${fixed === undefined ? this.#field(column) : html`<span class="quiet">${fixed}</span>`}
      <span>${edited ? iconButton({ icon: 'refresh', label: `Reset ${name}`, title: `Back to ${cellWords(column.value)}`, onClick: () => this.#change({ column: name, value: undefined }) }) : nothing}</span>
      <span class="hint small quiet">${hintOf(column, edited)}</span>
    </li>`;
  }

  #field(column: FormColumn): TemplateResult {
    const { name, type, levels, further = 0, value } = column;
    const typed = Object.hasOwn(this.changes, name) ? this.changes[name] : written(value);
    const text = typed ?? '';
    const change = (given: string) =>
      this.#change({ column: name, value: given === written(value) ? undefined : given });
    if (levels && further === 0)
      return select({
        label: name,
        value: text === '' ? missing : text,
        options: choices(levels, text),
        onChange: (chosen) => change(chosen === missing ? '' : chosen),
      });
    if (type === 'text') return textArea({ label: name, value: text, placeholder: 'missing', onInput: change });
    const placeholder = type === 'date' ? 'missing (2024-05-17)' : 'missing';
    return textField({ label: name, value: text, placeholder, onInput: change, onEnter: () => undefined });
  }

  #change(change: CellChange): void {
    this.#tell('vitrine-change', change.value === '' ? { ...change, value: null } : change);
  }

  #tell(type: 'vitrine-change' | 'vitrine-column', detail: CellChange | string): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** A choice like others; no level can be called so. */
const missing = '\u0000missing';

const written = (value: WrittenCell): string => (value === null ? '' : String(value));

/** The levels, missing, and what is there if it is none of them. */
function choices(levels: NonNullable<FormColumn['levels']>, own: string) {
  const known = levels.map(({ level, share }) => ({ value: level, label: `${level} (${percentWords(share, 0)})` }));
  const strange = own !== '' && !levels.some(({ level }) => level === own) ? [{ value: own, label: own }] : [];
  return [...known, ...strange, { value: missing, label: 'missing' }];
}

/** 'in training 2,700 to 6,300; was 3,750'. */
function hintOf({ range, levels, further = 0, missing: share, value, type }: FormColumn, edited: boolean): string {
  return [
    range ? `${type === 'integer' ? 'whole, ' : ''}${cellWords(range.low)} to ${cellWords(range.high)}` : '',
    levels && further > 0
      ? `${countWords(levels.length + further, 'level')}, such as ${levels
          .slice(0, 3)
          .map(({ level }) => level)
          .join(', ')}`
      : '',
    share > 0 ? `missing in ${percentWords(share, share < 0.01 ? 1 : 0)}` : '',
    edited ? `was ${cellWords(value)}` : '',
  ]
    .filter(Boolean)
    .join('; ');
}
define('vitrine-what-if-form', WhatIfForm);
