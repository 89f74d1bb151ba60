import { css, html, nothing } from 'lit';
import {
  comparedRowsWords,
  comparedWords,
  type DifferingRow,
  differingRowWords,
  disagreementWords,
  flatteredWords,
  foldWords,
  type ModelComparison,
  modelComparisonWords,
  noSlicesWords,
  type PairedContribution,
} from '../../shared/results/model-comparison.ts';
import { cellWords, changeWords, countWords, numberWords } from '../../shared/results/numbers.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { quality } from '../explain/quality.ts';
import { contributionsTable, differingTable, scoresTable, sideTitle, slicesTable } from './comparison-tables.ts';

/** Two models on the same rows: scores, where they disagree, who is right there, and why. */
export class ModelComparisonView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      vitrine-figure + vitrine-figure {
        display: block;
        margin-top: 20px;
      }
      .said {
        margin: 8px 0 0;
        max-width: 85ch;
        text-wrap: pretty;
      }
      .sides {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr));
        gap: 8px 28px;
      }
      h4 {
        font-size: inherit;
        font-weight: 600;
        margin: 0 0 4px;
      }
    `,
  ];
  static override properties = { result: { attribute: false } };
  declare result: ModelComparison | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    return html`<vitrine-figure
        heading="Which is better"
        question="Both on the same ${comparedRowsWords(result)}; the interval resamples the rows, each with both predictions."
        .words=${modelComparisonWords(result)}
      >
        <vitrine-table .content=${scoresTable(result)}></vitrine-table>
        ${result.folds ? html`<p class="said">${foldWords(result, result.folds)}</p>` : nothing}
        ${flatteredWords(result) ? html`<p class="said">${flatteredWords(result)}</p>` : nothing}
        ${result.partial === undefined ? nothing : html`<p class="said">${result.partial}</p>`} ${quality(result)}
      </vitrine-figure>
      ${this.#disagreement(result)} ${this.#slices(result)}
      ${result.differing.length > 0 ? this.#rows(result) : nothing}
      ${result.differing.map((row) => (row.why ? this.#why(result, row) : nothing))}`;
  }

  #disagreement(result: ModelComparison) {
    const { right, rows, interval } = result.disagreement;
    const isOfClasses = interval !== undefined;
    const bar = (label: string, count: number): Bar => ({ label, value: count, words: numberWords(count) });
    const bars = [
      bar(sideTitle(result, 'first'), right.first),
      bar(sideTitle(result, 'second'), right.second),
      ...(right.neither > 0 ? [bar('neither', right.neither)] : []),
    ];
    return html`<vitrine-figure
      heading="Where they disagree, who is right"
      question=${isOfClasses ? 'Rows to which they give different classes.' : 'The tenth of the rows where their values differ the most: who is nearer to the truth.'}
    >
      ${rows > 0 ? html`<vitrine-interval-bars label="How often each is right" .bars=${bars}></vitrine-interval-bars>` : nothing}
      <p class="said">${disagreementWords(result)}</p>
    </vitrine-figure>`;
  }

  #slices(result: ModelComparison) {
    return html`<vitrine-figure
      heading="Where they differ more than elsewhere"
      question="Segments found on one half of the rows and measured on the other."
    >
      ${result.slices.length > 0 ? html`<vitrine-table .content=${slicesTable(result)}></vitrine-table>` : html`<p class="said">${noSlicesWords(result)}</p>`}
    </vitrine-figure>`;
  }

  #rows(result: ModelComparison) {
    return html`<vitrine-figure heading="The rows on which they differ the most" question="Of the ${result.part} part, with what each says.">
      <vitrine-table .content=${differingTable(result)}></vitrine-table>
    </vitrine-figure>`;
  }

  /** What each model makes of the columns of a row, side by side and on the same scale. */
  #why(result: ModelComparison, row: DifferingRow) {
    const { why, rowIndex } = row;
    if (!why) return nothing;
    const telling = why.contributions.filter(({ first, second }) => first !== 0 || second !== 0).slice(0, shown);
    const ends = telling.flatMap(({ first, second }) => [first, second]);
    const reach = { low: Math.min(0, ...ends), high: Math.max(0, ...ends) };
    return html`<vitrine-figure
      heading="Why they differ in row ${rowIndex}"
      question="What each column adds to the ${why.unit}; those that make the largest difference first."
      .words=${differingRowWords(result, row)}
      .table=${contributionsTable(result, row)}
    >
      <div class="sides">
        ${(['first', 'second'] as const).map(
          (side) => html`<div>
            <h4>${sideTitle(result, side)}</h4>
            <p class="small quiet">from ${numberWords(why.base[side])} to ${numberWords(why.explained[side])}</p>
            <vitrine-interval-bars
              label="What each column adds for ${comparedWords(result[side])}"
              .bars=${telling.map((one) => bar(one, one[side]))}
              .reach=${reach}
            ></vitrine-interval-bars>
          </div>`,
        )}
      </div>
    </vitrine-figure>`;
  }
}

const shown = 8;

const bar = ({ columns, value }: PairedContribution, contribution: number): Bar => ({
  label: columns.length === 1 ? `${columns[0]} = ${cellWords(value)}` : countWords(columns.length, 'further column'),
  value: contribution,
  words: changeWords(contribution),
});
define('vitrine-model-comparison', ModelComparisonView);
