import { css } from 'lit';

export const reportStyles = css`
  :host {
    container-type: inline-size;
  }
  main {
    max-width: 980px;
    margin: 0 auto;
    padding: 32px 24px 64px;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    justify-content: space-between;
    gap: 16px;
  }
  h1 {
    font-size: calc(var(--vscode-font-size, 13px) * 2);
    font-weight: 300;
    line-height: 1.25;
  }
  h2 {
    font-size: calc(var(--vscode-font-size, 13px) * 1.2);
    font-weight: 600;
    margin-bottom: 10px;
  }
  main > section {
    margin-top: 28px;
    padding-top: 24px;
    border-top: 1px solid var(--line);
  }
  .part {
    margin-top: 28px;
  }
  .summary dl {
    display: grid;
    gap: 2px 20px;
  }
  .summary dt {
    color: var(--quiet);
  }
  .summary dd {
    white-space: pre-line;
    max-width: 85ch;
    margin-bottom: 8px;
    text-wrap: pretty;
  }
  .sides {
    display: grid;
    gap: 20px 32px;
    margin-top: 20px;
  }
  .name {
    font-size: calc(var(--vscode-font-size, 13px) * 1.08);
    font-weight: 600;
    margin-bottom: 10px;
  }
  .told {
    white-space: pre-line;
    max-width: 85ch;
    margin-top: 6px;
  }
  .contents {
    margin-top: 20px;
  }
  .contents ul {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .contents > ul > li {
    padding: 2px 0;
  }
  .contents ul ul {
    display: flex;
    flex-wrap: wrap;
    gap: 0 14px;
    padding-left: 14px;
  }
  .contents a {
    color: var(--vscode-textLink-foreground);
    text-decoration: none;
  }
  .contents a:hover {
    text-decoration: underline;
  }
  section:focus {
    outline: none;
  }
  .method {
    margin-top: 12px;
    max-width: 85ch;
    color: var(--quiet);
  }
  summary {
    cursor: pointer;
    padding: 4px 0;
    color: var(--vscode-textLink-foreground);
  }
  details[open] {
    margin-bottom: 24px;
  }
  @container (min-width: 720px) {
    .summary dl {
      grid-template-columns: max-content 1fr;
    }
    .sides {
      grid-template-columns: minmax(200px, 1fr) 3fr;
    }
  }
  @media print {
    main {
      max-width: none;
      padding: 0;
    }
    .actions {
      display: none;
    }
    .model,
    #verdicts,
    #data {
      break-before: page;
    }
    summary {
      color: inherit;
      font-weight: 600;
    }
    summary::marker {
      content: '';
    }
    h2,
    .name {
      break-after: avoid;
    }
    vitrine-best-so-far,
    vitrine-study-energy {
      break-inside: avoid;
    }
  }
`;
