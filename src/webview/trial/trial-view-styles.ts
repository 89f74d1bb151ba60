import { css } from 'lit';

export const trialViewStyles = css`
  main {
    max-width: 1080px;
    margin: 0 auto;
    padding: 18px 24px 48px;
  }
  header {
    display: flex;
    align-items: flex-start;
    gap: 12px;
    margin-bottom: 14px;
  }
  vitrine-trial-header,
  vitrine-ensemble-header {
    flex: 1;
  }
  .actions {
    display: flex;
    gap: 2px;
  }
  vitrine-row-chooser {
    margin-top: 24px;
    padding-top: 16px;
    border-top: 1px solid var(--line);
  }
  .study-energy {
    margin-top: 24px;
    max-width: 720px;
  }
  @media (max-width: 500px) {
    main {
      padding: 12px 14px 32px;
    }
  }
`;
