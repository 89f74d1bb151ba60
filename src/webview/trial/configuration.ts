import { css, html, nothing } from 'lit';
import type { Objective } from '../../shared/experiment/experiment.ts';
import { type Metrics, metricNames, toldMetrics } from '../../shared/metrics.ts';
import { trialFairnessWords } from '../../shared/results/trial-fairness.ts';
import type { TrialRecord } from '../../shared/trial.ts';
import { baseStyles } from '../components/base-styles.ts';
import '../components/data-table.ts';
import { notMeasured, numberWords } from '../../shared/results/numbers.ts';
import { bytesWords } from '../components/amounts.ts';
import { link } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import { foldsTable, paramsTable, writtenTables } from './configuration-tables.ts';

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
      ${trial.model ? this.#model(trial) : nothing} ${fairness(trial)}
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

/** How alike its predictions out of fold treat groups, where the experiment bounds it. */
const fairness = ({ fairness: measured = [] }: TrialRecord) =>
  measured.length === 0
    ? nothing
    : html`<section>
        <h3>Fairness</h3>
        ${measured.map((one) => html`<p>${trialFairnessWords(one)}</p>`)}
      </section>`;

define('vitrine-configuration', ConfigurationView);
