import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Candidate } from '../../shared/candidate.ts';
import type { Input } from '../../shared/operations/operations.ts';
import { type Counterfactual, editWords, outcomeWords } from '../../shared/results/counterfactuals.ts';
import { changeWords, countWords, numberWords } from '../../shared/results/numbers.ts';
import {
  type EditedExplanation,
  type EditedTerm,
  editedExplanationWords,
  flipsWords,
  type NearestFlips,
  type Sweep,
  sweepWords,
  type WhatIf,
} from '../../shared/results/what-if.ts';
import { type BarPair, pairedBars } from '../charts/paired-bars.ts';
import '../charts/sweep-chart.ts';
import { baseStyles } from '../components/base-styles.ts';
import { button } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/empty-state.ts';
import '../components/figure.ts';
import { busyBar } from '../components/progress.ts';
import { textField } from '../components/text-field.ts';
import type { Host } from '../page/host.ts';
import { LatestAnswer } from '../page/latest-answer.ts';
import { PageFault } from '../page/page-fault.ts';
import './what-if-answer.ts';
import type { CellChange } from './what-if-form.ts';
import './what-if-form.ts';

const shownTerms = 12;

/** The columns of a row, and what is predicted of it before it is edited. */
interface KeptForm {
  readonly rowIndex: number | null;
  readonly form: NonNullable<WhatIf['form']>;
  readonly unedited: WhatIf;
}

/** The form as somebody left it for another tab; of this page only. */
interface Draft {
  readonly rowText: string;
  readonly changes: Readonly<Record<string, string | null>>;
  readonly focused: string;
}
const noDraft: Draft = { rowText: '0', changes: {}, focused: '' };
const drafts = new Map<string, Draft>();

/**
 * A row as a form. Its prediction is asked for at every key, and comes within milliseconds; explanation, sweep and flips of what stands in
 * the form follow, and are given up where it is edited again.
 */
