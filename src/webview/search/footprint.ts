import { css, html, nothing } from 'lit';
import { percentWords } from '../../shared/results/numbers.ts';
import { type Region, type SearchFootprint, searchFootprintWords } from '../../shared/results/search-footprint.ts';
import '../charts/chart.ts';
import { footprintChart, footprintMarks } from '../charts/footprint-chart.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { openTrial } from '../study/open-trial.ts';
import { basis, basisStyles } from './basis.ts';
import { configurations } from './configurations.ts';
import { legend, legendStyles } from './legend.ts';
import { footprintTable } from './tables/footprint.ts';

const regions: readonly Region[] = ['covered', 'promising', 'dead'];

/** The map of the space: what the search has covered, what is promising still, and what is dead. */
export class FootprintView extends VitrineElement {
  static override styles = [
    baseStyles,
    basisStyles,
    legendStyles,
    css`
      dl {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 24px;
        margin-bottom: 6px;
      }
      dt {
        font-size: var(--small);
        color: var(--quiet);
      }
      dd {
        font-size: calc(var(--vscode-font-size, 13px) + 3px);
      }
      h4 {
        margin: 12px 0 4px;
        font-size: inherit;
        font-weight: 600;
      }
      vitrine-chart {
        --chart-height: 300px;
      }
    `,
  ];
  static override properties = { result: { attribute: false } };
  declare result: SearchFootprint | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const { shares, best, faithfulness } = result;
    const words = searchFootprintWords(result);
    return html`<vitrine-figure
      heading="How much of the space was seen"
      question="Where has the search been, and is there anywhere worth going?"
      .words=${words}
      .table=${footprintTable(result)}
    >
      <dl>
        ${regions.map((region) => html`<div><dt>${region}</dt><dd class="numbers">${percentWords(shares[region], 0)}</dd></div>`)}
      </dl>
      <vitrine-chart label=${words} .build=${footprintChart(result, (trial) => openTrial(this, trial))}></vitrine-chart>
      ${legend([
        { mark: footprintMarks.best, words: `trial ${best}, the best` },
        { mark: footprintMarks.tried, words: 'tried: the fuller, the better' },
        { mark: footprintMarks.promising, words: 'promising' },
        { mark: footprintMarks.covered, words: 'covered' },
        { mark: footprintMarks.dead, words: 'dead' },
      ])}
      <p class="small quiet">
        Near on the map is alike in the space: the distances agree by a correlation of ${faithfulness.toFixed(2)}. The axes mean nothing by themselves.
      </p>
      ${configurations(result)} ${basis(result)}
    </vitrine-figure>`;
  }
}

define('vitrine-search-footprint', FootprintView);
