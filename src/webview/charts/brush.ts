import { css, html, nothing, svg } from 'lit';
import { takesCohorts } from '../cohort/cohort-offer.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';

/** What was gone over, as shares of the whole from its left and top, and how large that is in pixels. */
export interface Brushed {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

/** Shorter ways are clicks. */
const leastPixels = 6;

/** Around a picture of rows: a drag over it chooses those that lie there, told by 'vitrine-brushed'. Only where somebody takes them. */
export class Brush extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        position: relative;
      }
      .taken {
        cursor: crosshair;
        touch-action: pan-y;
        user-select: none;
      }
      svg {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        pointer-events: none;
      }
      rect {
        fill: var(--vscode-focusBorder);
        fill-opacity: 0.18;
        stroke: var(--vscode-focusBorder);
      }
    `,
  ];
  static override properties = { along: {}, over: { state: true }, taken: { state: true } };
  /** 'x': from left to right, over the whole height. */
  declare along: 'x' | 'both';
  declare over: Brushed | null;
  declare taken: boolean;
  #from: { readonly x: number; readonly y: number } | null = null;

  constructor() {
    super();
    this.along = 'both';
    this.over = null;
    this.taken = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.taken = takesCohorts(this);
  }

  protected override render() {
    if (!this.taken) return html`<slot></slot>`;
    return html`<div
        class="taken"
        title="Drag over it to look only at the rows that lie there"
        @pointerdown=${this.#begin}
        @pointermove=${this.#move}
        @pointerup=${this.#end}
        @pointercancel=${this.#stop}
      >
        <slot></slot>
      </div>
      ${this.over ? html`<svg aria-hidden="true">${rectOf(this.over)}</svg>` : nothing}`;
  }

  readonly #begin = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.#from = { x: event.clientX, y: event.clientY };
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  };

  readonly #move = (event: PointerEvent): void => {
    if (this.#from) this.over = this.#area(this.#from, event);
  };

  readonly #end = (event: PointerEvent): void => {
    const area = this.#from && this.#area(this.#from, event);
    this.#stop();
    if (area) this.dispatchEvent(new CustomEvent<Brushed>('vitrine-brushed', { detail: area }));
  };

  readonly #stop = (): void => {
    this.#from = null;
    this.over = null;
  };

  /** Null where it is but a click. */
  #area(from: { x: number; y: number }, { clientX, clientY }: PointerEvent): Brushed | null {
    const { left, top, width, height } = this.getBoundingClientRect();
    const isWide = Math.abs(clientX - from.x) >= leastPixels;
    if (!isWide && (this.along === 'x' || Math.abs(clientY - from.y) < leastPixels)) return null;
    const share = (at: number, begin: number, size: number) => Math.min(1, Math.max(0, (at - begin) / size));
    const [a, b] = [share(from.x, left, width), share(clientX, left, width)];
    const [c, d] = this.along === 'x' ? [0, 1] : [share(from.y, top, height), share(clientY, top, height)];
    return {
      left: Math.min(a, b),
      right: Math.max(a, b),
      top: Math.min(c, d),
      bottom: Math.max(c, d),
      width,
      height,
    };
  }
}

const rectOf = ({ left, right, top, bottom }: Brushed) => svg`<rect
  x="${100 * left}%"
  y="${100 * top}%"
  width="${100 * (right - left)}%"
  height="${100 * (bottom - top)}%"
></rect>`;
define('vitrine-brush', Brush);
