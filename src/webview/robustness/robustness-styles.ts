import { css } from 'lit';

export const robustnessStyles = css`
  :host {
    container-type: inline-size;
  }
  h3 {
    font-size: inherit;
    font-weight: 600;
    margin-bottom: 4px;
  }
  section {
    margin: 16px 0 12px;
  }
  .sides {
    display: grid;
    gap: 16px 32px;
  }
  .figures {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(120px, 1fr));
    gap: 8px 16px;
    align-content: start;
  }
  dt {
    font-size: var(--small);
    color: var(--quiet);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .line {
    width: 16px;
    border-top: 2px solid var(--vscode-charts-blue);
  }
  .dashed {
    border-top: 2px dashed var(--vscode-charts-orange, #d18616);
  }
  .band {
    width: 16px;
    height: 10px;
    background: color-mix(in srgb, var(--vscode-charts-blue) 25%, transparent);
  }
  .unreliable {
    border: 1px solid var(--vscode-inputValidation-warningBorder);
    background: var(--vscode-inputValidation-warningBackground);
    border-radius: 4px;
    padding: 8px 12px;
    margin-bottom: 16px;
  }
  .unreliable ul {
    list-style: disc;
    padding-left: 20px;
  }
  .edits li {
    display: grid;
    grid-template-columns: 64px 1fr max-content;
    gap: 10px;
    padding: 3px 0;
    border-top: 1px solid var(--line);
    overflow-wrap: anywhere;
  }
  .edits li:first-child {
    border-top: 0;
  }
  @container (min-width: 640px) {
    .sides {
      grid-template-columns: minmax(0, 3fr) minmax(150px, 1fr);
    }
    .figures {
      grid-template-columns: 1fr;
      margin-top: 56px;
    }
  }
`;
