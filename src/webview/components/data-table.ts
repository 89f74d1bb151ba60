import { css, html, nothing, type TemplateResult } from 'lit';
import { baseStyles } from './base-styles.ts';
import { define, VitrineElement } from './element.ts';

export interface TableColumn {
  readonly title: string;
  readonly numeric?: boolean;
  /** Longer account of the column. */
  readonly hint?: string;
}

/** Text as it is, or with a mark: 'differs' is bold too, so that it does not rest on colour. */
export type TableCell =
  | string
  | { readonly text: string; readonly mark?: 'differs' | 'quiet'; readonly title?: string };

export interface TableContent {
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
}

/** A table as RFC 4180 has it. */
export function toCsv({ columns, rows }: TableContent): string {
  const cell = (value: TableCell) => (typeof value === 'string' ? value : value.text);
  const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => row.map(cell))];
  return `${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`;
}

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
        background: color-mix(in srgb, var(--vscode-charts-orange) 16%, transparent);
      }
      @media print {
        .frame {
          max-height: none;
          overflow: visible;
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
