import { css } from 'lit';

/** One column in the side bar; from 720 px the chart stands beside the figures. */
export const dashboardStyles = css`
  :host {
    container-type: inline-size;
  }
  main {
    padding: 10px 14px 24px;
  }
  h1 {
    flex: 1;
    font-size: calc(var(--vscode-font-size, 13px) + 1px);
    font-weight: 600;
  }
  h2 {
    font-size: inherit;
    font-weight: 600;
    margin-bottom: 6px;
  }
  main > header {
    gap: 2px;
    flex-wrap: nowrap;
    margin-bottom: 10px;
    min-height: 24px;
  }
  main > section + section,
  .results > section + section {
    margin-top: 14px;
    padding-top: 14px;
    border-top: 1px solid var(--line);
  }
  .parts {
    margin-top: 12px;
  }
  main > header > .select {
    flex: 1;
    width: auto;
    min-width: 0;
    margin-right: 6px;
  }
  @container (min-width: 720px) {
    main {
      max-width: 1200px;
      margin: 0 auto;
      padding: 16px 24px 32px;
    }
    .results {
      display: grid;
      grid-template:
        'best chart'
        'cost chart' 1fr
        'doubt doubt'
        'finals finals'
        'board board'
        'fair fair'
        'defects defects'
        'about about' / minmax(260px, 1fr) 2fr;
      column-gap: 32px;
    }
    .results > section:nth-child(2) {
      margin-top: 0;
      padding-top: 0;
      border-top: 0;
    }
    .best {
      grid-area: best;
    }
    .chart {
      grid-area: chart;
    }
    .cost {
      grid-area: cost;
    }
    .finals {
      grid-area: finals;
    }
    .board {
      grid-area: board;
    }
    .fair {
      grid-area: fair;
    }
    .doubt {
      grid-area: doubt;
    }
    .defects {
      grid-area: defects;
    }
    .about {
      grid-area: about;
    }
  }
`;
