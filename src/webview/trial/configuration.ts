import { css, html, nothing } from 'lit';
import { type MetricName, type Metrics, metricNames } from '../../shared/metrics.ts';
import type { TrialRecord } from '../../shared/trial.ts';
import { baseStyles } from '../components/base-styles.ts';
import type { TableContent } from '../components/table-content.ts';
import '../components/data-table.ts';
import { cellWords, notMeasured, numberWords } from '../../shared/results/numbers.ts';
import { bytesWords } from '../components/amounts.ts';
import { define, VitrineElement } from '../components/element.ts';
import { metricInfo, metricTitle, valueWords } from '../study/objective.ts';

/** What was fitted with which values, and how it did fold by fold. */
export class ConfigurationView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      h3 {
        font-size: inherit;
        font-weight: 600;
        margin: 0 0 6px;
      }
      section + section {
        margin-top: 20px;
      }
      .narrow {
        max-width: 560px;
      }
    `,
  ];
  static override properties = { trial: { attribute: false } };
  declare trial: TrialRecord | null;

  constructor() {
    super();
    this.trial = null;
  }

  protected override render() {
    const { trial } = this;
    if (!trial) return nothing;
    const params = Object.keys(trial.params).length;
    return html`<section>
        <h3>Hyperparameters</h3>
        ${
          params > 0
            ? html`<vitrine-table class="narrow" .content=${paramsTable(trial)}></vitrine-table>`
            : html`<p class="quiet">This learner has none.</p>`
        }
      </section>
      ${trial.model ? this.#model(trial) : nothing}
      <section>
        <h3>Scores by fold</h3>
        ${
          trial.foldMetrics.length > 0
            ? html`<vitrine-table .content=${foldsTable(trial)}></vitrine-table>`
            : html`<p class="quiet">${notMeasured}: the trial ended before a fold was scored.</p>`
        }
      </section>`;
  }

  #model({ model }: TrialRecord) {
    if (!model) return nothing;
    const rounds = model.resource ? `; best after ${numberWords(model.resource.best)} ${model.resource.name}` : '';
    return html`<section>
      <h3>Model</h3>
      <p>${model.words}; ${numberWords(model.parameters)} fitted numbers, ${bytesWords(model.bytes)}${rounds}.</p>
    </section>`;
  }
}

function paramsTable({ params, learner }: TrialRecord): TableContent {
  return {
    caption: `Hyperparameters of ${learner}`,
    columns: [{ title: 'Hyperparameter' }, { title: 'Value', numeric: true }],
    rows: Object.entries(params).map(([name, value]) => [
      name,
      cellWords(typeof value === 'boolean' ? String(value) : value),
    ]),
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** Sample standard deviation. */
const deviation = (values: readonly number[]) => {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
};

/** One row a fold, then their mean and standard deviation. */
export function foldsTable({ foldMetrics }: TrialRecord): TableContent {
  const measured = metricNames.filter((name) => foldMetrics.some((fold) => fold[name] !== undefined));
  const values = (name: MetricName) => foldMetrics.map((fold) => fold[name]).filter((value) => value !== undefined);
  const row = (title: string, metrics: Metrics) => [title, ...measured.map((name) => valueWords(name, metrics[name]))];
  const over = (title: string, of: (values: readonly number[]) => number) =>
    row(title, Object.fromEntries(measured.map((name) => [name, of(values(name))])));
  return {
    caption: 'Scores by fold',
    columns: [
      { title: 'Fold' },
      ...measured.map((name) => ({ title: metricTitle(name), numeric: true, hint: metricInfo(name).words })),
    ],
    rows: [
      ...foldMetrics.map((fold, index) => row(String(index + 1), fold)),
      ...(foldMetrics.length > 1 ? [over('mean', mean), over('standard deviation', deviation)] : []),
    ],
  };
}
define('vitrine-configuration', ConfigurationView);
