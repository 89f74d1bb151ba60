import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { intervalWords, numberWords, valueWords } from '../../shared/results/numbers.ts';
import type { DependenceAxis, SearchDependence } from '../../shared/results/search-dependence.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import { extent } from './extent.ts';

const [width, height] = [100, 62];

/** The mean along two hyperparameters by the depth of a colour, the deeper the better; a cell that is little known is smaller. */
export class HeatMap extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .frame {
        display: grid;
        grid-template: 'y map' auto '. x' auto / max-content 1fr;
        gap: 4px 6px;
      }
      svg {
        display: block;
        width: 100%;
        grid-area: map;
        background: color-mix(in srgb, var(--vscode-foreground) 6%, transparent);
      }
      rect {
        fill: var(--vscode-charts-blue);
      }
      .y,
      .x {
        display: flex;
        justify-content: space-between;
        gap: 4px;
      }
      .each {
        justify-content: space-around;
      }
      .y {
        grid-area: y;
        flex-direction: column-reverse;
        text-align: right;
        max-width: 7em;
      }
      .x {
        grid-area: x;
      }
    `,
  ];
  static override properties = { result: { attribute: false }, label: {} };
  declare result: SearchDependence | null;
  declare label: string;

  constructor() {
    super();
    this.result = null;
    this.label = '';
  }

  protected override render() {
    const { result } = this;
    const [across, up] = result?.axes ?? [];
    if (!result || !across || !up) return nothing;
    return html`<div class="frame">
      ${ends('y', up)}
      <svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${this.label}>${cells(result)}</svg>
      ${ends('x', across)}
    </div>`;
  }
}

/** So many choices are named one by one. */
const room = 6;

const ends = (area: 'x' | 'y', { name, scale, values }: DependenceAxis): TemplateResult => {
  const each = (scale === 'choice' || scale === 'ordinal') && values.length <= room;
  const words = each ? values.map(valueWords) : [valueWords(values[0]), name, valueWords(values[values.length - 1])];
  return html`<div class="${area} ${each ? 'each' : ''} small quiet">${words.map((word) => html`<span>${word}</span>`)}</div>`;
};

/** The mean gives the depth; the width of the interval against the widest gives the size. */
function cells({ axes: [across, up], mean, low, high, direction }: SearchDependence) {
  const sign = direction === 'minimize' ? 1 : -1;
  const [least, most] = extent(mean);
  const widest = Math.max(...mean.map((_, i) => high[i] - low[i])) || 1;
  const [w, h] = [width / across.values.length, height / up.values.length];
  return mean.map((value, i) => {
    const [column, row] = [Math.floor(i / up.values.length), i % up.values.length];
    const share = (value - least) / (most - least || 1);
    const depth = 0.08 + 0.92 * (sign > 0 ? 1 - share : share);
    const size = 1 - 0.6 * ((high[i] - low[i]) / widest);
    const words = `${across.name} ${valueWords(across.values[column])}, ${up.name} ${valueWords(up.values[row])}: ${numberWords(value)} (${intervalWords({ low: low[i], high: high[i] })})`;
    return svg`<rect
      x=${column * w + (w * (1 - size)) / 2}
      y=${height - (row + 1) * h + (h * (1 - size)) / 2}
      width=${w * size}
      height=${h * size}
      fill-opacity=${depth.toFixed(3)}
    ><title>${words}</title></rect>`;
  });
}
define('vitrine-heat-map', HeatMap);
