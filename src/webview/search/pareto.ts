import { html, nothing } from 'lit';
import { frontAt, type ObjectivePair, searchFrontWords } from '../../shared/results/search-front.ts';
import type { SearchReplay } from '../../shared/results/search-replay.ts';
import '../charts/chart.ts';
import { paretoChart, paretoMarks } from '../charts/pareto-chart.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { openTrial } from '../study/open-trial.ts';
import { legend, legendStyles } from './legend.ts';
import { paretoTable } from './tables/pareto.ts';

/** What two objectives cost each other: the front of the trials that had ended. */
export class ParetoView extends VitrineElement {
  static override styles = [baseStyles, legendStyles];
  static override properties = {
    replay: { attribute: false },
    pair: { attribute: false },
    ended: { attribute: false },
  };
  declare replay: SearchReplay | null;
  declare pair: ObjectivePair;
  declare ended: number;

  constructor() {
    super();
    this.replay = null;
    this.pair = [0, 1];
    this.ended = 0;
  }

  protected override render() {
    const { replay, pair, ended } = this;
    if (!replay) return nothing;
    const found = frontAt(replay, pair, ended);
    const words = searchFrontWords(found, replay);
    return html`<vitrine-figure
      heading="What one objective costs of the other"
      question="Which trials are not beaten in both, and where is the knee?"
      .lead=${words}
      .table=${paretoTable(found, replay)}
    >
      <vitrine-chart label=${words} .build=${paretoChart(found, replay, (trial) => openTrial(this, trial))}></vitrine-chart>
      ${legend([
        { words: 'on the front', mark: paretoMarks.front, count: found.front.length },
        ...(found.knee === null ? [] : [{ words: 'knee', mark: paretoMarks.knee }]),
        { words: 'beaten in both', mark: paretoMarks.dominated, count: found.dominated.length },
        ...(found.unfit.length > 0
          ? [{ words: 'breaks a constraint or had less', mark: paretoMarks.unfit, count: found.unfit.length }]
          : []),
      ])}
    </vitrine-figure>`;
  }
}

define('vitrine-search-pareto', ParetoView);
