import { css } from 'lit';

/** A list of labelled bars: labels, drawings and values in columns of the whole list. */
export const barListStyles = css`
  ul {
    display: grid;
    grid-template-columns: fit-content(40%) minmax(60px, 1fr) max-content;
    column-gap: 12px;
    align-items: center;
  }
  li {
    display: grid;
    grid-template-columns: subgrid;
    grid-column: 1 / -1;
    align-items: center;
    min-height: 24px;
    padding: 1px 4px;
    border-radius: 3px;
  }
  li:hover {
    background: var(--vscode-list-hoverBackground);
  }
  .label {
    max-width: 26em;
    line-height: 1.25;
  }
  .value {
    text-align: right;
  }
  svg {
    display: block;
    width: 100%;
    height: 20px;
    overflow: visible;
  }
  .zero {
    stroke: var(--vscode-charts-lines);
  }
`;
