import { css } from 'lit';

/** What every component starts from: the editor's own type, lines and focus, by its colour variables only. */
export const baseStyles = css`
  :host {
    --line: var(--vscode-contrastBorder, var(--vscode-widget-border, var(--vscode-panel-border, #8884)));
    --quiet: var(--vscode-descriptionForeground);
    --small: calc(var(--vscode-font-size, 13px) - 2px);
    --mono: var(--vscode-editor-font-family, monospace);
    --good: var(--vscode-charts-green);
    --bad: var(--vscode-charts-red);
    --warn: var(--vscode-editorWarning-foreground, var(--vscode-charts-yellow));
    box-sizing: border-box;
    display: block;
    min-width: 0;
    color: var(--vscode-foreground);
    font-family: var(--vscode-font-family, system-ui, sans-serif);
    font-size: var(--vscode-font-size, 13px);
    font-weight: var(--vscode-font-weight, normal);
    line-height: 1.45;
    overflow-wrap: anywhere;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: inherit;
  }
  h1,
  h2,
  h3,
  p,
  dl,
  dd,
  ul,
  figure {
    margin: 0;
    padding: 0;
  }
  ul {
    list-style: none;
  }
  .quiet {
    color: var(--quiet);
  }
  .small {
    font-size: var(--small);
  }
  .numbers {
    font-variant-numeric: tabular-nums;
  }
  .quality {
    margin-top: 10px;
  }
  .mono {
    font-family: var(--mono);
    font-size: calc(var(--vscode-font-size, 13px) - 1px);
  }
  .row {
    display: flex;
    align-items: center;
    gap: 8px;
    flex-wrap: wrap;
  }
  .spring {
    flex: 1;
  }
  .ellipsis {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    min-width: 0;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon {
    display: inline-flex;
    flex: none;
    width: 16px;
    height: 16px;
    vertical-align: -3px;
  }
  .icon > svg {
    width: 100%;
    height: 100%;
  }
  a,
  .link {
    color: var(--vscode-textLink-foreground);
    text-decoration: none;
  }
  .link {
    appearance: none;
    background: none;
    border: 0;
    padding: 0;
    font: inherit;
    text-align: left;
    cursor: pointer;
  }
  vscode-button[secondary] {
    --vscode-button-border: var(--vscode-button-secondaryBorder, var(--vscode-contrastBorder, transparent));
  }
  .icon-button {
    display: inline-flex;
    appearance: none;
    padding: 3px;
    border: 0;
    border-radius: 5px;
    background: none;
    color: var(--vscode-icon-foreground, inherit);
    cursor: pointer;
  }
  .icon-button:hover,
  .icon-button[aria-pressed='true'] {
    background: var(--vscode-toolbar-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .icon-button[aria-pressed='true'] {
    color: var(--vscode-foreground);
  }
  a:hover,
  .link:hover {
    text-decoration: underline;
  }
  :focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
    border-radius: 2px;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;
