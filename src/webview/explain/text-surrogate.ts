import { css, html, nothing, type TemplateResult } from 'lit';
import { changeWords, countWords, numberWords } from '../../shared/results/numbers.ts';
import {
  hiddenWords,
  isTellingWord,
  type TextPiece,
  type TextSurrogate,
  textSurrogateWords,
  type WordTerm,
} from '../../shared/results/text-surrogate.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/empty-state.ts';
import '../components/figure.ts';
import type { TableContent } from '../components/table-content.ts';
import { quality } from './quality.ts';
import { shapStyles } from './shap-styles.ts';

const shortLength = 12;

/** The text itself, its words marked by what they add or take away, then the heaviest as bars. */
export class TextSurrogateView extends VitrineElement {
  static override styles = [
    baseStyles,
    shapStyles,
    css`
      blockquote {
        margin: 8px 0 12px;
        padding: 8px 12px;
        max-width: 75ch;
        max-height: 24em;
        overflow-y: auto;
        border: 1px solid var(--line);
        border-radius: 4px;
        line-height: 2.1;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      mark {
        padding: 1px 3px;
        border-radius: 3px;
        color: inherit;
        --share: 12%;
      }
      .adds {
        background: color-mix(in srgb, var(--vscode-charts-blue) var(--share), transparent);
        border-bottom: 2px solid var(--vscode-charts-blue);
      }
      .takes {
        background: color-mix(in srgb, var(--vscode-charts-orange, #d18616) var(--share), transparent);
        border-bottom: 2px dashed var(--vscode-charts-orange, #d18616);
      }
      .half {
        --share: 28%;
      }
      .strong {
        --share: 50%;
      }
      mark .small {
        margin-left: 3px;
        white-space: nowrap;
      }
      summary {
        cursor: pointer;
        color: var(--vscode-textLink-foreground);
      }
    `,
  ];
  static override properties = { result: { attribute: false } };
  declare result: TextSurrogate | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    return html`<vitrine-figure
      heading="Which words matter here"
      question="Row ${result.rowIndex}: why this prediction? What each word of ${result.column} moves the ${unitOf(result)} by, being there."
      lead=${result.partial ?? ''}
      .words=${textSurrogateWords(result)}
      .table=${wordTable(result)}
    >
      ${figures(result)} ${result.trustworthy ? drawing(result) : refusal(result)}
      ${hiddenWords(result) ? html`<p class="small quiet">${hiddenWords(result)}</p>` : nothing} ${quality(result)}
    </vitrine-figure>`;
  }
}

const unitOf = (result: TextSurrogate): string =>
  result.class === undefined ? 'predicted value' : `probability of ${result.class}`;

const figures = (result: TextSurrogate) => html`<dl>
  ${[
    [`Predicted ${unitOf(result).replace('predicted ', '')}`, numberWords(result.prediction)],
    ['The imitation gives', numberWords(result.surrogatePrediction)],
    ['Held-out R²', numberWords(result.heldOutR2)],
    ['Samples', numberWords(result.samples)],
  ].map(([name, words]) => html`<div><dt>${name}</dt><dd class="numbers">${words}</dd></div>`)}
</dl>`;

function drawing(result: TextSurrogate): TemplateResult {
  const telling = result.terms.filter(isTellingWord);
  const still = result.terms.length - telling.length;
  return html`<blockquote aria-label="The text, its words marked">${result.pieces.map((piece) => drawn(piece, result.terms))}</blockquote>
    <vitrine-interval-bars label="Words" .bars=${telling.slice(0, shortLength).map(bar)}></vitrine-interval-bars>
    ${still > 0 ? html`<p class="small quiet">${countWords(still, 'word')} cannot be told from nothing.</p>` : nothing}`;
}

/** Signs beside the colours, weights beside the words. */
function drawn({ text, term }: TextPiece, terms: readonly WordTerm[]) {
  const found = term === null ? undefined : terms[term];
  if (!found || !isTellingWord(found)) return text;
  const { weight } = found;
  const share = Math.abs(weight / terms[0].weight);
  const strength = share > 2 / 3 ? 'strong' : share > 1 / 3 ? 'half' : '';
  return html`<mark class="${weight > 0 ? 'adds' : 'takes'} ${strength}">${text}<span class="small numbers">${changeWords(weight, 2)}</span></mark>`;
}

const refusal = (result: TextSurrogate) => html`<vitrine-empty-state
    picture="warning"
    tone="warning"
    heading="No word by itself is the reason here"
    words=${result.quality.words}
  ></vitrine-empty-state>
  ${result.terms.length > 0 ? html`<details><summary>Show the words all the same</summary>${drawing(result)}</details>` : nothing}`;

const bar = ({ word, count, weight, spread }: WordTerm): Bar => ({
  label: word,
  value: weight,
  interval: { low: weight - 2 * spread, high: weight + 2 * spread },
  words: changeWords(weight),
  note: count > 1 ? `stands there ${numberWords(count)} times` : undefined,
});

const wordTable = ({ terms, column }: TextSurrogate): TableContent => ({
  caption: `What each word of ${column} adds`,
  columns: [
    { title: 'Word' },
    { title: 'Times', numeric: true },
    { title: 'Weight', numeric: true },
    { title: 'Spread', numeric: true, hint: 'Standard deviation over repeats of the sampling' },
  ],
  rows: terms.map(({ word, count, weight, spread }) => [
    word,
    numberWords(count),
    changeWords(weight),
    numberWords(spread),
  ]),
});
define('vitrine-text-surrogate', TextSurrogateView);
