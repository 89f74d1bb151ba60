import { css, html, nothing, type TemplateResult } from 'lit';

/** A number of a model under its name. */
export interface HeaderFigure {
  readonly name: string;
  readonly words: string;
  readonly hint: string;
}

export const figureList = (figures: readonly HeaderFigure[]): TemplateResult => html`<dl>
  ${figures.map(({ name, words, hint }) => html`<div title=${hint || nothing}><dt>${name}</dt><dd class="numbers">${words}</dd></div>`)}
</dl>`;

/** Of the name, the state and the figures at the head of a model's page. */
export const headerStyles = css`
  h1 {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 8px;
    font-size: calc(var(--vscode-font-size, 13px) * 1.5);
    font-weight: 400;
    line-height: 1.3;
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    font-size: var(--vscode-font-size, 13px);
    color: var(--quiet);
  }
  .failed .icon {
    color: var(--vscode-errorForeground);
  }
  .complete .icon {
    color: var(--good);
  }
  .best .icon {
    color: var(--vscode-charts-yellow);
  }
  dl {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 28px;
    margin: 10px 0 14px;
  }
  dt {
    font-size: var(--small);
    color: var(--quiet);
  }
  dd {
    font-size: calc(var(--vscode-font-size, 13px) + 3px);
  }
  h2 {
    font-size: inherit;
    font-weight: 600;
    margin-bottom: 4px;
  }
`;
