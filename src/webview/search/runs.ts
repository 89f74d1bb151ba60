import { css, html, nothing } from 'lit';
import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import { countWords, notMeasured, numberWords } from '../../shared/results/numbers.ts';
import { type SearchRuns, searchRunsWords } from '../../shared/results/search-runs.ts';
import '../charts/chart.ts';
import { runLooks, runsChart } from '../charts/runs-chart.ts';
import { baseStyles } from '../components/base-styles.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import type { TableContent } from '../components/table-content.ts';
import { legend, legendStyles } from './legend.ts';

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

/** One row a run. */
export const runsTable = ({ groups, objective }: SearchRuns): TableContent => ({
  caption: 'Runs',
  columns: [
    { title: 'Group' },
    { title: 'Seed', numeric: true },
    { title: 'Trials', numeric: true },
    { title: `Best ${metricInSentence(objective)}`, numeric: true },
  ],
  rows: groups.flatMap(({ name, runs }) =>
    runs.map(({ seed, trials, best }) => [
      name,
      String(seed),
      numberWords(trials),
      best ? numberWords(best.value, 4) : notMeasured,
    ]),
  ),
});

/** Each group's mean and spread by finished trials. */
export const curvesTable = ({ groups, objective }: SearchRuns): TableContent => ({
  caption: `Best ${objective} by finished trials`,
  columns: [
    { title: 'Group' },
    ...['Trials', 'Runs', 'Mean', 'Deviation', 'Low', 'High'].map((title) => ({ title, numeric: true })),
  ],
  rows: groups.flatMap(({ name, curve }) =>
    curve.map(({ trials, runs, mean, deviation, low, high }) => [
      name,
      String(trials),
      String(runs),
      String(mean),
      deviation === null ? '' : String(deviation),
      String(low),
      String(high),
    ]),
  ),
});
define('vitrine-search-runs', RunsView);
