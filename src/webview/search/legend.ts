import { css, html, nothing, type TemplateResult } from 'lit';
import { learnerMarkStyles } from '../charts/learner-mark-styles.ts';
import { type LearnerMark, swatch } from '../charts/learner-marks.ts';

/** A mark, or a line of a colour, with what it stands for. */
export interface LegendItem {
  readonly words: string;
  readonly mark?: LearnerMark;
  readonly line?: 'blue' | 'orange' | 'green' | 'purple' | 'foreground';
  readonly dashed?: boolean;
  readonly count?: number;
}

export const legendStyles = [
  learnerMarkStyles,
  css`
    .legend {
      display: flex;
      flex-wrap: wrap;
      gap: 2px 12px;
      margin: 2px 0 4px;
    }
    .legend li {
      display: flex;
      align-items: center;
      gap: 5px;
    }
    .line {
      flex: none;
      width: 16px;
      border-top: 2px solid var(--vscode-foreground);
    }
    .line.dashed {
      border-top-style: dashed;
    }
    .line.blue {
      border-top-color: var(--vscode-charts-blue);
    }
    .line.orange {
      border-top-color: var(--vscode-charts-orange, #d18616);
    }
    .line.green {
      border-top-color: var(--vscode-charts-green);
    }
    .line.purple {
      border-top-color: var(--vscode-charts-purple);
    }
  `,
];

/** What the marks and lines of a chart stand for; needs `legendStyles`. */
export const legend = (
  items: readonly LegendItem[],
): TemplateResult => html`<ul class="legend small" aria-label="Marks">
  ${items.map(
    ({ words, mark, line, dashed, count }) => html`<li>
      ${mark ? swatch(mark) : nothing}${line ? html`<span class="line ${line} ${dashed ? 'dashed' : ''}"></span>` : nothing}
      <span>${words}</span>${count === undefined ? nothing : html`<span class="quiet numbers">${count}</span>`}
    </li>`,
  )}
</ul>`;
