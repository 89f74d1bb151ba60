import {
  Chart,
  type ChartConfiguration,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
} from 'chart.js';
import { css, html, type PropertyValues } from 'lit';
import type { CohortCondition, Range } from '../../shared/cohort/cohort.ts';
import { chooseCohort } from '../cohort/cohort-offer.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import type { Brushed } from './brush.ts';
import './brush.ts';
import { readTheme, type Theme, watchTheme } from './theme.ts';

Chart.register(
  LineController,
  ScatterController,
  LineElement,
  PointElement,
  LinearScale,
  LogarithmicScale,
  Tooltip,
  Filler,
);

export type ScatterConfiguration = ChartConfiguration<'scatter' | 'line', { x: number; y: number }[]>;
export type BuildChart = (theme: Theme) => ScatterConfiguration;

/** What a brush went over, in the units of the axes. */
export interface BrushedArea {
  readonly x: Range;
  readonly y: Range;
}

/** A chart.js canvas that follows the editor's theme. What it draws comes from `build`; its words are its label. */
export class ChartView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      div {
        position: relative;
        height: var(--chart-height, 220px);
      }
      canvas {
        position: absolute;
        inset: 0;
      }
    `,
  ];
  static override properties = { build: { attribute: false }, brushed: { attribute: false }, label: {} };
  declare build: BuildChart | null;
  /** What holds of the rows of a stretch that is brushed; null: nothing can be. */
  declare brushed: ((area: BrushedArea) => readonly CohortCondition[]) | null;
  declare label: string;
  #chart: Chart<'scatter' | 'line', { x: number; y: number }[]> | null = null;
  #unwatch: (() => void) | null = null;

  constructor() {
    super();
    this.build = null;
    this.brushed = null;
    this.label = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const redraw = () => this.#draw();
    const end = watchTheme(redraw);
    addEventListener('beforeprint', redraw);
    addEventListener('afterprint', redraw);
    this.#unwatch = () => {
      end();
      removeEventListener('beforeprint', redraw);
      removeEventListener('afterprint', redraw);
    };
    if (this.hasUpdated) this.#draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatch?.();
    this.#chart?.destroy();
    this.#chart = null;
  }

  protected override render() {
    const canvas = html`<div><canvas role="img" aria-label=${this.label}></canvas></div>`;
    if (!this.brushed) return canvas;
    return html`<vitrine-brush @vitrine-brushed=${(event: CustomEvent<Brushed>) => this.#choose(event.detail)}>${canvas}</vitrine-brush>`;
  }

  #choose({ left, right, top, bottom, width, height }: Brushed): void {
    const { x, y } = this.#chart?.scales ?? {};
    if (!x || !y || !this.brushed) return;
    const within = (low: number | undefined, high: number | undefined): Range => ({
      low: low === undefined ? null : { value: low, included: true },
      high: high === undefined ? null : { value: high, included: true },
    });
    const area = {
      x: within(x.getValueForPixel(left * width), x.getValueForPixel(right * width)),
      y: within(y.getValueForPixel(bottom * height), y.getValueForPixel(top * height)),
    };
    chooseCohort(this, this.brushed(area));
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('build')) this.#draw();
  }

  #draw(): void {
    const canvas = this.renderRoot.querySelector('canvas');
    if (!this.build || !canvas || !this.isConnected) return;
    const { type, data, options } = this.build(readTheme(this));
    if (!this.#chart) {
      this.#chart = new Chart(canvas, { type, data, options });
      return;
    }
    this.#chart.data = data;
    this.#chart.options = options ?? {};
    this.#chart.update('none');
  }
}
define('vitrine-chart', ChartView);
