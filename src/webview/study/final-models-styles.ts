import { css } from 'lit';

/** Columns where there is the room; in a narrow side bar one number a model and the rest beneath its name. */
export const finalModelsStyles = css`
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
    text-align: left;
  }
  thead th {
    font-size: var(--small);
    color: var(--quiet);
    padding: 2px 6px;
    white-space: nowrap;
  }
  tbody th,
  td {
    padding: 5px 6px;
    border-top: 1px solid var(--line);
    vertical-align: baseline;
  }
  th:first-child {
    padding-left: 2px;
    width: 100%;
  }
  thead .number,
  .number {
    text-align: right;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .model {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 8px;
  }
  .role {
    font-weight: 600;
  }
  .who {
    display: inline-flex;
    align-items: baseline;
    gap: 5px;
    min-width: 0;
  }
  .narrow {
    display: none;
  }
  .said {
    max-width: 85ch;
    margin-top: 4px;
  }
  .said p {
    margin-top: 4px;
    text-wrap: pretty;
  }
  .note {
    display: grid;
    grid-template-columns: 16px 1fr;
    gap: 6px;
  }
  .note .icon {
    color: var(--warn);
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
      display: flex;
      flex-wrap: wrap;
      gap: 0 10px;
      margin-top: 1px;
    }
  }
  @media print {
    .icon-button {
      display: none;
    }
  }
`;
