import { css, html, nothing, svg } from 'lit';
import { cellWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import { type Sweep, type SweepPoint, sweepWords, type WrittenCell } from '../../shared/results/what-if.ts';
import { baseStyles } from '../components/base-styles.ts';
import { breakable } from '../components/breakable.ts';
import { define, VitrineElement } from '../components/element.ts';
import { classColors, colorOf } from './class-colors.ts';
import { extent } from './extent.ts';

const [width, height] = [300, 130];
/** So many classes have a colour of their own. */
const mostClasses = 6;

/** A prediction along one column, all else as it is; a line marks where the row is now, a dashed one where it was. */
export class SweepChart extends VitrineElement {
  static override styles = [
    baseStyles,
    classColors,
    css`
      .frame {
        display: grid;
        grid-template: 'y map' auto '. x' auto / 3.6em 1fr;
        gap: 2px 6px;
      }
      .frame > svg {
        display: block;
        width: 100%;
        height: 150px;
        grid-area: map;
        border-bottom: 1px solid var(--vscode-charts-lines);
      }
      .y,
      .x {
        display: flex;
        justify-content: space-between;
      }
      .y {
        grid-area: y;
        flex-direction: column;
        text-align: right;
      }
      .x {
        grid-area: x;
        gap: 8px;
      }
      path {
        vector-effect: non-scaling-stroke;
        fill: none;
        stroke: var(--own);
        stroke-width: 2;
      }
      line {
        vector-effect: non-scaling-stroke;
        stroke: var(--vscode-foreground);
      }
      .was {
        stroke: var(--quiet);
        stroke-dasharray: 4 3;
      }
      .cell {
        fill: transparent;
      }
      .cell:hover {
        fill: color-mix(in srgb, var(--vscode-foreground) 12%, transparent);
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 14px;
        margin-bottom: 6px;
      }
      .swatch {
        display: inline-block;
        width: 18px;
        margin-right: 5px;
        vertical-align: middle;
        border-top: 2px solid var(--own);
      }
      ul {
        display: grid;
        grid-template-columns: fit-content(40%) minmax(60px, 1fr) max-content;
        column-gap: 10px;
      }
      li {
        display: grid;
        grid-template-columns: subgrid;
        grid-column: 1 / -1;
        align-items: center;
        min-height: 22px;
        padding: 0 4px;
        border-radius: 3px;
      }
      li:hover {
        background: var(--vscode-list-hoverBackground);
      }
      .current {
        font-weight: 600;
      }
      .bar {
        display: flex;
        height: 10px;
      }
      .part {
        background: var(--own);
        opacity: 0.85;
      }
      .said {
        text-align: right;
      }
    `,
  ];
  static override properties = { sweep: { attribute: false }, classes: { attribute: false } };
  declare sweep: Sweep | null;
  declare classes: readonly string[] | null;

  constructor() {
    super();
    this.sweep = null;
    this.classes = null;
  }

  protected override render() {
    const { sweep } = this;
    if (!sweep || sweep.points.length === 0) return nothing;
    return html`${this.#legend()}
      ${isOrdered(sweep) ? this.#curves(sweep) : this.#levels(sweep)}
      <p class="small quiet">Missing: ${this.#wordsOf(sweep.missing)}.</p>`;
  }

  /** Places of the outputs that are drawn, with their colours. */
  get #outputs(): readonly number[] {
    return this.classes ? [...this.classes.keys()].slice(0, mostClasses) : [0];
  }

  #legend() {
    const { classes } = this;
    if (!classes) return nothing;
    return html`<div class="legend small quiet">
      ${this.#outputs.map((k) => html`<span><span class="swatch ${colorOf(k)}"></span>${classes[k]}</span>`)}
      ${classes.length > mostClasses ? html`<span>${classes.length - mostClasses} more are not drawn</span>` : nothing}
    </div>`;
  }

  #wordsOf({ label, values }: SweepPoint): string {
    return typeof label === 'number' ? numberWords(label) : `${label} (${percentWords(Math.max(...values))})`;
  }

  #curves(sweep: Sweep) {
    const { points, before, current } = sweep;
    const at = points.map(({ value }) => placeOf(value));
    const [low, high] = [at[0], at[at.length - 1]];
    const shown = this.#outputs;
    const [least, most] = this.classes ? [0, 1] : extent(points.map(({ values }) => values[0]));
    const x = (place: number) => (((place - low) / (high - low || 1)) * width).toFixed(2);
    const y = (value: number) => (((most - value) / (most - least || 1)) * (height - 4) + 2).toFixed(2);
    const path = (k: number) =>
      points.map(({ values }, i) => `${i === 0 ? 'M' : 'L'}${x(at[i])} ${y(values[k])}`).join('');
    const mark = (value: WrittenCell, look: string) =>
      value === null
        ? nothing
        : svg`<line class=${look} x1=${x(placeOf(value))} x2=${x(placeOf(value))} y1="0" y2=${height}></line>`;
    const ends = low === high ? [points[0]] : [points[0], points[points.length - 1]];
    return html`<div class="frame">
      <div class="y small quiet numbers"><span>${numberWords(most)}</span><span>${numberWords(least)}</span></div>
      <svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label=${sweepWords(sweep)}>
        ${before === current ? nothing : mark(before, 'was')} ${mark(current, 'now')}
        ${shown.map((k) => svg`<path class=${colorOf(k)} d=${path(k)}></path>`)}
        ${points.map((point, i) => {
          const from = i === 0 ? low : (at[i - 1] + at[i]) / 2;
          const to = i === points.length - 1 ? high : (at[i] + at[i + 1]) / 2;
          return svg`<rect class="cell" x=${x(from)} width=${Math.max(0, Number(x(to)) - Number(x(from)))} y="0" height=${height}>
            <title>${`${sweep.column} ${cellWords(point.value)}: ${this.#wordsOf(point)}`}</title>
          </rect>`;
        })}
      </svg>
      <div class="x small quiet numbers">${ends.map(({ value }) => html`<span>${cellWords(value)}</span>`)}</div>
    </div>`;
  }

  #levels({ points, current, further }: Sweep) {
    const [least, most] = extent([0, ...points.map(({ values }) => values[0])]);
    return html`<ul>
        ${points.map(
          (point) => html`<li class=${point.value === current ? 'current' : ''} title=${this.#wordsOf(point)}>
            <span>${breakable(cellWords(point.value))}${point.value === current ? ' (now)' : nothing}</span>
            <span class="bar" aria-hidden="true"
              >${
                this.classes
                  ? this.#outputs.map((k) => svgBar(point.values[k], colorOf(k)))
                  : svgBar((point.values[0] - least) / (most - least || 1), colorOf(0))
              }</span
            >
            <span class="said small numbers">${this.#wordsOf(point)}</span>
          </li>`,
        )}
      </ul>
      ${further > 0 ? html`<p class="small quiet">${numberWords(further)} rarer levels are not looked at.</p>` : nothing}`;
  }
}

/** By SVG, whose widths are attributes: the page's policy allows no styles in attributes. */
const svgBar = (
  share: number,
  color: string,
) => html`<svg class=${color} width="${(100 * share).toFixed(2)}%" height="10">
  ${svg`<rect width="100%" height="10" fill="var(--own)" fill-opacity="0.85"></rect>`}
</svg>`;

const isOrdered = ({ type }: Sweep): boolean => type === 'number' || type === 'integer' || type === 'date';

/** Dates by their time. */
const placeOf = (value: WrittenCell): number => (typeof value === 'number' ? value : Date.parse(String(value)));
define('vitrine-sweep-chart', SweepChart);
