import { css } from 'lit';

/** One column in the side bar; two where there is the room. */
export const searchViewStyles = css`
  :host {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr));
    gap: 0 32px;
    align-items: start;
  }
  section {
    padding: 14px 0;
    border-top: 1px solid var(--line);
    min-width: 0;
  }
  .whole,
  .search,
  vitrine-empty-state {
    grid-column: 1 / -1;
  }
  .search {
    padding-bottom: 14px;
    max-width: 85ch;
    text-wrap: pretty;
  }
  .moment {
    padding: 6px 10px;
    margin-bottom: 14px;
    border-left: 2px solid var(--vscode-charts-blue);
    background: var(--vscode-editorWidget-background);
  }
`;
