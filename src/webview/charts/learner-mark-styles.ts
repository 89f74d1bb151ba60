import { css } from 'lit';

export const learnerMarkStyles = css`
  .swatch {
    flex: none;
    vertical-align: -1px;
  }
  .swatch.blue {
    color: var(--vscode-charts-blue);
  }
  .swatch.green {
    color: var(--vscode-charts-green);
  }
  .swatch.orange {
    color: var(--vscode-charts-orange, #d18616);
  }
  .swatch.purple {
    color: var(--vscode-charts-purple);
  }
  .swatch.red {
    color: var(--vscode-charts-red);
  }
  .swatch.yellow {
    color: var(--vscode-charts-yellow);
  }
  .swatch.quiet {
    color: var(--vscode-descriptionForeground);
  }
`;
