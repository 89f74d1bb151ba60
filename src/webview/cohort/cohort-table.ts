import { css, html, nothing } from 'lit';
import type { CohortRow, CohortRows } from '../../shared/results/cohort-rows.ts';
import { cellWords, countWords, numberWords } from '../../shared/results/numbers.ts';
import { baseStyles } from '../components/base-styles.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import type { TableCell, TableContent } from '../components/table-content.ts';

/** The rows of a cohort, to be sorted, and explained one by one. */
export class CohortTable extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      vitrine-table {
        --table-height: 320px;
        margin-top: 4px;
      }
    `,
  ];
  static override properties = { rows: { attribute: false } };
  declare rows: CohortRows | null;

  constructor() {
    super();
    this.rows = null;
  }

  protected override render() {
    const { rows } = this;
    if (!rows) return nothing;
    const told = rows.rows.length;
    const which =
      told < rows.cohort.rows
        ? `The ${numberWords(told)} of the ${countWords(rows.cohort.rows, 'row')} with the largest loss.`
        : 'All rows of the cohort, the largest loss first.';
    const more = rows.further > 0 ? ` ${countWords(rows.further, 'column')} more are not shown.` : '';
    return html`<p class="small quiet">${which}${more} A click on a row's number explains it.</p>
      <vitrine-table
        .content=${tableOf(rows)}
        .sorts=${true}
        opens="Explain this row"
        @vitrine-table-row=${(event: CustomEvent<number>) => this.#explain(rows.rows[event.detail])}
      ></vitrine-table>`;
  }

  #explain({ rowIndex }: CohortRow): void {
    this.dispatchEvent(new CustomEvent<number>('vitrine-row', { detail: rowIndex, bubbles: true, composed: true }));
  }
}

const cellOf = (value: number | string | null): TableCell =>
  typeof value === 'number' ? { text: cellWords(value), sort: value } : cellWords(value);

const tableOf = ({ rows, columns, target }: CohortRows): TableContent => ({
  caption: 'Rows of the cohort',
  columns: [
    { title: 'Row', numeric: true, hint: 'Position in the part' },
    { title: `Actual ${target}` },
    { title: 'Predicted' },
    { title: 'Loss', numeric: true, hint: "The row's share of the loss" },
    ...columns.map((title, at) => ({ title, numeric: rows.some(({ cells }) => typeof cells[at] === 'number') })),
  ],
  rows: rows.map(({ rowIndex, actual, predicted, loss, cells }) => [
    { text: String(rowIndex), sort: rowIndex },
    cellOf(actual),
    actual !== predicted && typeof actual === 'string'
      ? { text: cellWords(predicted), mark: 'differs' as const }
      : cellOf(predicted),
    { text: numberWords(loss), sort: loss },
    ...cells.map(cellOf),
  ]),
});
define('vitrine-cohort-table', CohortTable);
