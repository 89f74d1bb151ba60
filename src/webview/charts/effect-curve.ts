import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { type ColumnEffect, localWords, pointWords } from '../../shared/results/effects.ts';
import { numberWords, percentWords } from '../../shared/results/numbers.ts';
import { chooseCohort } from '../cohort/cohort-offer.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import type { Brushed } from './brush.ts';
import './brush.ts';
import { classColors, colorOf, localColor, partialColor } from './class-colors.ts';
import { extent } from './extent.ts';

/** What of an effect is drawn. */
export interface DrawnEffect {
  readonly effect: ColumnEffect;
  /** [outputs] mean prediction: local effects are drawn around it. */
  readonly level: readonly number[];
  /** Outputs to draw, with the class of each; of several classes each has a colour. */
  readonly shown: readonly { readonly output: number; readonly class?: string }[];
  /** Single rows behind the mean, where one output is drawn. */
  readonly lines: boolean;
}

const [width, height, strip] = [300, 130, 7];

/** Partial dependence over single rows, local effects dashed, and beneath them where the rows lie. */
export class EffectCurve extends VitrineElement {
  static override styles = [
    baseStyles,
    classColors,
    css`
      .frame {
        display: grid;
        grid-template: 'y map' auto '. x' auto / 4.2em 1fr;
        gap: 2px 6px;
      }
      svg {
        display: block;
        width: 100%;
        height: 150px;
      }
      .map {
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
      path {
        vector-effect: non-scaling-stroke;
        fill: none;
        stroke: var(--own);
        stroke-width: 2;
      }
      .local {
        stroke-dasharray: 5 3;
      }
      .line {
        stroke: var(--quiet);
        stroke-width: 1;
        stroke-opacity: 0.35;
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
  static override properties = { drawn: { attribute: false }, label: {} };
  declare drawn: DrawnEffect | null;
  declare label: string;

  constructor() {
    super();
    this.drawn = null;
    this.label = '';
  }

  protected override render() {
    const { drawn } = this;
    const axis = drawn?.effect.axis;
    if (!drawn || axis?.kind !== 'numbers') return nothing;
    const { low, high } = axis;
    const curves = curvesOf(drawn);
    const [least, most] = extent(curves.flatMap(({ points }) => within(points, low, high)).map(([, y]) => y));
    const room = height - strip - 6;
    const x = (value: number) => (((value - low) / (high - low || 1)) * width).toFixed(2);
    const y = (value: number) => (((most - value) / (most - least || 1)) * room + 2).toFixed(2);
    const path = ({ points }: Curve) =>
      points.map(([at, value], i) => `${i === 0 ? 'M' : 'L'}${x(at)} ${y(value)}`).join('');
    return html`<div class="frame">
      <div class="y small quiet numbers"><span>${numberWords(most)}</span><span>${numberWords(least)}</span></div>
      <vitrine-brush class="map" .along=${'x'} @vitrine-brushed=${(event: CustomEvent<Brushed>) => this.#brushed(event.detail, drawn.effect)}>
      <svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label=${this.label}>
        ${curves.map((curve) => svg`<path class="${curve.look} ${curve.color ?? ''}" d=${path(curve)}></path>`)}
        ${rowStrip(drawn.effect.density)} ${titles(drawn)}
      </svg>
      </vitrine-brush>
      <div class="x small quiet numbers">${marksOf(low, high).map((value) => html`<span>${pointWords(axis, value)}</span>`)}</div>
    </div>`;
  }

  /** The rows whose value lies there. */
  #brushed({ left, right }: Brushed, { column, axis }: ColumnEffect): void {
    if (axis.kind !== 'numbers') return;
    const bound = (share: number) => ({ value: axis.low + share * (axis.high - axis.low), included: true });
    const date = axis.date ? { date: true as const } : {};
    chooseCohort(this, [{ kind: 'numbers', column, ...date, low: bound(left), high: bound(right), missing: false }]);
  }
}

/** One mark where there is one value. */
const marksOf = (low: number, high: number): number[] => (low === high ? [low] : [low, (low + high) / 2, high]);

interface Curve {
  readonly look: 'line' | 'partial' | 'local';
  readonly color?: string;
  readonly points: readonly (readonly [number, number])[];
}

/** Single rows first, so that the means lie over them. */
function curvesOf({ effect: { partial, local }, level, shown, lines }: DrawnEffect): Curve[] {
  const along = (at: readonly number[], values: readonly number[], add = 0) =>
    at.map((point, i) => [point, values[i] + add] as const);
  const single = shown.length === 1;
  return [
    ...(lines && single
      ? partial.lines[shown[0].output].map((values): Curve => ({ look: 'line', points: along(partial.at, values) }))
      : []),
    ...shown.map(
      ({ output }): Curve => ({
        look: 'local',
        color: single ? localColor : colorOf(output),
        points: along(local.at, local.effect[output], level[output]),
      }),
    ),
    ...shown.map(
      ({ output }): Curve => ({
        look: 'partial',
        color: single ? partialColor : colorOf(output),
        points: along(partial.at, partial.mean[output]),
      }),
    ),
  ];
}

/** Points of the drawn stretch; all where none lies there. */
function within(points: Curve['points'], low: number, high: number): Curve['points'] {
  const inside = points.filter(([at]) => at >= low && at <= high);
  return inside.length > 0 ? inside : points;
}

/** The darker, the more rows to a stretch. */
function rowStrip(density: readonly number[]) {
  const most = Math.max(...density) || 1;
  const w = width / density.length;
  return density.map(
    (share, i) => svg`<rect
      class="rows"
      x=${(i * w).toFixed(2)}
      width=${w.toFixed(2)}
      y=${height - strip}
      height=${strip}
      fill-opacity=${Math.sqrt(share / most).toFixed(3)}
    ></rect>`,
  );
}

/** What is said of a stretch of the axis: its middle's numbers and how many rows lie there. */
function titles({ effect, level, shown }: DrawnEffect) {
  const { axis, density, partial, local } = effect;
  if (axis.kind !== 'numbers') return nothing;
  const w = width / density.length;
  return density.map((share, i) => {
    const value = axis.low + ((i + 0.5) / density.length) * (axis.high - axis.low);
    const near = (at: readonly number[]) =>
      at.reduce((best, point, k) => (Math.abs(point - value) < Math.abs(at[best] - value) ? k : best), 0);
    const [p, l] = [near(partial.at), near(local.at)];
    const words = shown.map(
      ({ output, class: name }) =>
        `${name ? `${name}: ` : ''}${numberWords(partial.mean[output][p])}, by local effects ${localWords(level[output] + local.effect[output][l], local.error[output][l])}`,
    );
    return svg`<rect class="cell" x=${(i * w).toFixed(2)} width=${w.toFixed(2)} y="0" height=${height}>
      <title>${[`${effect.column} ${pointWords(axis, value)}, ${percentWords(share)} of the rows`, ...words].join('\n')}</title>
    </rect>`;
  });
}

export const effectCurve = (drawn: DrawnEffect, label: string): TemplateResult =>
  html`<vitrine-effect-curve .drawn=${drawn} label=${label}></vitrine-effect-curve>`;
define('vitrine-effect-curve', EffectCurve);
