import { css, html, nothing } from 'lit';
import { countWords } from '../../shared/results/numbers.ts';
import { type SearchRuns, searchRunsWords } from '../../shared/results/search-runs.ts';
import '../charts/chart.ts';
import { runLooks, runsChart } from '../charts/runs-chart.ts';
import { baseStyles } from '../components/base-styles.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { legend, legendStyles } from './legend.ts';
import { curvesTable, runsTable } from './tables/runs.ts';

/** Every study of the experiment side by side: those that differ only in their seed as one group with mean and spread. */
export class RunsView extends VitrineElement {
  static override styles = [
    baseStyles,
    legendStyles,
    css`
      vitrine-table {
        margin-top: 8px;
      }
    `,
  ];
  static override properties = { result: { attribute: false } };
  declare result: SearchRuns | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result || result.groups.length === 0) return nothing;
    const words = searchRunsWords(result);
    const shown = result.groups.slice(0, runLooks.length);
    return html`<vitrine-figure
      heading="Runs side by side"
      question="How much of it is chance: what did other seeds and samplers reach?"
      .lead=${words}
      .table=${curvesTable(result)}
    >
      <vitrine-chart label=${words} .build=${runsChart(result)}></vitrine-chart>
      ${legend(shown.map(({ name, runs }, i) => ({ words: `${name}: ${countWords(runs.length, 'run')}`, ...runLooks[i] })))}
      <p class="small quiet">
        The line is the mean of the best so far${shown.some(({ runs }) => runs.length > 1) ? '; the band is one standard deviation over the runs that got so far' : '; with one run there is no spread to show'}.
      </p>
      <vitrine-table .content=${runsTable(result)}></vitrine-table>
    </vitrine-figure>`;
  }
}

define('vitrine-search-runs', RunsView);
