import { css, html, nothing } from 'lit';
import type { Objective } from '../../shared/experiment/experiment.ts';
import { type Metrics, metricNames, toldMetrics } from '../../shared/metrics.ts';
import type { TrialRecord } from '../../shared/trial.ts';
import { baseStyles } from '../components/base-styles.ts';
import type { TableContent } from '../components/table-content.ts';
import '../components/data-table.ts';
import { cellWords, notMeasured, numberWords } from '../../shared/results/numbers.ts';
import { bytesWords, scoreWords } from '../components/amounts.ts';
import { link } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import { metricInfo, valueWords } from '../study/objective.ts';

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
      .more {
        margin-top: 6px;
      }
    `,
  ];
  static override properties = {
    trial: { attribute: false },
    objectives: { attribute: false },
    hasModel: { attribute: false },
    whole: { state: true },
  };
  declare trial: TrialRecord | null;
  /** Their scores come first. */
  declare objectives: readonly Objective[];
  /** Another program's trial has no folds here; it shows what else was written down. */
  declare hasModel: boolean;
  declare whole: boolean;

  constructor() {
    super();
    this.trial = null;
    this.objectives = [];
    this.hasModel = true;
    this.whole = false;
  }

  protected override render() {
    const { trial } = this;
    if (!trial) return nothing;
    const params = paramsTable(trial);
    return html`<section>
        <h3>Hyperparameters</h3>
        ${
          params.rows.length > 0
            ? html`<vitrine-table class="narrow" .content=${params}></vitrine-table>`
            : html`<p class="quiet">${this.hasModel ? 'This learner has none.' : 'It has none.'}</p>`
        }
      </section>
      ${trial.model ? this.#model(trial) : nothing}
      ${this.hasModel ? this.#folds(trial) : this.#written(trial)}`;
  }

  #folds({ foldMetrics }: TrialRecord) {
    if (foldMetrics.length === 0)
      return html`<section>
        <h3>Scores by fold</h3>
        <p class="quiet">${notMeasured}: the trial ended before a fold was scored.</p>
      </section>`;
    const measured: Metrics = Object.assign({}, ...foldMetrics);
    const told = toldMetrics(
      this.objectives.map(({ metric }) => metric),
      measured,
    );
    const all = [...told, ...metricNames.filter((name) => measured[name] !== undefined && !told.includes(name))];
    const toggle = () => {
      this.whole = !this.whole;
    };
    return html`<section>
      <h3>Scores by fold</h3>
      <vitrine-table .content=${foldsTable(foldMetrics, this.whole ? all : told)}></vitrine-table>
      ${
        all.length > told.length
          ? html`<p class="small more">${link(this.whole ? `Show ${told.length} metrics` : `Show all ${all.length} metrics`, toggle)}</p>`
          : nothing
      }
    </section>`;
  }

  #written(trial: TrialRecord) {
    return writtenTables(trial).map(
      (content) => html`<section>
        <h3>${content.caption}</h3>
        <vitrine-table class="narrow" .content=${content}></vitrine-table>
      </section>`,
    );
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

/** The learner's own ones, without its name before each. */
export function paramsTable({ params, learner }: Pick<TrialRecord, 'params' | 'learner'>): TableContent {
  const own = Object.entries(params).filter(([name, value]) => name !== 'learner' || value !== learner);
  const short = (name: string) => (name.startsWith(`${learner}.`) ? name.slice(learner.length + 1) : name);
  return {
    caption: `Hyperparameters of ${learner}`,
    columns: [{ title: 'Hyperparameter' }, { title: 'Value', numeric: true }],
    rows: own.map(([name, value]) => [short(name), cellWords(typeof value === 'boolean' ? String(value) : value)]),
  };
}

/** What another program wrote down of a trial beyond its configuration; what it did not is left out. */
export function writtenTables({
  intermediate,
  constraints = [],
  fidelity,
  attributes,
}: Pick<TrialRecord, 'intermediate' | 'constraints' | 'fidelity' | 'attributes'>): readonly TableContent[] {
  const facts = [...(fidelity === undefined ? [] : [['budget', fidelity] as const]), ...Object.entries(attributes)];
  const tables: readonly TableContent[] = [
    {
      caption: 'Intermediate values',
      columns: [
        { title: 'Step', numeric: true },
        { title: 'Value', numeric: true },
      ],
      rows: intermediate.map(({ step, value }) => [String(step), scoreWords(value)]),
    },
    {
      caption: 'Constraints',
      columns: [{ title: 'Constraint' }, { title: 'Value', numeric: true }, { title: 'Kept' }],
      rows: constraints.map((value, i) => [`${i + 1} <= 0`, numberWords(value), value <= 0 ? 'yes' : 'no']),
    },
    {
      caption: 'Written down with it',
      columns: [{ title: 'Name' }, { title: 'Value' }],
      rows: facts.map(([name, value]) => [name, cellWords(typeof value === 'boolean' ? String(value) : value)]),
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** Sample standard deviation. */
const deviation = (values: readonly number[]) => {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
};

/** One row a metric, one column a fold, then mean and standard deviation. */
export function foldsTable(foldMetrics: TrialRecord['foldMetrics'], names: readonly string[]): TableContent {
  const several = foldMetrics.length > 1;
  const title = (text: string) => ({ title: text, numeric: true });
  const over = (name: string) => {
    const values = foldMetrics.map((fold) => fold[name]).filter((value) => value !== undefined);
    return [mean, deviation].map((of) => valueWords(name, values.length > 1 ? of(values) : undefined));
  };
  return {
    caption: 'Scores by fold',
    columns: [
      { title: 'Metric' },
      ...foldMetrics.map((_, index) => title(several ? `Fold ${index + 1}` : 'Validation')),
      ...(several ? [title('Mean'), title('Deviation')] : []),
    ],
    rows: names.map((name) => [
      { text: metricInfo(name).title, title: metricInfo(name).words },
      ...foldMetrics.map((fold) => valueWords(name, fold[name])),
      ...(several ? over(name) : []),
    ]),
  };
}
define('vitrine-configuration', ConfigurationView);
