import { css } from 'lit';

export const whyStyles = css`
  :host {
    container-type: inline-size;
  }
  .parts {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
  }
  h4 {
    margin: 0 0 4px;
    font-size: inherit;
    font-weight: 600;
  }
  p {
    max-width: 85ch;
    text-wrap: pretty;
  }
  .voices {
    display: grid;
    grid-template-columns: max-content max-content 1fr;
    column-gap: 14px;
  }
  .voices li {
    display: grid;
    grid-template-columns: subgrid;
    grid-column: 1 / -1;
    padding: 3px 0;
    border-top: 1px solid var(--line);
  }
  @container (max-width: 480px) {
    .voices {
      grid-template-columns: max-content 1fr;
    }
    .voices li > :last-child {
      grid-column: 1 / -1;
    }
  }
`;
