import { html, nothing } from 'lit';
import {
  type ImportanceAlongFront,
  importanceAlongFrontWords,
} from '../../shared/results/hyperparameter-importance.ts';
import { alongFrontChart, alongFrontLooks, foremost } from '../charts/along-front-chart.ts';
import '../charts/chart.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { basis, basisStyles } from './basis.ts';
import { legend, legendStyles } from './legend.ts';
import { alongFrontTable } from './tables/along-front.ts';

/** Whether what matters changes on the way from one objective to the other. */
export class AlongFrontView extends VitrineElement {
  static override styles = [baseStyles, basisStyles, legendStyles];
  static override properties = { result: { attribute: false } };
  declare result: ImportanceAlongFront | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const words = importanceAlongFrontWords({ ...result, warnings: [] });
    const { warnings } = result;
    const first = result.points[0]?.importance;
    return html`<vitrine-figure
      heading="Importance along the front"
      question="Does it depend on the objective which hyperparameters matter? Bands are 90 % intervals."
      .lead=${words}
      .table=${alongFrontTable(result)}
    >
      <vitrine-chart label=${words} .build=${alongFrontChart(result)}></vitrine-chart>
      ${legend(foremost(result).map((name, i) => ({ words: name, ...alongFrontLooks[i] })))}
      ${first ? basis({ ...first, warnings }) : nothing}
    </vitrine-figure>`;
  }
}

define('vitrine-importance-along-front', AlongFrontView);
