import { css, html, nothing, type TemplateResult } from 'lit';
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
  static override properties = { content: { attribute: false } };
  declare content: TableContent | null;

  constructor() {
    super();
    this.content = null;
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
            ${columns.map((column) => html`<th scope="col" class=${kind(column)} title=${column.hint ?? nothing}>${column.title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => html`<tr>${row.map((cell, index) => this.#cell(cell, columns[index]))}</tr>`)}
        </tbody>
      </table>
    </div>`;
  }

  #cell(cell: TableCell, column: TableColumn): TemplateResult {
    if (typeof cell === 'string') return html`<td class=${kind(column)}>${cell}</td>`;
    return html`<td class="${kind(column)} ${cell.mark ?? ''}" title=${cell.title ?? nothing}>
      ${cell.text}${cell.mark === 'differs' ? html`<span class="unseen"> (differs)</span>` : nothing}
    </td>`;
  }
}
const kind = (column: TableColumn): string => (column.numeric ? 'numeric' : '');
define('vitrine-table', DataTable);
