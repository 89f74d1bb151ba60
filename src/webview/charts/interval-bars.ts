import { css, html, nothing, svg } from 'lit';
import type { CohortCondition } from '../../shared/cohort/cohort.ts';
import type { Interval } from '../../shared/results/result.ts';
import { cohortLink } from '../cohort/cohort-link.ts';
import { baseStyles } from '../components/base-styles.ts';
import { breakable } from '../components/breakable.ts';
import { define, VitrineElement } from '../components/element.ts';
import { barListStyles } from './bar-list-styles.ts';

export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly interval?: Interval;
  /** The number as it is written after the bar. */
  readonly words: string;
  /** 'hollow': drawn as an outline, for what cannot be told from nothing. */
  readonly look?: 'solid' | 'hollow';
  /** Said under the label. */
  readonly note?: string;
  /** The rows that it is of: a click on the label looks at these. */
  readonly conditions?: readonly CohortCondition[];
}

/** Where the zero line and the two ends lie. */
export function barScale(
  bars: readonly Bar[],
  reach?: Interval | null,
): { low: number; high: number; share: (value: number) => number } {
  const ends = bars.flatMap(({ value, interval }) => [value, interval?.low ?? value, interval?.high ?? value]);
  const finite = [...ends, ...(reach ? [reach.low, reach.high] : [])].filter(Number.isFinite);
  const low = Math.min(0, ...finite);
  const high = Math.max(0, ...finite);
  const width = high - low || 1;
  return { low, high, share: (value) => ((value - low) / width) * 100 };
}

/** Horizontal bars from zero, with whiskers for their intervals; to the left where they are negative. */
export class IntervalBars extends VitrineElement {
  static override styles = [
    baseStyles,
    barListStyles,
    css`
      .label {
        overflow-wrap: anywhere;
      }
      .bar {
        fill: var(--vscode-charts-blue);
        fill-opacity: 0.85;
      }
      .negative {
        fill: var(--vscode-charts-orange, #d18616);
      }
      .hollow {
        fill: none;
        stroke: var(--vscode-descriptionForeground);
        stroke-dasharray: 3 2;
      }
      .whisker {
        stroke: var(--vscode-foreground);
        stroke-width: 1.25;
      }
    `,
  ];
  static override properties = { bars: { attribute: false }, reach: { attribute: false }, label: {} };
  declare bars: readonly Bar[];
  /** What the scale reaches to at least: that of other bars beside them. */
  declare reach: Interval | null;
  declare label: string;

  constructor() {
    super();
    this.bars = [];
    this.reach = null;
    this.label = '';
  }

  protected override render() {
    const { share } = barScale(this.bars, this.reach);
    return html`<ul aria-label=${this.label}>
      ${this.bars.map(
        (bar) => html`<li>
          <div class="label">
            ${cohortLink(html`${breakable(bar.label)}`, bar.conditions)}${bar.note ? html`<div class="small quiet">${bar.note}</div>` : nothing}
          </div>
          ${drawing(bar, share)}
          <div class="value numbers">${bar.words}</div>
        </li>`,
      )}
    </ul>`;
  }
}

function drawing({ value, interval, look }: Bar, share: (value: number) => number) {
  const zero = share(0);
  const end = share(value);
  const classes = `bar ${value < 0 ? 'negative' : ''} ${look ?? ''}`;
  const left = Math.min(zero, end);
  return html`<svg aria-hidden="true">
    ${svg`<rect class=${classes} x="${left}%" y="4.5" width="${Math.abs(end - zero)}%" height="11" rx="1"></rect>
    <line class="zero" x1="${zero}%" x2="${zero}%" y1="0" y2="20"></line>`}
    ${interval && interval.high > interval.low ? whisker(share(interval.low), share(interval.high)) : nothing}
  </svg>`;
}

const whisker = (low: number, high: number) => svg`
  <line class="whisker" x1="${low}%" x2="${high}%" y1="10" y2="10"></line>
  <line class="whisker" x1="${low}%" x2="${low}%" y1="7" y2="13"></line>
  <line class="whisker" x1="${high}%" x2="${high}%" y1="7" y2="13"></line>`;
define('vitrine-interval-bars', IntervalBars);
