import { css, html, nothing, type TemplateResult } from 'lit';
import {
  type ConstantShape,
  type ModelReading,
  modelReadingWords,
  predictionWords,
  type RulesShape,
  ruleHolds,
  type ToldRule,
  type TreeShape,
  type WeightsShape,
  type WitnessesShape,
} from '../../shared/results/model-reading.ts';
import { countWords, listWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import '../charts/interval-bars.ts';
import '../charts/tree-outline.ts';
import { baseStyles } from '../components/base-styles.ts';
import { link } from '../components/button.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { icon } from '../components/icon.ts';
import { select } from '../components/select.ts';
import { textField } from '../components/text-field.ts';
import { quality } from './quality.ts';
import { readingTable, witnessTable } from './reading/reading-table.ts';
import { weightBars } from './reading/weight-bars.ts';

const shortLength = 12;
const shortWitnesses = 4;

/** A model that can be followed whole: its weights, tree, rules or shares; of a row the way through a tree, and the rules that hold. */
export class ModelReadingView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      h4 {
        font-size: inherit;
        font-weight: 600;
        margin: 0;
      }
      .choice {
        margin-bottom: 10px;
      }
      .field {
        width: 90px;
      }
      .more {
        margin-top: 8px;
      }
      ol {
        margin: 8px 0 0;
        padding: 0;
        list-style: none;
        counter-reset: rule;
      }
      ol > li {
        counter-increment: rule;
        display: grid;
        grid-template-columns: 2em minmax(0, 1fr);
        padding: 5px 6px;
        border-top: 1px solid var(--line);
      }
      ol > li::before {
        content: counter(rule) '.';
        font-variant-numeric: tabular-nums;
        color: var(--quiet);
      }
      .holds {
        background: color-mix(in srgb, var(--vscode-charts-blue) 14%, transparent);
        outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
        outline-offset: -1px;
      }
      .coverage {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 8px;
        margin-top: 2px;
      }
      .bar {
        width: 72px;
        height: 6px;
      }
      .bar .track {
        fill: color-mix(in srgb, var(--vscode-foreground) 12%, transparent);
      }
      .bar .share {
        fill: var(--vscode-charts-blue);
      }
      .witnesses {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr));
        gap: 16px 24px;
        align-items: start;
      }
      .witnesses vitrine-table {
        --table-height: 260px;
        margin-top: 4px;
      }
      details {
        margin-top: 10px;
      }
      summary {
        cursor: pointer;
      }
      .made {
        margin: 4px 0 0 16px;
        list-style: disc;
      }
    `,
  ];
  static override properties = {
    result: { attribute: false },
    row: { attribute: false },
    whole: { state: true },
    score: { state: true },
    typed: { state: true },
  };
  declare result: ModelReading | null;
  /** Position in the part, of the row that is being explained. */
  declare row: number | null;
  declare whole: boolean;
  declare score: number;
  /** What somebody wrote in place of that row. */
  declare typed: string | null;

  constructor() {
    super();
    this.result = null;
    this.row = null;
    this.whole = false;
    this.score = 0;
    this.typed = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    return html`<vitrine-figure
      heading="How the model decides"
      question=${questionWords(result)}
      .words=${modelReadingWords(result)}
      .table=${readingTable(result)}
    >
      ${this.#shape(result)} ${made(result)} ${quality(result)}
    </vitrine-figure>`;
  }

  #shape(result: ModelReading): TemplateResult {
    const { shape } = result;
    switch (shape.kind) {
      case 'weights':
        return this.#weights(result, shape);
      case 'tree':
        return this.#tree(result, shape);
      case 'rules':
        return this.#rules(result, shape);
      case 'witnesses':
        return this.#witnesses(result, shape);
      case 'constant':
        return constant(result, shape);
    }
  }

  #weights({ scores }: ModelReading, shape: WeightsShape) {
    const score = Math.min(this.score, shape.intercept.length - 1);
    const bars = weightBars(shape, score);
    const { count, largest } = shape.further;
    return html`${scores ? this.#classChooser(scores, score) : nothing}
      <vitrine-interval-bars label="What each input adds" .bars=${this.whole ? bars : bars.slice(0, shortLength)}></vitrine-interval-bars>
      ${this.#more(bars.length, shortLength)}
      ${
        count > 0 && (this.whole || bars.length <= shortLength)
          ? html`<p class="small quiet more">
              ${countWords(count, 'smaller weight')} not listed, each adding at most ${numberWords(largest)}.
            </p>`
          : nothing
      }
      <p class="small quiet more">${shape.intervals}</p>`;
  }

  #tree({ classes }: ModelReading, shape: TreeShape) {
    const row = this.#followed(shape.endOfRow.length);
    const folded = shape.nodes.reduce((sum, node) => sum + (node.folded ?? 0), 0);
    return html`${this.#follow(shape.endOfRow.length)}
      <vitrine-tree-outline .shape=${shape} .classes=${classes} .row=${row}></vitrine-tree-outline>
      ${
        folded > 0
          ? html`<p class="small quiet more">
              Drawn to depth ${shape.drawnDepth} of ${shape.depth}: ${countWords(folded, 'leaf', 'leaves')} farther down are folded in.
            </p>`
          : nothing
      }`;
  }

  #rules(result: ModelReading, { begin, rules }: RulesShape) {
    const known = rules.length > 0 ? 4 * rules[0].holds.length : 0;
    const row = this.#followed(known);
    return html`${this.#follow(known)}
      <p>${begin}</p>
      <ol aria-label="Rules">
        ${rules.map((rule) => ruleLine(result, rule, row))}
      </ol>`;
  }

  #witnesses({ classes = [] }: ModelReading, { columns, further }: WitnessesShape) {
    const shown = this.whole ? columns : columns.slice(0, shortWitnesses);
    return html`<div class="witnesses">
        ${shown.map(
          (column) => html`<section>
            <h4>${column.column}</h4>
            <span class="small quiet">parts the classes by ${numberWords(column.weight)} log odds on average</span>
            <vitrine-table .content=${witnessTable(column, classes)}></vitrine-table>
            ${column.further > 0 ? html`<p class="small quiet">${countWords(column.further, 'rarer one')} not listed.</p>` : nothing}
          </section>`,
        )}
      </div>
      ${this.#more(columns.length, shortWitnesses)}
      ${further > 0 && this.whole ? html`<p class="small quiet more">${countWords(further, 'further column')} not listed.</p>` : nothing}`;
  }

  #classChooser(classes: readonly string[], score: number) {
    const options = classes.map((label, k) => ({ value: String(k), label }));
    const choose = (value: string) => {
      this.score = Number(value);
    };
    return html`<div class="row choice">
      <span class="quiet">Class</span>${select({ label: 'Class', options, value: String(score), onChange: choose })}
    </div>`;
  }

  /** The row that is typed, or else the one that is being explained; null where it is not known. */
  #followed(known: number): number | null {
    const row = this.typed === null || this.typed.trim() === '' ? this.row : Number(this.typed);
    return row !== null && Number.isInteger(row) && row >= 0 && row < known ? row : null;
  }

  #follow(known: number) {
    const isUnknown = this.typed !== null && this.typed.trim() !== '' && this.#followed(known) === null;
    const follow = (text: string) => {
      this.typed = text;
    };
    return html`<div class="row choice">
      <span class="quiet">Follow row</span>
      ${textField({
        label: 'Row to follow',
        value: this.typed ?? (this.row === null ? '' : String(this.row)),
        placeholder: 'row',
        onInput: follow,
        onEnter: () => undefined,
      })}
      <span class="small quiet" role="status">${isUnknown ? `Rows 0 to ${known - 1} can be followed.` : 'of the validation part'}</span>
    </div>`;
  }

  #more(length: number, short: number) {
    const toggle = () => {
      this.whole = !this.whole;
    };
    return length > short
      ? html`<p class="small more">${link(this.whole ? `Show the first ${short}` : `Show ${length - short} more`, toggle)}</p>`
      : nothing;
  }
}

function questionWords({ shape, unit, scores, target, rows }: ModelReading): string {
  switch (shape.kind) {
    case 'weights': {
      const from = scores ? '' : ` from ${numberWords(shape.intercept[0])} on`;
      const lines = shape.terms.some(({ error }) => error) ? '; lines are 95 % intervals' : '';
      return `What each input adds${from}, in ${unit}: of a number between a low and a high value of it, of a level beside the average row${lines}.`;
    }
    case 'tree':
      return `Every row answers the questions from the top down; where it ends, the training rows there say its ${target}.`;
    case 'rules':
      return `The weights of all rules that hold for a row are added up, in ${unit}. Coverage is that of ${countWords(rows, 'row')}.`;
    case 'witnesses':
      return `What each column says of the classes${shape.power < 1 ? `, counted as ${numberWords(shape.power)} of a witness each` : ''}; before any of them, the classes are as frequent as in training.`;
    case 'constant':
      return 'It looks at no column: this is what every other model must beat.';
  }
}

function ruleLine({ classes }: ModelReading, rule: ToldRule, row: number | null) {
  const holds = row !== null && ruleHolds(rule, row);
  return html`<li class=${holds ? 'holds' : ''}>
    <div>
      <div>${rule.text}</div>
      <div class="coverage small quiet">
        <svg class="bar" aria-hidden="true">
          <rect class="track" width="100%" height="6" rx="2"></rect>
          <rect class="share" width="${100 * rule.coverage}%" height="6" rx="2"></rect>
        </svg>
        <span>holds for ${percentWords(rule.coverage)}${rule.mean ? `, there ${predictionWords(rule.mean, classes)} on average` : ''}</span>
        ${holds ? html`<span>${icon('check')} holds for row ${row}</span>` : nothing}
      </div>
    </div>
  </li>`;
}

const constant = ({ classes }: ModelReading, { prediction }: ConstantShape) => html`<p>
  Every row is predicted
  ${classes ? listWords(classes.map((name, k) => `${name} ${percentWords(prediction[k])}`)) : numberWords(prediction[0])}.
</p>`;

const made = ({ made }: ModelReading) =>
  made.length > 0
    ? html`<details class="small">
        <summary>${countWords(made.length, 'column is', 'columns are')} not as in the data</summary>
        <ul class="made quiet">
          ${made.map(({ column, words }) => html`<li>${column}: ${words}</li>`)}
        </ul>
      </details>`
    : nothing;
define('vitrine-model-reading', ModelReadingView);
