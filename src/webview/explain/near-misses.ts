import { css, html, nothing, type TemplateResult } from 'lit';
import type { Example } from '../../shared/results/examples.ts';
import {
  type NearMiss,
  type NearMisses,
  type NearShare,
  nearBasisWords,
  nearMissesWords,
  tellsRows,
  truthWords,
} from '../../shared/results/near-misses.ts';
import { cellWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import type { TableCell, TableContent } from '../components/table-content.ts';
import { quality } from './quality.ts';

/** Pairs of rows that are nearly the same and yet predicted differently, or that turned out differently. */
export class NearMissesView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      h4 {
        font-size: inherit;
        font-weight: 600;
        margin: 14px 0 0;
      }
      .said {
        margin-bottom: 6px;
        max-width: 75ch;
      }
      .basis {
        margin-top: 8px;
      }
    `,
  ];
  static override properties = { result: { attribute: false } };
  declare result: NearMisses | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    return html`<vitrine-figure
      heading="Rows that nearly went the other way"
      question="How often is the row most like a row predicted differently, or did it turn out differently? Lines are 95 % intervals."
      .words=${nearMissesWords(result)}
    >
      ${result.partial ? html`<p class="small">${result.partial}</p>` : nothing}
      <vitrine-interval-bars label="How often the nearest row differs" .bars=${barsOf(result)}></vitrine-interval-bars>
      ${pairs('Predicted differently', '', result.predictedApart, result)}
      ${pairs('Turned out differently', truthWords(result), result.trulyApart, result)}
      <p class="small quiet basis">${nearBasisWords(result)}</p>
      ${quality(result)}
    </vitrine-figure>`;
  }
}

function barsOf(result: NearMisses): Bar[] {
  const pair = (name: string, own: NearShare): Bar[] => [
    {
      label: name,
      value: own.share,
      interval: own.interval,
      words: percentWords(own.share),
      look: tellsRows(own) ? 'solid' : 'hollow',
      note: tellsRows(own) ? undefined : 'no less than by chance',
    },
    { label: 'Dealt at random', value: own.random, words: percentWords(own.random), look: 'hollow' },
  ];
  return [...pair('Predicted differently', result.predicted), ...pair('Turned out differently', result.true)];
}

const pairs = (
  heading: string,
  words: string,
  list: readonly NearMiss[],
  result: NearMisses,
): TemplateResult | typeof nothing =>
  list.length === 0
    ? nothing
    : html`<h4>${heading}</h4>
        ${words ? html`<p class="small quiet said">${words}</p>` : nothing}
        <vitrine-table .content=${pairsTable(heading, list, result)}></vitrine-table>`;

const pairsTable = (heading: string, list: readonly NearMiss[], { usualDistance }: NearMisses): TableContent => ({
  caption: `Nearest rows: ${heading.toLowerCase()}`,
  columns: [
    { title: 'Rows' },
    {
      title: 'Distance',
      numeric: true,
      hint: `Gower distance, from 0 (the same) to 1; a row's nearest one is usually at ${numberWords(usualDistance)}`,
    },
    { title: 'Predicted' },
    { title: 'Truth' },
    { title: 'What differs' },
  ],
  rows: list.map(({ rows: [a, b], distance, differ }): TableCell[] => [
    `${a.rowIndex} and ${b.rowIndex}`,
    numberWords(distance),
    both(a.predicted, b.predicted),
    both(a.truth, b.truth),
    differences(a, b, differ),
  ]),
});

const both = (a: string | number, b: string | number): TableCell =>
  a === b ? { text: cellWords(a), mark: 'quiet' } : { text: `${cellWords(a)} / ${cellWords(b)}`, mark: 'differs' };

const differences = (a: Example, b: Example, differ: readonly string[]): string =>
  differ.length === 0
    ? 'nothing'
    : differ.map((name) => `${name}: ${cellWords(a.row[name])} / ${cellWords(b.row[name])}`).join('; ');
define('vitrine-near-misses', NearMissesView);
