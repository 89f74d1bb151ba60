import { html, nothing } from 'lit';
import {
  type ImportanceAlongFront,
  importanceAlongFrontWords,
} from '../../shared/results/hyperparameter-importance.ts';
import { intervalWords, numberWords } from '../../shared/results/numbers.ts';
import { alongFrontChart, alongFrontLooks, foremost } from '../charts/along-front-chart.ts';
import '../charts/chart.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import type { TableContent } from '../components/table-content.ts';
import { basis, basisStyles } from './basis.ts';
import { legend, legendStyles } from './legend.ts';

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
    const words = importanceAlongFrontWords(result);
    const warnings = [...new Set(result.points.flatMap(({ importance }) => importance.warnings))];
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

/** One row a weight and a hyperparameter. */
export const alongFrontTable = ({ objectives, points }: ImportanceAlongFront): TableContent => ({
  caption: `Importance from ${objectives.join(' to ')}`,
  columns: [
    { title: `Weight of ${objectives[1]}`, numeric: true },
    { title: 'Best trial', numeric: true },
    { title: 'Hyperparameter' },
    { title: 'Importance', numeric: true },
    { title: '90 % interval', numeric: true },
  ],
  rows: points.flatMap(({ weight, best, importance }) =>
    importance.parameters.map(({ name, importance: value, interval }) => [
      numberWords(weight),
      String(best),
      name,
      numberWords(value),
      intervalWords(interval),
    ]),
  ),
});
define('vitrine-importance-along-front', AlongFrontView);
