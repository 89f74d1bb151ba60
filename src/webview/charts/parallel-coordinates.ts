import { css, html, nothing, svg } from 'lit';
import { valueWords } from '../../shared/results/numbers.ts';
import { baseStyles } from '../components/base-styles.ts';
import { breakable } from '../components/breakable.ts';
import { define, VitrineElement } from '../components/element.ts';
import { type ParallelAxis, placeAlong } from './parallel-axes.ts';

/** One trial's values, one an axis. */
export interface ParallelLine {
  readonly trial: number;
  readonly values: readonly (number | string | boolean)[];
  /** From 0, the worst, to 1, the best. */
  readonly depth: number;
  readonly best: boolean;
}

const height = 180;
const margin = 6;

/** A line a trial from axis to axis; the better, the fuller; the best one is drawn last and thick. */
export class ParallelCoordinates extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      svg {
        display: block;
        width: 100%;
        height: ${height}px;
      }
      polyline {
        fill: none;
        stroke: var(--vscode-charts-blue);
        stroke-width: 1.25;
        vector-effect: non-scaling-stroke;
      }
      .best {
        stroke: var(--vscode-charts-orange, #d18616);
        stroke-width: 3;
      }
      .axis {
        stroke: var(--vscode-charts-lines);
        vector-effect: non-scaling-stroke;
      }
      ol {
        display: flex;
        align-items: flex-end;
        justify-content: space-between;
        gap: 6px;
        margin: 0 0 2px;
        padding: 0;
        list-style: none;
      }
      li {
        flex: 1 1 0;
        min-width: 0;
        text-align: center;
      }
      li:first-child {
        text-align: left;
      }
      li:last-child {
        text-align: right;
      }
    `,
  ];
  static override properties = { axes: { attribute: false }, lines: { attribute: false }, label: {} };
  declare axes: readonly ParallelAxis[];
  declare lines: readonly ParallelLine[];
  declare label: string;

  constructor() {
    super();
    this.axes = [];
    this.lines = [];
    this.label = '';
  }

  protected override render() {
    const { axes } = this;
    if (axes.length < 2) return nothing;
    const across = (at: number) => (100 * at) / (axes.length - 1);
    const ordered = [...this.lines].sort((a, b) => Number(a.best) - Number(b.best) || a.depth - b.depth);
    return html`<ol class="small">${axes.map(({ name, top }) => html`<li>${breakable(name)}<div class="quiet">${valueWords(top)}</div></li>`)}</ol>
      <svg viewBox="0 0 100 ${height}" preserveAspectRatio="none" role="img" aria-label=${this.label}>
        ${axes.map((_, at) => svg`<line class="axis" x1=${across(at)} x2=${across(at)} y1=${margin} y2=${height - margin}></line>`)}
        ${ordered.map((line) => drawn(line, axes, across))}
      </svg>
      <ol class="small quiet">${axes.map(({ bottom }) => html`<li>${valueWords(bottom)}</li>`)}</ol>`;
  }
}

function drawn(
  { trial, values, depth, best }: ParallelLine,
  axes: readonly ParallelAxis[],
  across: (at: number) => number,
) {
  const points = axes.map(
    (axis, at) => `${across(at)},${height - margin - (height - 2 * margin) * placeAlong(axis, values[at])}`,
  );
  const words = axes.map(({ name }, at) => `${name} ${valueWords(values[at])}`).join(', ');
  return svg`<polyline class=${best ? 'best' : ''} points=${points.join(' ')} stroke-opacity=${(best ? 1 : 0.12 + 0.7 * depth ** 2).toFixed(3)}>
    <title>Trial ${trial}: ${words}</title>
  </polyline>`;
}
define('vitrine-parallel-coordinates', ParallelCoordinates);
