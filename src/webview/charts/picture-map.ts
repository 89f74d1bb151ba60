import { css, html, nothing, svg } from 'lit';
import type { DrawnPicture } from '../../shared/results/image-surrogate.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';

/** A place in the picture, with a sign that says what the colour says. */
export interface PictureMark {
  readonly x: number;
  readonly y: number;
  readonly sign: '+' | '−';
}

/** Of what adds and what takes away; the same on every theme, because they lie on a picture. */
const [adds, takes] = [
  [30, 120, 230],
  [230, 120, 0],
] as const;
const strongest = 0.7;

/** A small picture beside itself in grey, under a map of what adds (blue, +) and what takes away (orange, −). */
export class PictureMap extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .pictures {
        display: flex;
        flex-wrap: wrap;
        gap: 12px;
        margin-bottom: 10px;
      }
      figure {
        position: relative;
        flex: 0 1 260px;
        min-width: 120px;
      }
      canvas {
        display: block;
        width: 100%;
        border: 1px solid var(--line);
        image-rendering: pixelated;
      }
      .over {
        position: relative;
      }
      svg {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }
      text {
        fill: #fff;
        stroke: #000;
        paint-order: stroke;
        font-weight: 600;
        text-anchor: middle;
        dominant-baseline: central;
      }
      figcaption {
        margin-top: 4px;
      }
    `,
  ];
  static override properties = {
    picture: { attribute: false },
    heat: { attribute: false },
    marks: { attribute: false },
    label: {},
  };
  declare picture: DrawnPicture | null;
  /** [pixels] what each adds, in any unit. */
  declare heat: ArrayLike<number>;
  declare marks: readonly PictureMark[];
  declare label: string;

  constructor() {
    super();
    this.picture = null;
    this.heat = [];
    this.marks = [];
    this.label = '';
  }

  protected override render() {
    const { picture, marks, label } = this;
    if (!picture) return nothing;
    const { width, height } = picture;
    return html`<div class="pictures">
      <figure>
        <canvas class="own" role="img" aria-label="The picture" width=${width} height=${height}></canvas>
        <figcaption class="small quiet">As the model sees it, ${width} x ${height}</figcaption>
      </figure>
      <figure>
        <div class="over">
          <canvas class="map" role="img" aria-label=${label} width=${width} height=${height}></canvas>
          <svg aria-hidden="true" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">
            ${marks.map(({ x, y, sign }) => svg`<text x=${x + 0.5} y=${y + 0.5} font-size=${Math.min(width, height) / 6} stroke-width=${Math.min(width, height) / 60}>${sign}</text>`)}
          </svg>
        </div>
        <figcaption class="small quiet">Blue and + adds, orange and − takes away</figcaption>
      </figure>
    </div>`;
  }

  protected override updated(): void {
    const { picture, heat } = this;
    if (!picture) return;
    const pixels = Uint8Array.from(atob(picture.pixels), (letter) => letter.charCodeAt(0));
    const largest = Array.from(heat).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const own = (at: number): readonly [number, number, number] => [
      pixels[3 * at],
      pixels[3 * at + 1],
      pixels[3 * at + 2],
    ];
    const mapped = (at: number): readonly [number, number, number] => {
      const [red, green, blue] = own(at);
      const grey = 0.299 * red + 0.587 * green + 0.114 * blue;
      const share = largest > 0 ? (strongest * Math.abs(heat[at])) / largest : 0;
      const [r, g, b] = heat[at] > 0 ? adds : takes;
      return [grey + share * (r - grey), grey + share * (g - grey), grey + share * (b - grey)];
    };
    this.#paint('.own', picture, own);
    this.#paint('.map', picture, mapped);
  }

  #paint(selector: string, { width, height }: DrawnPicture, colourOf: (at: number) => readonly number[]): void {
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>(`canvas${selector}`);
    const context = canvas?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(width, height);
    for (let at = 0; at < width * height; at++) image.data.set([...colourOf(at), 255], 4 * at);
    context.putImageData(image, 0, 0);
  }
}
define('vitrine-picture-map', PictureMap);
