import { css } from 'lit';

/** Columns where there is the room; in a narrow side bar one number a row and the rest beneath the name. */
export const leaderboardStyles = css`
  :host {
    container-type: inline-size;
  }
  h3 {
    font-size: inherit;
    font-weight: 600;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    margin-top: 4px;
  }
  th {
    font-weight: normal;
    font-size: var(--small);
    color: var(--quiet);
    text-align: left;
    padding: 2px 6px;
    white-space: nowrap;
  }
  td {
    padding: 3px 6px;
    border-top: 1px solid var(--line);
    vertical-align: baseline;
  }
  .rank {
    width: 1px;
    padding-left: 2px;
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .number {
    text-align: right;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .trial {
    max-width: 0;
    width: 100%;
  }
  .learner {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
  }
  .learner .icon {
    width: 12px;
    height: 12px;
    color: var(--vscode-charts-yellow);
  }
  .name {
    display: flex;
    gap: 5px;
    min-width: 0;
    appearance: none;
    background: none;
    border: 0;
    padding: 0;
    font: inherit;
    color: inherit;
    cursor: inherit;
  }
  .badge {
    font-size: calc(var(--small) - 1px);
    padding: 0 5px;
    border: 1px solid var(--line);
    border-radius: 8px;
    color: var(--quiet);
  }
  .breaks {
    border-style: dashed;
    border-color: var(--warn);
  }
  .narrow {
    display: none;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  tbody tr:has(button) {
    cursor: pointer;
  }
  tbody tr:has(button):hover td {
    background: var(--vscode-list-hoverBackground);
  }
  tr.selected td {
    background: var(--vscode-list-inactiveSelectionBackground);
  }
  tr:has(.name:focus-visible) td {
    background: var(--vscode-list-focusBackground, var(--vscode-list-hoverBackground));
  }
  .more {
    margin: 6px 0 0 2px;
  }
  .name .ellipsis {
    flex-shrink: 1;
  }
  @container (min-width: 521px) {
    th.number,
    td.number {
      padding-left: 20px;
    }
  }
  @container (max-width: 520px) {
    .wide {
      display: none;
    }
    .narrow {
      display: block;
    }
  }
  @media print {
    .more,
    .icon-button {
      display: none;
    }
  }
`;
