import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { axisValueWords, cellOfAxisWords, type TermAxis } from '../../shared/results/additive-terms.ts';
import { changeWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import { extent } from './extent.ts';

type NumbersAxis = Extract<TermAxis, { kind: 'numbers' }>;

/** What a column of numbers adds, cell by cell. */
export interface Curve {
  readonly axis: NumbersAxis;
  /** [cells] */
  readonly effect: readonly number[];
  readonly error?: readonly number[];
  /** [cells] of the training rows. */
  readonly share: readonly number[];
  /** [cells] as it was before it was edited: a dashed line. */
  readonly before?: readonly number[];
}

/** A stretch of the axis; null: to its end. */
export interface Stretch {
  readonly from: number | null;
  readonly to: number | null;
}

const [width, height, strip] = [300, 110, 6];

/** A step function with the band of its error, and beneath it where the rows lie. Missing values are told in a line of their own. */
export class StepCurve extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .frame {
        display: grid;
        grid-template: 'y map' auto '. x' auto / 4.2em 1fr;
        gap: 2px 6px;
      }
      svg {
        display: block;
        width: 100%;
        height: 130px;
        grid-area: map;
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
        padding-bottom: 10px;
      }
      .x {
        grid-area: x;
        gap: 8px;
      }
      path,
      line {
        vector-effect: non-scaling-stroke;
        fill: none;
      }
      .band {
        fill: var(--vscode-charts-blue);
        fill-opacity: 0.22;
      }
      .steps {
        stroke: var(--vscode-charts-blue);
        stroke-width: 2;
      }
      .zero {
        stroke: var(--vscode-charts-lines);
        stroke-dasharray: 3 3;
      }
      .before {
        stroke: var(--vscode-foreground);
        stroke-width: 1.5;
        stroke-dasharray: 6 4;
      }
      .stretch {
        fill: var(--vscode-charts-yellow);
        fill-opacity: 0.16;
        stroke: var(--vscode-charts-yellow);
        vector-effect: non-scaling-stroke;
      }
      .brushable {
        cursor: ew-resize;
        touch-action: none;
      }
      .rows {
        fill: var(--quiet);
      }
      .cell {
        fill: transparent;
      }
      .cell:hover {
        fill: color-mix(in srgb, var(--vscode-foreground) 12%, transparent);
      }
    `,
  ];
  static override properties = {
    curve: { attribute: false },
    label: {},
    brushable: { type: Boolean },
    stretch: { attribute: false },
  };
  declare curve: Curve | null;
  declare label: string;
  /** Drawing over it chooses a stretch, told by 'vitrine-stretch'. */
  declare brushable: boolean;
  declare stretch: Stretch | null;
  /** Where a stroke began. */
  #start: number | null = null;

  constructor() {
    super();
    this.curve = null;
    this.label = '';
    this.brushable = false;
    this.stretch = null;
  }

  protected override render() {
    const { curve } = this;
    if (!curve) return nothing;
    const { axis, effect, error, share, before } = curve;
    const cells = axis.edges.length + 1;
    const { ends, byValue } = placesOf(curve);
    const band = effect
      .slice(0, cells)
      .flatMap((value, i) => [value - 2 * (error?.[i] ?? 0), value + 2 * (error?.[i] ?? 0)]);
    const [low, high] = extent([...band, ...(before ?? []).slice(0, cells), 0]);
    const y = (value: number) => ((high - value) / (high - low || 1)) * (height - strip - 6) + 2;
    return html`<div class="frame">
        <div class="y small quiet numbers"><span>${changeWords(high, 2)}</span><span>${changeWords(low, 2)}</span></div>
        <svg
          class=${this.brushable ? 'brushable' : nothing}
          viewBox="0 0 ${width} ${height}"
          preserveAspectRatio="none"
          role="img"
          aria-label=${this.label}
          @pointerdown=${this.brushable ? this.#begin : nothing}
          @pointermove=${this.brushable ? this.#extend : nothing}
          @pointerup=${this.brushable ? this.#end : nothing}
        >
          ${this.stretch ? stretchMark(curve, ends, this.stretch) : nothing} ${error ? svg`<path class="band" d=${bandPath(curve, ends, y)}></path>` : nothing}
          <line class="zero" x1="0" x2=${width} y1=${y(0)} y2=${y(0)}></line>
          ${before ? svg`<path class="before" d=${stepsPath(before.slice(0, cells), ends, y)}></path>` : nothing}
          ${svg`<path class="steps" d=${stepsPath(effect.slice(0, cells), ends, y)}></path>`}
          ${rowStrip(share, ends)} ${cellTitles(curve, ends)}
        </svg>
        <div class="x small quiet numbers">${marksOf(axis, byValue).map((value) => html`<span>${axisValueWords(axis, value)}</span>`)}</div>
      </div>
      ${byValue ? nothing : html`<p class="small quiet">Nearly all rows lie close together: each step is drawn equally wide.</p>`}
      ${axis.missing ? html`<p class="small quiet">Missing: ${amount(curve, cells)}</p>` : nothing}`;
  }

  readonly #begin = (event: PointerEvent): void => {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#start = this.#cellAt(event);
    this.#choose(this.#start);
  };

  readonly #extend = (event: PointerEvent): void => {
    if (this.#start !== null) this.#choose(this.#cellAt(event));
  };

  readonly #end = (): void => {
    this.#start = null;
  };

  #cellAt({ currentTarget, clientX }: PointerEvent): number {
    const { left, width: across } = (currentTarget as Element).getBoundingClientRect();
    const { ends } = placesOf(this.curve!);
    const cell = ends.findIndex((end) => (clientX - left) / across <= end);
    return cell < 0 ? ends.length - 1 : cell;
  }

  #choose(cell: number): void {
    const { axis } = this.curve!;
    const cells = [this.#start ?? cell, cell].sort((a, b) => a - b);
    const detail = stretchOf(axis, cells[0], cells[1]);
    this.dispatchEvent(new CustomEvent<Stretch>('vitrine-stretch', { detail }));
  }
}

/** A stretch that takes these cells and no others: its ends lie in the middle of the first and of the last. */
function stretchOf({ edges, low, high }: NumbersAxis, first: number, last: number): Stretch {
  const middleOf = (cell: number) => {
    const between = ((edges[cell - 1] ?? low) + (edges[cell] ?? high)) / 2;
    const short = Number(between.toPrecision(4));
    return short > (edges[cell - 1] ?? low) && short <= (edges[cell] ?? high) ? short : between;
  };
  return { from: first === 0 ? null : middleOf(first), to: last === edges.length ? null : middleOf(last) };
}

/** Over the steps that share a value with the stretch: those that an edit takes. */
function stretchMark({ axis: { edges } }: Curve, ends: readonly number[], { from, to }: Stretch) {
  const cells = [...ends.keys()].filter(
    (cell) =>
      (from === null || (edges[cell] ?? Number.POSITIVE_INFINITY) >= from) &&
      (to === null || (edges[cell - 1] ?? Number.NEGATIVE_INFINITY) < to),
  );
  if (cells.length === 0) return nothing;
  const [left, right] = [ends[cells[0] - 1] ?? 0, ends[cells[cells.length - 1]]];
  return svg`<rect class="stretch" x=${x(left)} width=${x(right - left)} y="0" height=${height}></rect>`;
}

const amount = ({ effect, error }: Curve, cell: number): string =>
  `${changeWords(effect[cell])}${error ? ` ± ${numberWords(2 * error[cell], 2)}` : ''}`;

/** Rows of the middle that must not be squeezed into less than this share of the width. */
const [middle, squeezed] = [0.9, 0.15];

/** Right ends of the cells, from 0 to 1: by value, or cell by cell where nearly all rows lie close together. */
function placesOf({ axis, share }: Curve): { ends: number[]; byValue: boolean } {
  const { low, high, edges } = axis;
  const byValue = [...edges, high].map((edge) => Math.max(0, Math.min(1, (edge - low) / (high - low || 1))));
  const total = share.slice(0, byValue.length).reduce((a, b) => a + b, 0) || 1;
  const at = (rows: number) => {
    let sum = 0;
    const cell = byValue.findIndex((_, i) => {
      sum += share[i] / total;
      return sum >= rows;
    });
    return byValue[cell] ?? 1;
  };
  const isSqueezed = edges.length > 2 && at(0.5 + middle / 2) - at(0.5 - middle / 2) < squeezed;
  return isSqueezed
    ? { ends: byValue.map((_, i) => (i + 1) / byValue.length), byValue: false }
    : { ends: byValue, byValue: true };
}

const stepsPath = (values: readonly number[], ends: readonly number[], y: (value: number) => number): string =>
  values
    .map((value, i) => `${i === 0 ? 'M0' : 'L'.concat(x(ends[i - 1]))} ${y(value).toFixed(2)}H${x(ends[i])}`)
    .join('');

function bandPath({ effect, error = [] }: Curve, ends: readonly number[], y: (value: number) => number): string {
  const edge = (sign: 1 | -1) => ends.map((_, i) => effect[i] + sign * 2 * error[i]);
  const upper = stepsPath(edge(1), ends, y);
  const lower = edge(-1)
    .map((value, i) => `L${x(ends[i])} ${y(value).toFixed(2)}H${x(ends[i - 1] ?? 0)}`)
    .reverse();
  return `${upper}${lower.join('')}Z`;
}

const x = (place: number): string => (place * width).toFixed(2);

/** The darker, the more rows to a stretch. */
function rowStrip(share: readonly number[], ends: readonly number[]) {
  const density = ends.map((end, i) => share[i] / Math.max(0.004, end - (ends[i - 1] ?? 0)));
  const most = Math.max(...density) || 1;
  return ends.map(
    (end, i) => svg`<rect
      class="rows"
      x=${x(ends[i - 1] ?? 0)}
      width=${x(end - (ends[i - 1] ?? 0))}
      y=${height - strip}
      height=${strip}
      fill-opacity=${Math.sqrt(density[i] / most).toFixed(3)}
    ></rect>`,
  );
}

const cellTitles = (curve: Curve, ends: readonly number[]) =>
  ends.map(
    (
      end,
      i,
    ) => svg`<rect class="cell" x=${x(ends[i - 1] ?? 0)} width=${x(end - (ends[i - 1] ?? 0))} y="0" height=${height}>
      <title>${`${cellOfAxisWords(curve.axis, i)}: ${amount(curve, i)}, ${percentWords(curve.share[i])} of the rows`}</title>
    </rect>`,
  );

/** Values at the ends and in the middle of the axis. */
function marksOf({ low, high, edges }: NumbersAxis, byValue: boolean): number[] {
  return [low, byValue ? (low + high) / 2 : (edges[Math.floor(edges.length / 2)] ?? high), high];
}

export const stepCurve = (curve: Curve, label: string): TemplateResult =>
  html`<vitrine-step-curve .curve=${curve} label=${label}></vitrine-step-curve>`;
define('vitrine-step-curve', StepCurve);