export class WhatIfView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .top {
        margin-bottom: 12px;
      }
      .top .field {
        width: 110px;
      }
      .panes {
        display: grid;
        grid-template-columns: minmax(260px, 2fr) minmax(0, 3fr);
        gap: 16px 28px;
        align-items: start;
      }
      .answer {
        position: sticky;
        top: 0;
        z-index: 1;
        padding-bottom: 8px;
        background: var(--vscode-editor-background);
      }
      .right > * + * {
        margin-top: 18px;
      }
      .older {
        opacity: 0.6;
      }
      .flips li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        padding: 6px 0;
        border-top: 1px solid var(--line);
      }
      .flips .edits {
        flex: 1 1 220px;
        min-width: 0;
      }
      .flips li:first-child {
        border-top: 0;
      }
      @media (max-width: 720px) {
        .panes {
          display: flex;
          flex-direction: column;
          align-items: stretch;
        }
        .right {
          display: contents;
        }
        .answer {
          position: static;
          order: -1;
        }
      }
    `,
  ];
  static override properties = {
    host: { attribute: false },
    file: {},
    candidate: { attribute: false },
    blocked: {},
    rowText: { state: true },
    changes: { state: true },
    focused: { state: true },
  };
  declare host: Host | null;
  declare file: string;
  declare candidate: Candidate | null;
  /** Why nothing can be asked for now; empty where it can. */
  declare blocked: string;
  declare rowText: string;
  declare changes: Readonly<Record<string, string | null>>;
  declare focused: string;
  readonly #prediction = new LatestAnswer<WhatIf>(this);
  readonly #explanation = new LatestAnswer<WhatIf>(this);
  readonly #sweep = new LatestAnswer<WhatIf>(this);
  readonly #flips = new LatestAnswer<WhatIf>(this);
  #form: KeptForm | null = null;
  #giveUp: AbortController | null = null;

  constructor() {
    super();
    this.host = null;
    this.file = '';
    this.candidate = null;
    this.blocked = '';
    this.rowText = noDraft.rowText;
    this.changes = noDraft.changes;
    this.focused = noDraft.focused;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('candidate') && !changed.has('file') && !changed.has('blocked')) return;
    if (changed.has('candidate') || changed.has('file')) {
      for (const answer of [this.#prediction, this.#explanation, this.#sweep, this.#flips]) answer.forget();
      this.#form = null;
      const { rowText, changes, focused } = drafts.get(this.#place) ?? noDraft;
      Object.assign(this, { rowText, changes, focused });
    }
    if (this.blocked === '' && !this.#prediction.value) this.#ask();
  }

  protected override updated(): void {
    const { rowText, changes, focused } = this;
    drafts.set(this.#place, { rowText, changes, focused });
  }

  get #place(): string {
    return `${this.file} ${this.candidate}`;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#giveUp?.abort();
  }

  protected override render() {
    const value = this.#prediction.value ?? this.#form?.unedited ?? null;
    const fault = toldFault(this.#prediction.fault);
    if (!value && this.blocked !== '')
      return html`<vitrine-empty-state picture="question" heading="What if" words=${this.blocked}></vitrine-empty-state>`;
    return html`${this.#top(value)} ${value && this.#form ? this.#panes(value, this.#form.form, fault) : waiting(fault, 'Loading the model')}`;
  }

  #top(value: WhatIf | null) {
    const edited = Object.keys(this.changes).length;
    return html`<div class="top row">
      <span class="quiet">Row of the validation part</span>
      ${textField({ label: 'Row number', value: this.rowText, placeholder: 'typical', onInput: this.#chooseRow, onEnter: () => undefined })}
      <span class="small quiet">${value ? `of ${numberWords(value.rows)}; ` : nothing}empty: a row of medians and most frequent levels</span>
      <span class="spring"></span>
      ${edited > 0 ? button({ label: `Reset ${countWords(edited, 'edit')}`, secondary: true, icon: 'refresh', onClick: this.#reset }) : nothing}
    </div>`;
  }

  #panes(value: WhatIf, form: NonNullable<WhatIf['form']>, fault: PageFault | null) {
    return html`<div class="panes">
      <vitrine-what-if-form
        .columns=${form.columns}
        .byImportance=${form.byImportance}
        .changes=${this.changes}
        .focused=${this.focused}
        @vitrine-change=${(event: CustomEvent<CellChange>) => this.#change(event.detail)}
        @vitrine-column=${(event: CustomEvent<string>) => this.#focus(event.detail)}
      ></vitrine-what-if-form>
      <div class="right">
        <div class="answer">
          ${fault ? faultState(fault) : html`<vitrine-what-if-answer .answer=${value}></vitrine-what-if-answer>`}
        </div>
        ${this.#reasonsOf(value)}
      </div>
    </div>`;
  }

  #reasonsOf(now: WhatIf) {
    const [explained, swept, flipped] = [this.#explanation, this.#sweep, this.#flips];
    const of = ({ rowIndex, edits }: WhatIf) => JSON.stringify([rowIndex, edits]);
    const look = (value: WhatIf) => (of(value) === of(now) ? '' : 'older');
    return html`${
      explained.value?.explanation
        ? html`<div class=${look(explained.value)}>${explanationFigure(explained.value.explanation, explained.value.edits.length > 0)}</div>`
        : waiting(explained.fault, 'Explaining the row')
    }
    ${
      swept.value?.sweep
        ? html`<div class=${look(swept.value)}>${sweepFigure(swept.value.sweep, swept.value.classes)}</div>`
        : waiting(swept.fault)
    }
    ${
      flipped.value?.flips
        ? html`<div class=${look(flipped.value)}>${this.#flipsFigure(flipped.value.flips)}</div>`
        : waiting(flipped.fault, explained.value ? 'Looking for the nearest flips' : undefined)
    }`;
  }

  #flipsFigure(flips: NearestFlips): TemplateResult {
    return html`<vitrine-figure
      heading="Nearest flips"
      question="What would change it: small changes after which the model says ${flips.wanted}."
      lead=${flips.partial ?? ''}
      .words=${flipsWords(flips)}
    >
      ${flips.none === null ? nothing : html`<p>${flips.none}</p>`}
      <ul class="flips">
        ${flips.found.map((one) => this.#flip(one))}
      </ul>
      <p class="small quiet">${flips.words}</p>
    </vitrine-figure>`;
  }

  #flip(one: Counterfactual): TemplateResult {
    const apply = () => {
      const edits = one.edits.map(({ column, to }) => [column, to === null ? null : String(to)] as const);
      this.changes = { ...this.changes, ...Object.fromEntries(edits) };
      this.#ask();
    };
    const likely = one.plausible ? '' : '; unlike the training rows';
    return html`<li>
      <span class="edits">${one.edits.map(editWords).join(', ')}: <strong>${outcomeWords(one)}</strong><span class="small quiet">${likely}</span></span>
      ${button({ label: 'Apply', secondary: true, title: 'Edits the row so', onClick: apply })}
    </li>`;
  }

  readonly #chooseRow = (text: string): void => {
    this.rowText = text;
    if (this.#row === undefined) return;
    this.changes = {};
    this.#ask();
  };

  /** undefined where what was typed is no row. */
  get #row(): number | null | undefined {
    if (this.rowText.trim() === '') return null;
    const row = Number(this.rowText);
    return Number.isInteger(row) && row >= 0 ? row : undefined;
  }

  readonly #reset = (): void => {
    this.changes = {};
    this.#ask();
  };

  #change({ column, value }: CellChange): void {
    const { [column]: _, ...others } = this.changes;
    this.changes = value === undefined ? others : { ...others, [column]: value };
    this.#ask();
  }

  #focus(column: string): void {
    if (column === this.focused) return;
    this.focused = column;
    this.#askSweep();
  }

  #ask(): void {
    if (!this.host || this.candidate === null || this.#row === undefined || this.blocked !== '') return;
    const light = { explain: 'none', flips: false } as const;
    void this.#prediction.ask(async () => {
      const needsForm = this.#form === null || this.#form.rowIndex !== this.#row;
      // Without the edits, one of which may be refused: the form is where it can be mended.
      const answer = await this.#request(needsForm ? { ...light, changes: {}, form: true } : light);
      this.#take(answer);
      return needsForm && Object.keys(this.changes).length > 0 ? this.#request(light) : answer;
    });
  }

  #take(answer: WhatIf): void {
    if (answer.form) this.#form = { rowIndex: answer.rowIndex, form: answer.form, unedited: answer };
    if (this.focused === '') this.focused = answer.form?.columns.find(canSweep)?.name ?? '';
    this.#askReasons();
  }

  /** What follows a prediction; what was asked about an older row is given up. */
  #askReasons(): void {
    this.#giveUp?.abort();
    this.#giveUp = new AbortController();
    this.#askSweep();
    const { signal } = this.#giveUp;
    void this.#explanation.ask(async () => {
      const answer = await this.#request({ flips: false }, signal);
      if (!signal.aborted) void this.#flips.ask(() => this.#request({ explain: 'none' }, signal));
      return answer;
    });
  }

  #askSweep(): void {
    const { focused } = this;
    const column = this.#form?.form.columns.find(({ name }) => name === focused);
    if (column && canSweep(column))
      void this.#sweep.ask(() =>
        this.#request({ sweep: focused, explain: 'none', flips: false }, this.#giveUp?.signal),
      );
  }

  /** Of the row as it stands in the form now. */
  async #request(wishes: Partial<Input<'trial.whatIf'>>, signal?: AbortSignal): Promise<WhatIf> {
    const { host, file, candidate, changes } = this;
    const row = this.#row;
    if (!host || candidate === null || row === undefined) throw PageFault.cancelled();
    const input = { file, trial: candidate, row, changes, ...wishes };
    const answer = await host.request('trial.whatIf', input, { signal, silenceSeconds });
    if (file !== this.file || candidate !== this.candidate) throw PageFault.cancelled();
    return answer;
  }
}

/** Loading the model of a large study may take so long. */
const silenceSeconds = 60;

/** What was given up needs no words. */
const toldFault = (fault: PageFault | null): PageFault | null => (fault?.code === 'cancelled' ? null : fault);

/** What stands where an answer is not there yet, or was refused. */
const waiting = (fault: PageFault | null, words?: string): TemplateResult | typeof nothing => {
  const told = toldFault(fault);
  if (told) return faultState(told);
  return words === undefined ? nothing : busyBar(words);
};

const canSweep = ({ type }: { readonly type: string }): boolean => type !== 'text' && type !== 'image' && type !== 'id';

const faultState = ({ message, advice }: { readonly message: string; readonly advice?: string }): TemplateResult =>
  html`<vitrine-empty-state picture="warning" tone="warning" heading="No answer to this" words=${message} advice=${advice ?? ''}></vitrine-empty-state>`;

function explanationFigure(explanation: EditedExplanation, isEdited: boolean): TemplateResult {
  const { terms, unit, before, after, base, further, why, partial } = explanation;
  const told = terms.filter((term) => term.before !== 0 || term.after !== 0);
  const rest = told.length - Math.min(told.length, shownTerms) + further.count;
  const question = isEdited
    ? `What each column adds to the ${unit}: thin as it was, thick as it is now. From ${numberWords(before)} to ${numberWords(after)}; ${numberWords(base)} before any column is known.`
    : `What each column adds to the ${unit} of ${numberWords(after)}; it is ${numberWords(base)} before any column is known.`;
  return html`<vitrine-figure
    heading=${isEdited ? 'Why: before and after' : 'Why'}
    question=${question}
    lead=${partial ?? ''}
    .words=${editedExplanationWords(explanation)}
  >
    ${
      told.length === 0
        ? html`<p class="quiet">No column makes a difference.</p>`
        : pairedBars(
            'What each column adds',
            told.slice(0, shownTerms).map((term) => termPair(term, isEdited)),
          )
    }
    ${rest > 0 ? html`<p class="small quiet">${countWords(rest, 'smaller one')} not shown.</p>` : nothing}
    <p class="small quiet quality">${why}</p>
  </vitrine-figure>`;
}

function termPair({ columns, before, after, values }: EditedTerm, isEdited: boolean): BarPair {
  const edit = values && values.before !== values.after;
  return {
    label: columns.length > 2 ? countWords(columns.length, 'column') : columns.join(' with '),
    after,
    words: changeWords(after),
    ...(isEdited && { before }),
    ...(edit && { note: editWords({ column: '', from: values.before, to: values.after }).trim(), strong: true }),
  };
}

const sweepFigure = (sweep: Sweep, classes: readonly string[] | undefined): TemplateResult => html`<vitrine-figure
  heading="Only ${sweep.column} changes"
  question="The prediction with this column over its training range and all else as it stands; the line marks the row. Another field shows another column."
  .words=${sweepWords(sweep)}
>
  <vitrine-sweep-chart .sweep=${sweep} .classes=${classes ?? null}></vitrine-sweep-chart>
</vitrine-figure>`;
define('vitrine-what-if', WhatIfView);
