import { css, html, nothing, type TemplateResult } from 'lit';
import { type Explanation, explanationKinds, rowOf, type Technique } from '../../shared/results/explanation.ts';
import type { AnalysedModel } from '../../shared/results/study.ts';
import { baseStyles } from '../components/base-styles.ts';
import { button } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import { select } from '../components/select.ts';
import { explanationView } from '../explain/views.ts';
import type { givenOptions } from './given-options.ts';
import './technique-options.ts';

/** What is asked for by 'vitrine-explain'. */
export interface AskedExplanation {
  readonly kind: Technique['kind'];
  readonly row?: number;
  readonly options?: ReturnType<typeof givenOptions>;
}

/** All explanations of a model: of it as a whole, then of one row at a time; those that are not made yet can be asked for. */
export class Explanations extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      section + section {
        margin-top: 20px;
        padding-top: 16px;
        border-top: 1px solid var(--line);
      }
      .row {
        margin-bottom: 12px;
      }
      .one-row > * + * {
        margin-top: 24px;
      }
      ul {
        list-style: none;
        margin: 0;
        padding: 0;
      }
      .more h3 {
        margin: 0 0 4px;
        font-size: inherit;
      }
      .more li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        padding: 6px 0;
      }
      .more .title {
        flex: 1 1 200px;
        min-width: 0;
      }
      .more vitrine-technique-options {
        flex: 1 0 100%;
        min-width: 0;
      }
    `,
  ];
  static override properties = {
    detail: { attribute: false },
    blocked: {},
    editing: { attribute: false },
    chosen: { state: true },
  };
  declare detail: AnalysedModel | null;
  /** Why nothing can be asked for now; empty where it can, null where nobody could make it: a report. */
  declare blocked: string | null;
  /** The model's editing, under what it can be read by; null where nobody can follow it, and in a report. */
  declare editing: TemplateResult | null;
  declare chosen: number | null;

  constructor() {
    super();
    this.detail = null;
    this.blocked = null;
    this.editing = null;
    this.chosen = null;
  }

  protected override render() {
    const { detail } = this;
    if (!detail) return nothing;
    const rows = explainedRows(detail);
    const row = this.chosen !== null && rows.includes(this.chosen) ? this.chosen : rows.at(-1);
    const ofModel = newestOf(detail.explanations.filter((one) => rowOf(one) === undefined));
    return html`${ofModel.map((one) => html`<section>${explanationView(one, row)}${readAt(one) ? this.editing : nothing}${this.#again(detail, one.kind)}</section>`)}
      ${this.#more(detail, 'model', ofModel)} ${row === undefined ? nothing : this.#row(detail, rows, row)}`;
  }

  #row(detail: AnalysedModel, rows: readonly number[], row: number) {
    const made = newestOf(detail.explanations.filter((one) => rowOf(one) === row));
    return html`<section>
        ${rows.length > 1 ? this.#chooser(rows, row) : nothing}
        <div class="one-row">${made.map((one) => html`<div>${explanationView(one, row)}${this.#again(detail, one.kind, row)}</div>`)}</div>
      </section>
      ${this.#more(detail, 'one row', made, row)}`;
  }

  /** What suits the model and is not made yet. */
  #more({ techniques }: AnalysedModel, scope: Technique['scope'], made: readonly Explanation[], row?: number) {
    const { blocked } = this;
    const left = techniques.filter(
      (one) => one.scope === scope && one.unsuited === undefined && !made.some(({ kind }) => kind === one.kind),
    );
    if (blocked === null || left.length === 0) return nothing;
    const heading = row === undefined ? 'More about the model' : `More about row ${row}`;
    return html`<section class="more">
      <h3>${heading}</h3>
      <ul>
        ${left.map((technique) => this.#offer(technique, blocked, row))}
      </ul>
    </section>`;
  }

  #ask(detail: AskedExplanation): void {
    this.dispatchEvent(new CustomEvent<AskedExplanation>('vitrine-explain', { detail, composed: true }));
  }

  /** What is made already, with other options. */
  #again({ techniques }: AnalysedModel, kind: Explanation['kind'], row?: number) {
    const technique = techniques.find((one) => one.kind === kind);
    return this.blocked === null || !technique ? nothing : this.#options(technique, 'Explain again', this.blocked, row);
  }

  #options(technique: Technique, label: string, blocked: string, row: number | undefined): TemplateResult {
    const { kind } = technique;
    return html`<vitrine-technique-options
      .technique=${technique}
      label=${label}
      blocked=${blocked}
      @vitrine-options=${({ detail: options }: CustomEvent<AskedExplanation['options']>) => this.#ask({ kind, row, options })}
    ></vitrine-technique-options>`;
  }

  #offer(technique: Technique, blocked: string, row: number | undefined): TemplateResult {
    const { kind, title, question } = technique;
    const ask = () => this.#ask({ kind, row });
    const asks = stem(title) === stem(question) ? nothing : html` <span class="quiet">${question}?</span>`;
    return html`<li>
      <span class="title">${title}${asks}</span>
      ${button({ label: 'Explain', title: blocked || `Explain: ${title}`, secondary: true, disabled: blocked !== '', onClick: ask })}
      ${this.#options(technique, 'Explain', blocked, row)}
    </li>`;
  }

  #chooser(rows: readonly number[], row: number) {
    const choose = (value: string) => {
      this.chosen = Number(value);
    };
    const options = rows.map((each) => ({ value: String(each), label: `row ${each}` }));
    return html`<div class="row">
      <span class="quiet">Explained rows</span>
      ${select({ label: 'Explained row', options, value: String(row), onChange: choose })}
    </div>`;
  }
}

/** What a model that can be edited is read by. */
const readAt = ({ kind }: Explanation): boolean => kind === 'additive-terms' || kind === 'model-reading';

/** 'How the model decides' and 'how does the model decide' ask the same. */
const stem = (words: string): string =>
  words
    .toLowerCase()
    .replace(/\bdoes /, '')
    .replace(/s\b/g, '');

/** The last one of each kind, in the order in which kinds are shown. */
function newestOf(explanations: readonly Explanation[]): readonly Explanation[] {
  const byKind = new Map(explanations.map((one) => [one.kind, one]));
  return explanationKinds.flatMap((kind) => byKind.get(kind) ?? []);
}

/** In the order they were asked for. */
export const explainedRows = ({ explanations }: Pick<AnalysedModel, 'explanations'>): readonly number[] => [
  ...new Set(explanations.flatMap((one) => rowOf(one) ?? [])),
];
define('vitrine-explanations', Explanations);
