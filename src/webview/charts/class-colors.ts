import { css } from 'lit';

const colors = 6;

/** The style class of an output's colour by its place; of more outputs than colours they come again. It is kept in `--own`. */
export const colorOf = (output: number): string => `own${output % colors}`;

/** Of one output, partial dependence and local effects have a colour each. */
export const [partialColor, localColor] = [colorOf(0), colorOf(1)];

export const classColors = css`
  .own0 {
    --own: var(--vscode-charts-blue);
  }
  .own1 {
    --own: var(--vscode-charts-orange, #d18616);
  }
  .own2 {
    --own: var(--vscode-charts-green);
  }
  .own3 {
    --own: var(--vscode-charts-purple);
  }
  .own4 {
    --own: var(--vscode-charts-red);
  }
  .own5 {
    --own: var(--vscode-charts-yellow);
  }
`;
