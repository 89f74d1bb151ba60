import { css, html, nothing, type TemplateResult } from 'lit';
import { cohortLink } from '../cohort/cohort-link.ts';
import { baseStyles } from './base-styles.ts';
import { define, VitrineElement } from './element.ts';
import type { TableCell, TableColumn, TableContent } from './table-content.ts';

/** Rows and columns that scroll within their own frame when there is not the room. */
export class DataTable extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .frame {
        position: relative;
        overflow: auto;
        max-height: var(--table-height, 60vh);
        border: 1px solid var(--line);
        border-radius: 4px;
      }
      table {
        border-collapse: separate;
        border-spacing: 0;
        width: 100%;
      }
      th,
      td {
        padding: 3px 8px;
        text-align: left;
        vertical-align: top;
        max-width: 28em;
        overflow-wrap: break-word;
      }
      td {
        border-top: 1px solid var(--line);
      }
      th {
        position: sticky;
        top: 0;
        background: var(--vscode-keybindingTable-headerBackground, var(--vscode-editorWidget-background));
        font-weight: 600;
        white-space: nowrap;
      }
      .sort {
        appearance: none;
        padding: 0;
        border: 0;
        background: none;
        color: inherit;
        font: inherit;
        cursor: pointer;
      }
      tbody tr:hover td {
        background: var(--vscode-list-hoverBackground);
      }
      .numeric {
        text-align: right;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      .differs {
        font-weight: 700;
        background: color-mix(in srgb, var(--vscode-charts-orange, #d18616) 16%, transparent);
      }
      @media print {
        .frame {
          max-height: none;
          overflow: visible;
        }
        th,
        td {
          padding: 2px 5px;
          font-size: 10px;
          overflow-wrap: anywhere;
        }
        th {
          white-space: normal;
        }
      }
    `,
  ];
  static override properties = {
    content: { attribute: false },
    sorts: { attribute: false },
    opens: {},
    order: { state: true },
  };
  declare content: TableContent | null;
  /** A click on the title of a column sorts by it. */
  declare sorts: boolean;
  /** What a click on a row's first cell does, told by 'vitrine-table-row' with its place in the content; empty: nothing. */
  declare opens: string;
  declare order: SortOrder | null;

  constructor() {
    super();
    this.content = null;
    this.sorts = false;
    this.opens = '';
    this.order = null;
  }

  protected override render() {
    if (!this.content) return nothing;
    const { caption, columns, rows } = this.content;
    return html`<div class="frame" tabindex="0" role="region" aria-label=${caption}>
      <table>
        <caption class="unseen">
          ${caption}
        </caption>
        <thead>
          <tr>
            ${columns.map((column, index) => this.#head(column, index))}
          </tr>
        </thead>
        <tbody>
          ${sortedPlaces(rows, this.sorts ? this.order : null).map((place) => html`<tr>${rows[place].map((cell, index) => this.#cell(cell, columns[index], index === 0 && this.opens !== '' ? place : null))}</tr>`)}
        </tbody>
      </table>
    </div>`;
  }

  #opener(cell: TableCell, place: number): TemplateResult {
    const open = () => this.dispatchEvent(new CustomEvent<number>('vitrine-table-row', { detail: place }));
    return html`<button type="button" class="link" title=${this.opens} @click=${open}>${textOf(cell)}</button>`;
  }

  #head(column: TableColumn, index: number): TemplateResult {
    const order = this.order?.column === index ? this.order : null;
    const sort = order ? (order.falls ? 'descending' : 'ascending') : 'none';
    const turn = () => {
      this.order = { column: index, falls: order ? !order.falls : column.numeric === true };
    };
    return html`<th scope="col" class=${kind(column)} title=${column.hint ?? nothing} aria-sort=${this.sorts ? sort : nothing}>
      ${this.sorts ? html`<button type="button" class="sort" @click=${turn}>${column.title}${order ? (order.falls ? ' ↓' : ' ↑') : ''}</button>` : column.title}
    </th>`;
  }

  #cell(cell: TableCell, column: TableColumn, opened: number | null): TemplateResult {
    if (opened !== null) return html`<td class=${kind(column)}>${this.#opener(cell, opened)}</td>`;
    if (typeof cell === 'string') return html`<td class=${kind(column)}>${cell}</td>`;
    return html`<td class="${kind(column)} ${cell.mark ?? ''}" title=${cell.title ?? nothing}>
      ${cohortLink(cell.text, cell.conditions)}${cell.mark === 'differs' ? html`<span class="unseen"> (differs)</span>` : nothing}
    </td>`;
  }
}
interface SortOrder {
  readonly column: number;
  readonly falls: boolean;
}

const textOf = (cell: TableCell): string => (typeof cell === 'string' ? cell : cell.text);
const numberOf = (cell: TableCell): number | undefined => (typeof cell === 'string' ? undefined : cell.sort);

/** Places of the rows in the order in which they are shown; numbers before texts, equal ones as they stood. */
export function sortedPlaces(rows: TableContent['rows'], order: SortOrder | null): number[] {
  const places = [...rows.keys()];
  if (!order) return places;
  const { column, falls } = order;
  return places.sort((a, b) => {
    const [one, other] = [rows[a][column], rows[b][column]];
    const [x, y] = [numberOf(one), numberOf(other)];
    if (x !== undefined && y !== undefined) return falls ? y - x : x - y;
    if (x !== undefined || y !== undefined) return x !== undefined ? -1 : 1;
    return (falls ? -1 : 1) * textOf(one).localeCompare(textOf(other));
  });
}

const kind = (column: TableColumn): string => (column.numeric ? 'numeric' : '');
define('vitrine-table', DataTable);
