import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { type EditRange, type ModelEdit, termName } from '../../../shared/model-edit.ts';
import { type AdditiveTerm, cellOfAxisWords, type TermAxis } from '../../../shared/results/additive-terms.ts';
import { changeWords } from '../../../shared/results/numbers.ts';
import { effectMap } from '../../charts/effect-map.ts';
import '../../charts/step-curve.ts';
import type { Stretch } from '../../charts/step-curve.ts';
import { baseStyles } from '../../components/base-styles.ts';
import { button } from '../../components/button.ts';
import { define, VitrineElement } from '../../components/element.ts';
import { select } from '../../components/select.ts';
import { textField } from '../../components/text-field.ts';

/** A graph as it was and as it is; after: null where it is dropped; without either it is too small to be drawn. */
export interface EditedGraph {
  readonly columns: readonly string[];
  readonly before?: AdditiveTerm;
  readonly after?: AdditiveTerm | null;
}

/** One graph at a time: where to change it, and how; what is pressed is told by 'vitrine-edit'. */
export class GraphEditor extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .curve {
        max-width: 640px;
        margin: 10px 0;
      }
      .field {
        width: 84px;
      }
      .levels {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(220px, 100%), 1fr));
        gap: 2px 16px;
        margin: 10px 0;
      }
      .levels label {
        display: flex;
        gap: 6px;
        align-items: baseline;
      }
      .levels .said {
        flex: 1;
        min-width: 0;
      }
      .ways {
        margin-top: 8px;
      }
      input[type='checkbox'] {
        accent-color: var(--vscode-button-background);
      }
    `,
  ];
  static override properties = {
    terms: { attribute: false },
    classes: { attribute: false },
    chosen: { state: true },
    score: { state: true },
    ends: { state: true },
    levels: { state: true },
    height: { state: true },
  };
  declare terms: readonly EditedGraph[];
  /** Of several classes: each has graphs of its own. */
  declare classes: readonly string[] | null;
  declare chosen: number;
  declare score: number;
  /** What is written as the ends of the range. */
  declare ends: { readonly from: string; readonly to: string };
  /** Cells of the levels that are chosen. */
  declare levels: ReadonlySet<number>;
  /** What is written to be set. */
  declare height: string;

  constructor() {
    super();
    this.terms = [];
    this.classes = null;
    this.chosen = 0;
    this.score = 0;
    this.ends = { from: '', to: '' };
    this.levels = new Set();
    this.height = '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('chosen')) return;
    this.ends = { from: '', to: '' };
    this.levels = new Set();
    this.height = '';
  }

  protected override render() {
    const graph = this.terms[Math.min(this.chosen, this.terms.length - 1)];
    if (!graph) return html`<p class="quiet">The model has no graphs.</p>`;
    return html`<div class="row">
        <span class="quiet">Graph</span>
        ${select({
          label: 'Graph to edit',
          options: this.terms.map(({ columns, after }, i) => ({
            value: String(i),
            label: `${termName(columns)}${after === null ? ' (dropped)' : ''}`,
          })),
          value: String(this.chosen),
          onChange: (value) => {
            this.chosen = Number(value);
          },
        })}
        ${this.classes ? this.#classChooser(this.classes) : nothing}
      </div>
      ${this.#graph(graph)}`;
  }

  #classChooser(classes: readonly string[]) {
    return html`<span class="quiet">Class</span>${select({
      label: 'Class',
      options: classes.map((label, k) => ({ value: String(k), label })),
      value: String(this.score),
      onChange: (value) => {
        this.score = Number(value);
      },
    })}`;
  }

  #graph({ columns, before, after }: EditedGraph): TemplateResult {
    const drop = button({
      label: 'Drop',
      secondary: true,
      disabled: after === null,
      title: `Take the graph of ${termName(columns)} out`,
      onClick: () => this.#tell({ kind: 'drop', columns: [...columns] }),
    });
    if (after === null) return html`<p class="quiet">This graph is dropped: it adds nothing to any prediction.</p>`;
    if (!before || !after) return html`<div class="row ways">${drop}</div>`;
    const [axis, second] = before.axes;
    if (second)
      return html`<div class="curve">${effectMap(before, this.score, termName(columns))}</div>
        <div class="row ways">${drop}</div>`;
    return html`${axis.kind === 'numbers' ? this.#numbers(axis, before, after) : this.#levels(axis, before, after)}
      <div class="row ways">
        ${this.#way('Flatten', 'One height: the mean of the training rows there', (range) => ({ kind: 'flatten', ...this.#of(axis), range }))}
        ${
          axis.kind === 'numbers'
            ? html`${this.#direction(axis, 'Never falls', 'up')} ${this.#direction(axis, 'Never rises', 'down')}
              ${this.#way('Straighten', 'A straight line from the first step of the range to the last', (range) => ({ kind: 'interpolate', ...this.#of(axis), range }))}`
            : nothing
        }
        ${drop}
      </div>
      <div class="row ways">
        ${textField({
          label: 'Height to set',
          value: this.height,
          placeholder: 'Height',
          onInput: (text) => {
            this.height = text;
          },
          onEnter: () => this.#set(axis),
        })}
        ${button({ label: 'Set height', secondary: true, disabled: this.#height() === null || this.#range(axis) === null, onClick: () => this.#set(axis) })}
      </div>`;
  }

  #numbers(axis: Extract<TermAxis, { kind: 'numbers' }>, before: AdditiveTerm, after: AdditiveTerm) {
    const range = this.#range(axis);
    const stretch = range?.kind === 'numbers' ? range : null;
    const [was, is] = [before.effect[this.score], after.effect[this.score]];
    const isChanged = was.some((value, cell) => value !== is[cell]);
    const curve = {
      axis,
      effect: is,
      error: after.error?.[this.score],
      share: after.share,
      ...(isChanged && { before: was }),
    };
    const end = (which: 'from' | 'to', label: string) =>
      textField({
        label,
        value: this.ends[which],
        placeholder: which === 'from' ? 'least' : 'greatest',
        onInput: (text) => {
          this.ends = { ...this.ends, [which]: text };
        },
        onEnter: () => undefined,
      });
    return html`<div class="curve">
        <vitrine-step-curve
          brushable
          .curve=${curve}
          .stretch=${stretch && (stretch.from !== null || stretch.to !== null) ? stretch : null}
          label=${`${axis.column}${isChanged ? ': as it was, dashed, and as it is' : ''}`}
          @vitrine-stretch=${({ detail }: CustomEvent<Stretch>) => {
            this.ends = { from: endText(detail.from, axis.date), to: endText(detail.to, axis.date) };
          }}
        ></vitrine-step-curve>
      </div>
      <div class="row">
        <span class="quiet">From</span>${end('from', 'Range from')}<span class="quiet">to</span>${end('to', 'Range to')}
        <span class="small quiet">${range === null ? 'This is no range.' : isChanged ? 'Dashed: as it was.' : 'Or draw over the graph.'}</span>
      </div>`;
  }

  #levels(axis: Extract<TermAxis, { kind: 'levels' }>, before: AdditiveTerm, after: AdditiveTerm) {
    const [was, is] = [before.effect[this.score], after.effect[this.score]];
    return html`<div class="levels" role="group" aria-label="Levels to edit">
      ${axis.groups.map(
        (group, cell) => html`<label>
          <input
            type="checkbox"
            .checked=${this.levels.has(cell)}
            ?disabled=${group.others === true && group.levels.length === 0}
            @change=${() => {
              const levels = new Set(this.levels);
              if (!levels.delete(cell)) levels.add(cell);
              this.levels = levels;
            }}
          /><span class="said">${cellOfAxisWords(axis, cell)}</span
          ><span class="numbers"
            >${changeWords(is[cell], 2)}${was[cell] === is[cell] ? nothing : html` <s class="quiet">${changeWords(was[cell], 2)}</s>`}</span
          >
        </label>`,
      )}
    </div>`;
  }

  #direction(axis: TermAxis, label: string, direction: 'up' | 'down') {
    const title = `Force it: isotonic regression, weighted by the training rows${this.ends.from || this.ends.to ? ', in the range' : ''}`;
    return this.#way(label, title, (range) => ({ kind: 'monotone', ...this.#of(axis), direction, range }));
  }

  #way(label: string, title: string, edit: (range: EditRange) => ModelEdit) {
    const axis = this.terms[this.chosen]?.before?.axes[0];
    const range = axis ? this.#range(axis) : null;
    return button({
      label,
      secondary: true,
      title: range === null ? 'Choose where first.' : title,
      disabled: range === null,
      onClick: () => range !== null && this.#tell(edit(range)),
    });
  }

  #of({ column }: TermAxis): { column: string; class?: string } {
    return { column, ...(this.classes && { class: this.classes[this.score] }) };
  }

  #height(): number | null {
    const value = Number(this.height);
    return this.height.trim() !== '' && Number.isFinite(value) ? value : null;
  }

  #set(axis: TermAxis): void {
    const [adds, range] = [this.#height(), this.#range(axis)];
    if (adds !== null && range !== null) this.#tell({ kind: 'set', ...this.#of(axis), range, adds });
  }

  /** What is written or chosen; null where it is none. */
  #range(axis: TermAxis): EditRange | null {
    if (axis.kind === 'numbers') {
      const [from, to] = [endOf(this.ends.from), endOf(this.ends.to)];
      return from === undefined || to === undefined ? null : { kind: 'numbers', from, to };
    }
    const groups = [...this.levels].map((cell) => axis.groups[cell]);
    if (groups.length === 1 && groups[0].missing && groups[0].levels.length === 0) return { kind: 'missing' };
    const levels = groups.flatMap((group) => group.levels);
    return levels.length > 0 ? { kind: 'levels', levels } : null;
  }

  #tell(detail: ModelEdit): void {
    this.dispatchEvent(new CustomEvent<ModelEdit>('vitrine-edit', { detail }));
  }
}

const endText = (end: number | null, isDate: boolean): string =>
  end === null ? '' : isDate ? new Date(end).toISOString().slice(0, 10) : String(end);

/** null: nothing is written; undefined: what is written is neither a number nor a date. */
function endOf(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const value = Number.isNaN(Number(text)) ? Date.parse(text) : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
define('vitrine-graph-editor', GraphEditor);
