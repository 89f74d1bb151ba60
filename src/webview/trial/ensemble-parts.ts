import { css, html, nothing } from 'lit';
import { calibrationWords, decisionWords, type FinalModels, promiseWords } from '../../shared/results/final-models.ts';
import type { EnsembleDetail } from '../../shared/results/study.ts';
import { baseStyles } from '../components/base-styles.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import { compositionTable, memberCostTable } from './ensemble-tables.ts';

const partStyles = css`
  h3 {
    font-size: inherit;
    font-weight: 600;
    margin: 0 0 6px;
  }
  p {
    max-width: 85ch;
    margin-top: 8px;
    text-wrap: pretty;
  }
  .narrow {
    max-width: 720px;
  }
`;

/** Each member and how they become one. */
export class EnsembleComposition extends VitrineElement {
  static override styles = [baseStyles, partStyles];
  static override properties = { detail: { attribute: false } };
  declare detail: EnsembleDetail | null;

  constructor() {
    super();
    this.detail = null;
  }

  protected override render() {
    const { detail } = this;
    if (!detail) return nothing;
    return html`<section>
      <h3>Members and their weights</h3>
      <vitrine-table class="narrow" .content=${compositionTable(detail)}></vitrine-table>
      ${said(detail).map((words) => html`<p>${words}</p>`)}
    </section>`;
  }
}

/** How predictions are combined, corrected and decided, and what they promise. */
function said({ ensemble, objectives }: EnsembleDetail): readonly string[] {
  const alone: FinalModels = {
    kind: 'final-models',
    version: 1,
    objective: objectives[0],
    models: [ensemble],
    notes: [],
  };
  return [
    combinationWords[ensemble.combination ?? 'mean'],
    calibrationWords(alone),
    decisionWords(alone),
    promiseWords(alone),
  ].filter((words) => words !== undefined);
}

const combinationWords = {
  mean: 'Predictions are the weighted mean of those of the members; weights were chosen on rows that the members were not fitted on.',
  stack:
    'A second, linear layer learnt from the predictions of the members on rows that they were not fitted on; the weights say how much each counts there.',
} as const;

/** What was spent on the members. Nothing was fitted again for the ensemble. */
export class EnsembleCost extends VitrineElement {
  static override styles = [baseStyles, partStyles];
  static override properties = { detail: { attribute: false } };
  declare detail: EnsembleDetail | null;

  constructor() {
    super();
    this.detail = null;
  }

  protected override render() {
    if (!this.detail) return nothing;
    return html`<section>
      <h3>What its members cost</h3>
      <vitrine-table class="narrow" .content=${memberCostTable(this.detail)}></vitrine-table>
      <p class="quiet">The ensemble is made of the members' own models, one a fold: nothing was fitted again for it.</p>
    </section>`;
  }
}
define('vitrine-ensemble-composition', EnsembleComposition);
define('vitrine-ensemble-cost', EnsembleCost);
