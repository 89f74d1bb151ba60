import { css, html, nothing } from 'lit';
import { candidateTitle } from '../../shared/candidate.ts';
import {
  agreementWords,
  type ImportanceMap,
  importanceMapWords,
  type MappedModel,
  mappedName,
} from '../../shared/results/importance-map.ts';
import { countWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import { learnerMarkStyles } from '../charts/learner-mark-styles.ts';
import { learnerSwatch } from '../charts/learner-marks.ts';
import { baseStyles } from '../components/base-styles.ts';
import { breakable } from '../components/breakable.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { icon } from '../components/icon.ts';
import type { TableContent } from '../components/table-content.ts';
import { quality } from '../explain/quality.ts';

/** Columns by models: how much of what shuffling does falls to each column, the deeper the more. */
export class ImportanceMapView extends VitrineElement {
  static override styles = [
    baseStyles,
    learnerMarkStyles,
    css`
      .frame {
        overflow-x: auto;
      }
      table {
        border-collapse: separate;
        border-spacing: 2px;
      }
      th {
        font-weight: normal;
        text-align: left;
        vertical-align: bottom;
      }
      tbody th {
        max-width: 14em;
        min-width: 6em;
        padding-right: 8px;
        overflow-wrap: anywhere;
        vertical-align: middle;
      }
      thead th {
        font-size: var(--small);
        max-width: 7em;
        padding: 0 2px 3px;
        line-height: 1.2;
      }
      td {
        position: relative;
        min-width: 44px;
        height: 22px;
        padding: 0 4px;
        text-align: right;
        font-size: var(--small);
      }
      td svg {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }
      td rect {
        fill: var(--vscode-charts-blue);
      }
      td span {
        position: relative;
      }
    `,
  ];
  static override properties = { result: { attribute: false } };
  declare result: ImportanceMap | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const words = importanceMapWords(result);
    if (result.models.length === 0) return html`<p class="quiet">${words}</p>`;
    return html`<vitrine-figure
      heading="What matters to each model"
      question="Share of each column in what shuffling does to the model, by permutation importance on the same rows."
      lead=${agreementWords(result)}
      .words=${words}
      .table=${mapTable(result)}
    >
      <div class="frame" tabindex="0" role="region" aria-label="Columns by models">
        <table>
          <thead>
            <tr>
              <th scope="col"><span class="unseen">Column</span></th>
              ${result.models.map(head)}
            </tr>
          </thead>
          <tbody>
            ${result.columns.map(
              (column, j) => html`<tr>
                <th scope="row">${breakable(column)}</th>
                ${result.models.map((model) => cell(model, column, j))}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${result.further > 0 ? html`<p class="small quiet">${countWords(result.further, 'further column')} matter less.</p>` : nothing}
      ${result.missing.map((one) => html`<p class="small quiet">${mappedName(one)} is not among them: ${one.words}</p>`)}
      ${quality(result)}
    </vitrine-figure>`;
  }
}

const head = ({ candidate, learner }: MappedModel) => html`<th scope="col" title=${mappedName({ candidate, learner })}>
  ${candidate === 'ensemble' ? icon('layers') : learnerSwatch(learner)}
  <div>${breakable(learner)}</div>
  <div class="quiet">${candidate === 'ensemble' ? nothing : candidateTitle(candidate).toLowerCase()}</div>
</th>`;

/** A number on its own ground: the depth is never the only sign. */
const cell = (model: MappedModel, column: string, j: number) => {
  const share = model.shares[j];
  return html`<td
    class="numbers"
    title="${column} for ${mappedName(model)}: the loss grows by ${numberWords(model.importances[j])} when it is shuffled"
  >
    <svg aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 1 1">
      <rect width="1" height="1" fill-opacity=${(0.04 + 0.56 * Math.min(1, share)).toFixed(3)}></rect>
    </svg>
    <span>${percentWords(share, 0)}</span>
  </td>`;
};

export const mapTable = ({ columns, models }: ImportanceMap): TableContent => ({
  caption: 'Importance of each column to each model',
  columns: [{ title: 'Column' }, ...models.map((model) => ({ title: mappedName(model), numeric: true }))],
  rows: columns.map((column, j) => [column, ...models.map(({ importances }) => numberWords(importances[j]))]),
});
define('vitrine-importance-map', ImportanceMapView);
