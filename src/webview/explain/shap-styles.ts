import { css } from 'lit';

export const shapStyles = css`
  dl {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    margin: 0 0 8px;
  }
  dt {
    font-size: var(--small);
    color: var(--quiet);
  }
`;
