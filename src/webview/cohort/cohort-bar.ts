import { css, html, nothing } from 'lit';
import { type Cohort, type CohortCondition, cohortKey } from '../../shared/cohort/cohort.ts';
import type { CohortRows } from '../../shared/results/cohort-rows.ts';
import { countWords, numberWords } from '../../shared/results/numbers.ts';
import type { WebviewFault } from '../../shared/webview-protocol.ts';
import { baseStyles } from '../components/base-styles.ts';
import { button, iconButton } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import { icon } from '../components/icon.ts';
import { busyBar } from '../components/progress.ts';
import { select } from '../components/select.ts';
import { textField } from '../components/text-field.ts';
import './cohort-figures.ts';
import './cohort-table.ts';

/** A cohort by its name, by what holds of its rows, or by what somebody wrote. */
export interface AskedCohort {
  readonly cohort?: string | readonly CohortCondition[];
  readonly where?: string[];
}

/** A kept cohort and the name that it is to have. */
export interface NamedCohort {
  readonly name: string;
  readonly before: string;
}

/** Which rows the views below are of; chooses others, and shows how well these are predicted beside all, and the rows. */
export class CohortBar extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        margin-bottom: 16px;
        padding: 8px 12px;
        border: 1px solid var(--line);
        border-radius: 4px;
      }
      .what {
        flex: 1 1 220px;
        min-width: 0;
      }
      .what strong {
        font-weight: 600;
      }
      .cohort {
        border-left: 3px solid var(--vscode-charts-purple, var(--vscode-charts-blue));
        padding-left: 8px;
      }
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 8px;
        margin-top: 8px;
      }
      .kept,
      .written {
        display: flex;
        align-items: center;
        gap: 6px;
        min-width: 0;
      }
      .kept {
        flex: 1 1 220px;
        max-width: 340px;
      }
      .written {
        flex: 2 1 240px;
      }
      .select,
      .field {
        flex: 1;
        width: auto;
        min-width: 0;
      }
      .fault {
        margin-top: 6px;
      }
      .fault .icon {
        color: var(--vscode-errorForeground, var(--bad));
      }
      vitrine-cohort-figures,
      vitrine-cohort-table {
        margin-top: 8px;
      }
    `,
  ];
  static override properties = {
    asked: { attribute: false },
    rows: { attribute: false },
    fault: { attribute: false },
    kept: { attribute: false },
    total: { attribute: false },
    blocked: {},
    written: { state: true },
    open: { state: true },
    naming: { state: true },
  };
  /** null: all rows are looked at. */
  declare asked: AskedCohort | null;
  /** What is known of it; null while it is looked for. */
  declare rows: CohortRows | null;
  declare fault: WebviewFault | null;
  declare kept: readonly Cohort[];
  /** Rows of the part, where that is known. */
  declare total: number | null;
  /** Why nothing can be asked for now. */
  declare blocked: string;
  declare written: string;
  /** The table of the rows is shown. */
  declare open: boolean;
  /** The name that is being written; null: none is. */
  declare naming: string | null;

  constructor() {
    super();
    this.asked = null;
    this.rows = null;
    this.fault = null;
    this.kept = [];
    this.total = null;
    this.blocked = '';
    this.written = '';
    this.open = false;
    this.naming = null;
  }

  protected override render() {
    const { rows, asked } = this;
    return html`<div class="row">
        <div class="what" aria-live="polite">${this.#what()}</div>
        ${rows ? button({ label: this.open ? 'Hide rows' : 'Rows', icon: 'table', secondary: true, onClick: () => (this.open = !this.open) }) : nothing}
        ${asked ? button({ label: 'All rows', icon: 'close', secondary: true, title: 'Look at all rows again', onClick: () => this.#ask(null) }) : nothing}
      </div>
      ${this.fault ? this.#fault(this.fault) : nothing}
      ${rows ? html`<vitrine-cohort-figures .rows=${rows}></vitrine-cohort-figures>` : nothing}
      ${rows && this.open ? html`<vitrine-cohort-table .rows=${rows}></vitrine-cohort-table>` : nothing} ${this.#chooser()}
      ${this.naming === null || !rows ? nothing : this.#namer(this.naming)}`;
  }

  #what() {
    const { rows, asked, total } = this;
    if (rows) {
      const { words, rows: count, of } = rows.cohort;
      return html`<div class="cohort"><strong>Cohort: ${words}</strong> <span class="quiet numbers">(${countWords(count, 'row')} of ${numberWords(of)})</span></div>`;
    }
    if (asked && !this.fault) return busyBar('Looking for the rows of the cohort');
    const all = total === null ? 'All rows' : `All ${countWords(total, 'row')}`;
    return html`<strong>${all}</strong> <span class="quiet">of the validation part. What is underlined with dots below chooses some, and so does dragging over a plot.</span>`;
  }

  #fault({ message, advice }: WebviewFault) {
    return html`<p class="fault" role="alert">${icon('error', 'Fault')} ${message} ${advice ?? ''}</p>`;
  }

  #chooser() {
    const { kept, blocked } = this;
    const chosen = this.#chosen();
    const ask = () => this.written.trim() !== '' && blocked === '' && this.#ask({ where: [this.written.trim()] });
    const options = [
      { value: '', label: kept.length === 0 ? 'No cohort yet' : 'Choose a cohort' },
      ...kept.map(({ name }) => ({ value: name, label: name })),
    ];
    return html`<form
      @submit=${(event: Event) => {
        event.preventDefault();
        ask();
      }}
    >
      ${
        kept.length > 0
          ? html`<div class="kept">${select({ label: 'Cohorts', options, value: chosen, onChange: (name) => (name === '' ? this.#ask(null) : this.#ask({ cohort: name })) })}
            ${chosen === '' ? nothing : this.#keptActions(chosen)}</div>`
          : nothing
      }
      <div class="written">${textField({ label: 'Only rows where', value: this.written, placeholder: 'only rows where, such as age > 45 and wrong', onInput: (text) => (this.written = text), onEnter: ask })}
      ${button({ label: 'Look', secondary: true, disabled: this.written.trim() === '' || blocked !== '', title: blocked || 'Look only at these rows', onClick: ask })}</div>
    </form>`;
  }

  /** The name by which the cohort is kept; empty where it is not. */
  #chosen(): string {
    const key = this.rows && cohortKey(this.rows.cohort.conditions);
    return this.kept.find(({ conditions }) => cohortKey(conditions) === key)?.name ?? '';
  }

  #keptActions(chosen: string) {
    const turn = () => {
      this.naming = this.naming === null ? chosen : null;
    };
    const forget = () => this.dispatchEvent(new CustomEvent('vitrine-cohort-forgotten', { detail: chosen }));
    return html`<span>
      ${iconButton({ icon: 'note', label: 'Name this cohort', pressed: this.naming !== null, onClick: turn })}
      ${iconButton({ icon: 'circleSlash', label: 'Forget this cohort', onClick: forget })}
    </span>`;
  }

  #namer(naming: string) {
    const name = naming.trim();
    const keep = () => {
      if (name === '') return;
      this.naming = null;
      this.dispatchEvent(
        new CustomEvent<NamedCohort>('vitrine-cohort-named', { detail: { name, before: this.#chosen() } }),
      );
    };
    return html`<form
      @submit=${(event: Event) => {
        event.preventDefault();
        keep();
      }}
    >
      <div class="written">${textField({ label: 'Name of the cohort', value: naming, placeholder: 'name', onInput: (text) => (this.naming = text), onEnter: keep })}
      ${button({ label: 'Keep', secondary: true, disabled: name === '', title: 'Keep the cohort by this name', onClick: keep })}</div>
    </form>`;
  }

  #ask(asked: AskedCohort | null): void {
    this.open = false;
    this.naming = null;
    this.dispatchEvent(new CustomEvent<AskedCohort | null>('vitrine-cohort-asked', { detail: asked }));
  }
}
define('vitrine-cohort-bar', CohortBar);
