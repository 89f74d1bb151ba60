import { css, html, nothing } from 'lit';
import {
  type HyperparameterImportance,
  hyperparameterImportanceWords,
  type ParameterImportance,
} from '../../shared/results/hyperparameter-importance.ts';
import { changeWords, intervalWords, numberWords, percentWords, valueWords } from '../../shared/results/numbers.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import { link } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import type { TableContent } from '../components/table-content.ts';
import { basis, basisStyles } from './basis.ts';

const shortLength = 10;

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
    const { title, unit, parameters, pairs = [], path } = result;
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

/** What is foretold at the start of the path and after each step. */
export function pathBars({ from, path = [] }: HyperparameterImportance): readonly Bar[] {
  const start = from
    ? [
        {
          label: `trial ${from.trial}, the default`,
          value: from.predicted,
          interval: from.interval,
          words: numberWords(from.predicted),
        },
      ]
    : [];
  const steps = path.map((step) => ({
    label: `${step.name}: ${valueWords(step.from)} → ${valueWords(step.to)}`,
    value: step.predicted,
    interval: step.interval,
    words: numberWords(step.predicted),
  }));
  return [...start, ...steps];
}

/** Parameters, then pairs, then the steps of the path. */
export function importanceTable({
  title,
  objective,
  unit,
  parameters,
  pairs = [],
  path = [],
}: HyperparameterImportance): TableContent {
  return {
    caption: `Hyperparameter importance for ${objective} by ${title}`,
    columns: [
      { title: 'Hyperparameter' },
      { title: unit === 'share' ? 'Share' : 'Gain', numeric: true },
      { title: '90 % interval', numeric: true },
      { title: 'Share of trials', numeric: true, hint: 'In which the hyperparameter exists' },
    ],
    rows: [
      ...parameters.map(({ name, importance, interval, active }) => [
        name,
        numberWords(importance),
        intervalWords(interval),
        percentWords(active, 0),
      ]),
      ...pairs.map(({ names, importance, interval }) => [
        names.join(' x '),
        numberWords(importance),
        intervalWords(interval),
        '',
      ]),
      ...path.map(({ name, from, to, predicted, interval }) => [
        `${name}: ${valueWords(from)} to ${valueWords(to)}, then foretold`,
        numberWords(predicted),
        intervalWords(interval),
        '',
      ]),
    ],
  };
}
define('vitrine-hyperparameter-importance', HyperparameterImportanceView);
