import { html, nothing } from 'lit';
import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import { intervalWords, listWords } from '../../shared/results/numbers.ts';
import { type SearchDependence, searchDependenceWords } from '../../shared/results/search-dependence.ts';
import '../charts/chart.ts';
import { dependenceChart } from '../charts/dependence-chart.ts';
import { extent } from '../charts/extent.ts';
import '../charts/heat-map.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { openTrial } from '../study/open-trial.ts';
import { basis, basisStyles } from './basis.ts';
import { legend, legendStyles } from './legend.ts';
import { dependenceTable } from './tables/dependence.ts';

/** What the objective is on average along one or two hyperparameters, with the uncertainty of that. */
export class DependenceView extends VitrineElement {
  static override styles = [baseStyles, basisStyles, legendStyles];
  static override properties = { result: { attribute: false } };
  declare result: SearchDependence | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const words = searchDependenceWords(result);
    const names = listWords(result.axes.map(({ name }) => name));
    return html`<vitrine-figure
      heading="Partial dependence"
      question="What is ${metricInSentence(result.objective)} on average along ${names}, the rest being anything?"
      .words=${words}
      .table=${dependenceTable(result)}
    >
      ${result.axes.length === 1 ? this.#along(result, words) : across(result, words)} ${basis(result)}
    </vitrine-figure>`;
  }

  #along(result: SearchDependence, words: string) {
    return html`<vitrine-chart label=${words} .build=${dependenceChart(result, (trial) => openTrial(this, trial))}></vitrine-chart>
      ${legend([
        { line: 'blue', words: 'on average, with its 90 % interval' },
        ...(result.curves.length > 0
          ? [{ line: 'foreground' as const, dashed: true, words: 'around the best trial' }]
          : []),
        { mark: { shape: 'circle', color: 'orange' }, words: 'trials', count: result.points.length },
      ])}`;
  }
}

const across = (
  result: SearchDependence,
  words: string,
) => html`<vitrine-heat-map .result=${result} label=${words}></vitrine-heat-map>
  <p class="small quiet">The deeper, the better ${metricInSentence(result.objective)}, which goes from ${intervalWords(meanRange(result))}; the smaller a cell, the less is known there.</p>`;

const meanRange = ({ mean }: SearchDependence) => {
  const [low, high] = extent(mean);
  return { low, high };
};
define('vitrine-search-dependence', DependenceView);
