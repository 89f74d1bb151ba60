import { css, html, nothing } from 'lit';
import {
  type HyperparameterImportance,
  hyperparameterImportanceWords,
  type ParameterImportance,
} from '../../shared/results/hyperparameter-importance.ts';
import { changeWords, percentWords } from '../../shared/results/numbers.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import { link } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { basis, basisStyles } from './basis.ts';
import { pathBars } from './tables/ablation-path.ts';
import { importanceTable } from './tables/importance.ts';

const shortLength = 10;
/** Pairs that add less than this share are not drawn; the table has them. */
const leastPair = 0.01;

/** Which hyperparameters matter, by one method: bars with intervals, the strongest pairs, the path from the default to the best. */
export class HyperparameterImportanceView extends VitrineElement {
  static override styles = [
    baseStyles,
    basisStyles,
    css`
      h4 {
        margin: 12px 0 2px;
        font-size: inherit;
        font-weight: 600;
      }
    `,
  ];
  static override properties = { result: { attribute: false }, whole: { state: true } };
  declare result: HyperparameterImportance | null;
  declare whole: boolean;

  constructor() {
    super();
    this.result = null;
    this.whole = false;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const { title, unit, parameters, path } = result;
    const pairs = (result.pairs ?? []).filter(({ importance }) => importance >= leastPair);
    const shown = this.whole ? parameters : parameters.slice(0, shortLength);
    const rest = parameters.length - shortLength;
    return html`<vitrine-figure
      heading="Which hyperparameters matter"
      question="Which hyperparameters decide how good a trial is? By ${title}; lines are 90 % intervals."
      .words=${hyperparameterImportanceWords(result)}
      .table=${importanceTable(result)}
    >
      ${shown.length > 0 ? html`<vitrine-interval-bars label="Importance by hyperparameter" .bars=${shown.map((each) => bar(each, unit))}></vitrine-interval-bars>` : html`<p class="quiet">${hyperparameterImportanceWords(result)}</p>`}
      ${rest > 0 ? html`<p class="small">${link(this.whole ? `Show the first ${shortLength}` : `Show ${rest} more`, this.#toggle)}</p>` : nothing}
      ${
        pairs.length > 0
          ? html`<h4>Pairs, beyond what each does alone</h4>
            <vitrine-interval-bars
              label="Importance by pair"
              .bars=${pairs.map(({ names, ...each }) => bar({ ...each, name: names.join(' and '), active: 1 }, unit))}
            ></vitrine-interval-bars>`
          : nothing
      }
      ${path && path.length > 0 ? this.#path(result) : nothing} ${basis(result)}
    </vitrine-figure>`;
  }

  #path(result: HyperparameterImportance) {
    return html`<h4>From the default to the best, as the model foretells it</h4>
      <vitrine-interval-bars label="Path from the default to the best" .bars=${pathBars(result)}></vitrine-interval-bars>`;
  }

  readonly #toggle = (): void => {
    this.whole = !this.whole;
  };
}

/** Hollow where the interval reaches nothing; a parameter that is not always there says how often it is. */
function bar({ name, importance, interval, active }: ParameterImportance, unit: HyperparameterImportance['unit']): Bar {
  return {
    label: name,
    value: importance,
    interval,
    words: unit === 'share' ? percentWords(importance, importance < 0.095 ? 1 : 0) : changeWords(importance),
    look: interval.low <= 0 ? 'hollow' : 'solid',
    note: active < 1 ? `in ${percentWords(active, 0)} of the trials` : undefined,
  };
}

define('vitrine-hyperparameter-importance', HyperparameterImportanceView);
