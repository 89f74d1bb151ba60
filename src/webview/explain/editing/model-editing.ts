import { css, html, nothing, type TemplateResult } from 'lit';
import type { ModelEdit } from '../../../shared/model-edit.ts';
import { type AdditiveTerm, type AdditiveTerms, columnsOfTerm } from '../../../shared/results/additive-terms.ts';
import {
  type EditedModel,
  type EditStep,
  editedModelTitle,
  editedModelWords,
  editName,
  effectWords,
  type ModelEditing,
  metricChangeWords,
} from '../../../shared/results/model-editing.ts';
import { numberWords } from '../../../shared/results/numbers.ts';
import { baseStyles } from '../../components/base-styles.ts';
import { button, iconButton, link } from '../../components/button.ts';
import { define, VitrineElement } from '../../components/element.ts';
import { busyBar } from '../../components/progress.ts';
import { textField } from '../../components/text-field.ts';
import { Analysis } from '../../page/analysis.ts';
import type { Host } from '../../page/host.ts';
import { LatestAnswer } from '../../page/latest-answer.ts';
import './graph-editor.ts';
import './part-editor.ts';

/** Changing a readable model by hand: what to change, what that does, and keeping it. */
export class ModelEditingView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        margin-top: 12px;
      }
      .mode {
        padding: 10px 12px 12px;
        border: 1px solid var(--line);
        border-left: 3px solid var(--vscode-charts-yellow);
        background: var(--vscode-editorWidget-background);
      }
      header {
        display: flex;
        align-items: flex-start;
        gap: 4px;
      }
      h4,
      h5 {
        margin: 0;
        font-size: inherit;
        font-weight: 600;
      }
      header > div {
        flex: 1;
        min-width: 0;
      }
      vitrine-graph-editor,
      vitrine-part-editor {
        margin-top: 10px;
      }
      .effect {
        margin-top: 12px;
        padding-top: 10px;
        border-top: 1px solid var(--line);
      }
      .words {
        max-width: 75ch;
        margin-top: 4px;
        white-space: pre-line;
        text-wrap: pretty;
      }
      ol {
        margin: 0 0 8px;
        padding: 0;
        list-style: none;
      }
      ol li,
      .kept li {
        display: flex;
        gap: 2px 8px;
        align-items: flex-start;
        padding: 3px 0;
      }
      .said {
        flex: 1;
        min-width: 0;
      }
      .save {
        margin-top: 10px;
      }
      .note {
        flex: 1 1 220px;
        min-width: 0;
      }
      .note .field {
        width: 100%;
      }
      .fault {
        margin-top: 8px;
        color: var(--vscode-errorForeground);
      }
      .kept {
        margin-top: 12px;
      }
    `,
  ];
  static override properties = {
    host: { attribute: false },
    file: {},
    trial: { attribute: false },
    result: { attribute: false },
    blocked: {},
    isOpen: { state: true },
    edits: { state: true },
    note: { state: true },
    saved: { state: true },
  };
  declare host: Host | null;
  declare file: string;
  declare trial: number;
  /** The model's own graphs; null of weights, trees and rules. */
  declare result: AdditiveTerms | null;
  /** Why nothing can be asked for now; empty where it can. */
  declare blocked: string;
  declare isOpen: boolean;
  declare edits: readonly ModelEdit[];
  declare note: string;
  /** What was kept last. */
  declare saved: EditedModel | null;
  readonly #preview = new LatestAnswer<ModelEditing>(this);
  readonly #kept = new LatestAnswer<readonly EditedModel[]>(this);
  readonly #saving = new Analysis(this);
  /** Edits that the engine has taken. */
  #taken: readonly ModelEdit[] = [];

  constructor() {
    super();
    this.host = null;
    this.file = '';
    this.trial = -1;
    this.result = null;
    this.blocked = '';
    this.isOpen = false;
    this.edits = [];
    this.note = '';
    this.saved = null;
  }

  protected override render() {
    if (!this.isOpen)
      return button({
        label: 'Edit this model',
        title: this.blocked || 'Flatten a bump, force a direction, drop a part, and see what that does',
        secondary: true,
        disabled: this.blocked !== '',
        onClick: this.#open,
      });
    const { value, fault } = this.#preview;
    return html`<section class="mode" aria-label="Edit this model">
      <header>
        <div>
          <h4>Edit this model</h4>
          <p class="small quiet">
            Its copy is changed. Effects are measured on rows that no part of it was fitted on; the test part is looked at once, when you keep the edited model.
          </p>
        </div>
        ${iconButton({ icon: 'close', label: 'End editing', onClick: () => this.#close() })}
      </header>
      ${value ? this.#editor(value) : fault ? nothing : busyBar('Loading the model')}
      ${fault ? html`<p class="fault" role="alert">${fault.message} ${fault.advice ?? ''}</p>` : nothing}
      ${value ? this.#effect(value) : nothing} ${this.#keptModels()}
    </section>`;
  }

  #editor({ targets, graphs }: ModelEditing): TemplateResult {
    if (targets.kind !== 'graphs')
      return html`<vitrine-part-editor .targets=${targets} .edits=${this.edits} @vitrine-edit=${this.#take}></vitrine-part-editor>`;
    const known = new Map((this.result?.terms ?? []).map((term) => [termKey(term), term]));
    const changed = new Map(graphs.map(({ before, after }) => [termKey(before), { before, after }]));
    const terms = targets.terms.map(({ columns }) => {
      const key = JSON.stringify(columns);
      const term = known.get(key);
      return { columns, ...(changed.get(key) ?? (term && { before: term, after: term })) };
    });
    return html`<vitrine-graph-editor
      .terms=${terms}
      .classes=${targets.classes ?? null}
      @vitrine-edit=${this.#take}
    ></vitrine-graph-editor>`;
  }

  #effect({ steps, effect }: ModelEditing) {
    if (this.edits.length === 0)
      return html`<p class="effect words quiet" role="status">${this.saved ? editedModelWords(this.saved) : 'Nothing is changed yet.'}</p>`;
    return html`<div class="effect">
      <h5>Edits</h5>
      <ol aria-label="Edits">
        ${steps.map((step, i) => this.#step(step, i))}
      </ol>
      <p class="words" role="status">${effect ? effectWords(effect) : ''}</p>
      <div class="row save">
        <span class="note">${textField({
          label: 'Why',
          value: this.note,
          placeholder: 'Why it was edited',
          onInput: (text) => {
            this.note = text;
          },
          onEnter: this.#save,
        })}</span>
        ${button({ label: 'Save as edited model', icon: 'save', disabled: this.#saving.state.state === 'working', onClick: this.#save })}
        ${button({ label: 'Undo', secondary: true, onClick: () => this.#change(this.edits.slice(0, -1)) })}
        ${button({ label: 'Start over', secondary: true, onClick: () => this.#change([]) })}
      </div>
      ${this.#savingState()}
    </div>`;
  }

  #savingState() {
    const { state } = this.#saving;
    if (state.state === 'working') return busyBar('Keeping it, and looking at the test part once');
    if (state.state === 'failed')
      return html`<p class="fault" role="alert">${state.fault.message} ${state.fault.advice ?? ''}</p>`;
    return nothing;
  }

  #step({ words, detail, effect }: EditStep, i: number): TemplateResult {
    const change = effect.touched === 0 ? 'No prediction changes.' : metricChangeWords(effect.metric, effect);
    return html`<li>
      <span class="said"
        >${words}<br /><span class="small quiet">${detail}. ${change}</span></span
      >
      ${iconButton({ icon: 'close', label: `Take back: ${words}`, onClick: () => this.#change(this.edits.filter((_, at) => at !== i)) })}
    </li>`;
  }

  #keptModels() {
    const own = (this.#kept.value ?? []).filter(({ trial }) => trial === this.trial);
    if (own.length === 0) return nothing;
    return html`<div class="kept">
      <h5>Kept edited models of this trial</h5>
      <ul>
        ${own.map(
          (edited) => html`<li>
            <span class="said"
              >${editName(edited.number)}${edited.note ? `: ${edited.note}` : ''}<br /><span class="small quiet"
                >${editedModelTitle(edited)}, ${numberWords(edited.edits.length)}
                ${edited.edits.length === 1 ? 'edit' : 'edits'}${
                  edited.test ? `; on the test part ${metricChangeWords(edited.test.metric, edited.test)}` : ''
                }</span
              ></span
            >
            ${link('Take out', () => this.#remove(edited), `Take ${editName(edited.number)} out`)}
          </li>`,
        )}
      </ul>
    </div>`;
  }

  readonly #open = (): void => {
    this.isOpen = true;
    void this.#ask();
    this.#askForKept();
  };

  #close(): void {
    this.isOpen = false;
  }

  readonly #take = ({ detail }: CustomEvent<ModelEdit>): void => this.#change([...this.edits, detail]);

  #change(edits: readonly ModelEdit[]): void {
    this.edits = edits;
    this.saved = null;
    void this.#ask();
  }

  /** What the engine refuses, with its words, is not among the edits any more. */
  async #ask(): Promise<void> {
    const { host, file, trial, edits } = this;
    if (!host) return;
    await this.#preview.ask(() =>
      host.request('edit.preview', { file, trial, edits: [...edits] }, { silenceSeconds: 90 }),
    );
    if (edits !== this.edits) return;
    if (this.#preview.fault) this.edits = this.#taken;
    else this.#taken = edits;
  }

  #askForKept(): void {
    const { host, file } = this;
    if (host) void this.#kept.ask(async () => (await host.request('edit.list', { file })).edits);
  }

  readonly #save = (): void => {
    const { host, file, trial, note } = this;
    if (!host || this.edits.length === 0) return;
    const edits = [...this.edits];
    void this.#saving.run(async (options) => {
      const saved = await host.request('edit.save', { file, trial, edits, note }, options);
      this.note = '';
      this.#change([]);
      this.saved = saved;
      this.#askForKept();
    });
  };

  #remove(edited: EditedModel): void {
    const { host, file } = this;
    if (!host) return;
    void this.#saving.run(async (options) => {
      await host.request('edit.remove', { file, edit: editName(edited.number) }, options);
      if (this.saved?.number === edited.number) this.saved = null;
      this.#askForKept();
    });
  }
}

const termKey = (term: AdditiveTerm): string => JSON.stringify(columnsOfTerm(term));
define('vitrine-model-editing', ModelEditingView);
